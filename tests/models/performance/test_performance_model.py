"""Performance models: logits of what comes next."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from innervoice.models.catalogue import find_model
from innervoice.models.errors import ModelError
from innervoice.models.performance.drawing import Drawing
from innervoice.models.performance.dropout import Dropout
from innervoice.models.performance.model import PerformanceModel, batch_sizes
from innervoice.models.performance.specs import TransformerSpec

Events = NDArray[np.int16]


def test_an_event_changes_what_comes_after_and_nothing_before(model: PerformanceModel, events: Events) -> None:
    changed = events.copy()
    changed[:, 25] = (changed[:, 25] + 1) % 390
    before, after = model.logits(events), model.logits(changed)
    np.testing.assert_allclose(before[:, :25], after[:, :25], atol=1e-5)
    assert (np.abs(before[:, 25:] - after[:, 25:]).max(axis=(0, 2)) > 1e-6).all()


def test_the_length_of_a_row_changes_nothing(model: PerformanceModel, events: Events) -> None:
    whole = model.logits(events)
    for steps in (1, 16, 17):
        np.testing.assert_allclose(model.logits(events[:, :steps]), whole[:, :steps], rtol=1e-4, atol=1e-4)
    assert model.logits(events[:0]).shape == (0, 40, model.spec.classes)
    assert model.logits(np.zeros((1, model.window), np.int16)).shape == (1, model.window, model.spec.classes)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (np.zeros(5, np.int16), "rows of whole-number events"),
        (np.zeros((1, 5)), "rows of whole-number events"),
        (np.zeros((1, 65), np.int16), "looks back on 64 events, not 65"),
        (np.full((1, 5), -1), "knows events 0 to"),
        (np.full((1, 5), 393), "knows events 0 to"),
    ],
)
def test_what_is_no_event_is_refused(model: PerformanceModel, given: NDArray[Any], says: str) -> None:
    with pytest.raises(ModelError, match=says):
        model.logits(given)


def test_the_catalogue_says_what_it_does(model: PerformanceModel) -> None:
    info = find_model(model.info.path)
    assert (info.kind, info.neurons, info.clip) == (model.spec.kind, 0, "64 events")
    assert not info.can_encode
    assert not info.can_decode
    assert "piano performances" in (info.reason or "")


def test_batches_stay_within_memory() -> None:
    assert batch_sizes(TransformerSpec(), 1024) == (1,)
    assert batch_sizes(TransformerSpec(window=64, embed=12, heads=3, feedforward=20), 16)[-1] == 256


def test_dropout_is_a_function_of_its_seed(events: Events) -> None:
    from keras import ops

    values = np.ones((200, 50), np.float32)

    def twice(seed: int) -> list[NDArray[np.float32]]:
        dropout = Dropout(0.3, ops.convert_to_tensor(seed, "int32"))
        return [np.asarray(dropout(values)) for _ in range(2)]

    first, second = twice(1)
    assert np.unique(first).tolist() == pytest.approx([0.0, 1 / 0.7])
    assert np.mean(first == 0) == pytest.approx(0.3, abs=0.02)
    assert (first != second).any()
    assert (first == twice(1)[0]).all()
    assert (first != twice(2)[0]).any()


def test_jax_answers_as_tensorflow_does(models: dict[str, PerformanceModel], events: Events, tmp_path: Path) -> None:
    if find_spec("jax") is None:
        pytest.skip("JAX is not installed")
    np.save(tmp_path / "in.npy", events)
    # The one with every option and the recurrent one: compiling all five takes most of a minute.
    chosen = {name: models[name] for name in ("mixed", "lstm")}
    program = Path(__file__).with_name("logits_on_jax.py")
    command: list[str | Path] = [sys.executable, program, tmp_path / "in.npy", tmp_path / "out.npz"]
    command += [model.info.path for model in chosen.values()]
    environment = {**os.environ, "JAX_PLATFORMS": "cpu"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    with np.load(tmp_path / "out.npz", allow_pickle=False) as file:
        for name, model in chosen.items():
            np.testing.assert_allclose(file[name], model.logits(events), rtol=1e-3, atol=1e-4)
            for count, logits in zip((10, 64, 65, 200), file[f"{name}.on"], strict=True):
                continuation = model.continuation(np.resize(events, 200)[:count], Drawing(seed=9))
                continuation.more(1)
                np.testing.assert_allclose(logits, continuation.logits[0], rtol=1e-3, atol=1e-4)
