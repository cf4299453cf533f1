"""The page of help for notebooks runs as it stands, over a small engine; and `import innervoice` stays light."""

import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import innervoice
from innervoice.engine.errors import EngineError
from innervoice.engine.service import Engine
from innervoice.host.loading import Plugins, load_plugins
from innervoice.music.bar_words import clip_notes
from innervoice.music.writing import write_midi
from innervoice.notebook import engine as room
from innervoice.plugin.testing import TinyModel, melodies
from innervoice.resources import resource
from innervoice.study.errors import StudyError

ROOT = Path(__file__).parents[2]


def load(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def small_engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The notebook's engine has one small model, and the installed plugins."""
    small = load(ROOT / "tests" / "engine" / "small_engine.py", "small_engine")

    def plugins() -> Plugins:
        return load_plugins()

    monkeypatch.setattr(room, "Engine", lambda: Engine(framework=small.small_framework(), plugins=plugins))
    yield
    innervoice.close()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a folder of tunes."""
    (tmp_path / "tunes").mkdir()
    for number, tokens in enumerate(melodies(8).tokens):
        line = np.concatenate([tokens, np.roll(tokens, 3)])
        write_midi(clip_notes(line), tmp_path / "tunes" / f"{number}.mid")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_page_of_help_runs_as_it_stands(place: Path, small_engine: None) -> None:
    text = resource("help", "notebook.md").read_text("utf-8")
    code = "\n".join(re.findall(r"```python\n(.*?)```", text, re.DOTALL)).replace("innervoice-2bar", "small")
    (place / "page.py").write_text(code, encoding="utf-8")
    page = load(place / "page.py", "page")
    assert page.posterior.mu.shape == (len(page.clips), 8)
    assert sorted(page.order) == list(range(8))
    assert page.sigma.shape == (len(page.clips),)
    assert {len(column) for column in page.table.values()} == {8}
    assert page.tokens.shape == (1, 32)
    assert page.where["clip"].tolist() == page.clips.tolist()
    assert page.where.dtype.names == ("clip", "file", "track", "first_step", "qpm", "steps")
    assert page.values.shape == (len(page.numbers), 2)
    assert (place / "ranking" / "result.json").is_file()
    assert (place / "everything" / "clips.csv").is_file()
    assert "<svg" in page.answer.pictures[0]._repr_svg_()
    assert repr(page.study).startswith("<study tunes.innervoice: ")


def test_runs_are_found_again_and_errors_are_sentences(place: Path, small_engine: None) -> None:
    study = innervoice.open_study("a.innervoice")
    study.add("tunes")
    first = study.run("sigma-ranking", "small", seed=4)
    again = study.answer(first.run)
    assert again.result == first.result
    assert again.provenance["seed"] == 4
    assert study.runs()["analysis"].tolist() == ["sigma-ranking"]
    assert "sigma-ranking" in innervoice.known_analyses()
    assert "small" in [model["name"] for model in innervoice.known_models()]
    with pytest.raises(EngineError, match="There is no analysis nothing"):
        study.run("nothing", "small")
    with pytest.raises(ValueError, match="has no run 99"):
        study.answer(99)
    with pytest.raises(StudyError):
        innervoice.open_study("none.innervoice", create=False)


def test_import_innervoice_stays_light_and_lists_what_it_has() -> None:
    code = "import sys, innervoice; print([m for m in sys.modules if m.split('.')[0] in ('innervoice', 'numpy')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['innervoice']"
    assert set(innervoice.notebook.__all__) <= set(dir(innervoice))
    assert TinyModel.__name__ not in dir(innervoice)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = innervoice.nothing
