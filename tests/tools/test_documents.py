"""The samples in the documents are code that runs."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from innervoice.plugin import Posterior
from innervoice.plugin.packing import pack
from innervoice.plugin.testing import ArrayContext

ROOT = Path(__file__).parents[2]


@pytest.fixture
def sample(tmp_path: Path) -> ModuleType:
    """The plugin of docs/plugins.md, as a module."""
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 1
    path = tmp_path / "busy_neurons.py"
    path.write_text(blocks[0], encoding="utf-8")
    specification = importlib.util.spec_from_file_location("busy_neurons", path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def _context(follower: int, monkeypatch: pytest.MonkeyPatch) -> ArrayContext:
    """Twenty clips of 1 to 20 notes, and a posterior in which one neuron is that number."""
    rng = np.random.default_rng(0)
    mu = rng.normal(size=(20, 8)).astype(np.float32)
    mu[:, follower] = np.arange(1, 21)
    clips = ArrayContext(Posterior(mu, np.ones_like(mu))).clips
    tokens = np.where(np.arange(clips.tokens.shape[1]) <= np.arange(20)[:, None], 40, 0).astype(np.int16)
    counted = type(clips)(tokens, clips.source, clips.track, clips.first_step, clips.qpm)
    monkeypatch.setattr(ArrayContext, "clips", property(lambda _: counted))
    return ArrayContext(Posterior(mu, np.ones_like(mu)))


def test_the_plugin_of_the_documents_runs(sample: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    (analysis,) = sample.innervoice_analyses()
    result = analysis.run(_context(3, monkeypatch), analysis.Parameters(shown=2))
    assert result.summary["neurons"][0] == 3
    assert result.names[3] == "follows the number of notes, 1.00"
    assert result.figures[0].values[0] == pytest.approx(1.0)
    pack(result)
