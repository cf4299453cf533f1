"""What early stopping remembers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from innervoice.models.errors import ModelError
from innervoice.training.progress import Best, Curves, State, load_state, save_state


def test_the_best_is_kept_and_patience_counts_what_came_after() -> None:
    best = Best()
    for step, figure in enumerate((0.2, 0.5, 0.4, 0.5)):
        best.take(step, figure, {"kernel": np.full(2, figure)})
    assert (best.step, best.figure, best.since) == (1, 0.5, 2)
    assert best.weights["kernel"].tolist() == [0.5, 0.5]
    assert best.stale(2)
    assert not best.stale(3)
    assert not best.stale(0)


def test_a_checkpoint_holds_the_best_as_well(tmp_path: Path) -> None:
    kernel = np.arange(3, dtype=np.float32)
    best = Best(4, 0.25, 1, {"kernel": kernel + 1})
    state = State(7, {"kernel": kernel}, ({"kernel": kernel}, {"kernel": kernel}), Curves(), best, 12.5)
    save_state(tmp_path, state, {"steps": 9})
    again = load_state(tmp_path, {"steps": 20}, {"kernel": (3,)})
    assert (again.step, again.seconds, again.best.step, again.best.figure, again.best.since) == (7, 12.5, 4, 0.25, 1)
    assert again.outcome["kernel"].tolist() == [1.0, 2.0, 3.0]
    assert again.weights["kernel"].tolist() == kernel.tolist()


def test_a_setting_that_came_later_was_at_its_default(tmp_path: Path) -> None:
    kernel = np.arange(3, dtype=np.float32)
    state = State(7, {"kernel": kernel}, ({"kernel": kernel}, {"kernel": kernel}), Curves(), Best(0, 0.0, 0, {}), 1.0)
    save_state(tmp_path, state, {"rate": 0.5})
    usual = {"rate": 0.1, "later": 0.0}
    assert load_state(tmp_path, {"rate": 0.5, "later": 0.0}, {"kernel": (3,)}, usual).step == 7
    for other in ({"rate": 0.5, "later": 1.0}, {"rate": 0.1, "later": 0.0}):
        with pytest.raises(ModelError, match="set the same or begin anew"):
            load_state(tmp_path, other, {"kernel": (3,)}, usual)


GOOD = {
    "step": "7",
    "curves": '{"training": [], "held_out": []}',
    "settings": "{}",
    "seconds": "1.5",
    "best": '{"step": 0, "since": 0}',
    "material": "digest",
}
KERNEL = np.zeros(3, np.float32)
TENSORS = {f"{part}/kernel": KERNEL for part in ("weights", "first", "second")}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("settings", "3"),
        ("step", "-1"),
        ("step", "true"),
        ("curves", "[]"),
        ("curves", '{"training": 1, "held_out": []}'),
        ("best", '{"step": 0, "since": 0, "figure": null}'),
        ("best", '{"step": "one", "since": 0}'),
        ("best", "[" * 100_000),
    ],
)
def test_a_checkpoint_that_tells_nonsense_is_named(tmp_path: Path, name: str, value: str) -> None:
    save_file(TENSORS, tmp_path / "state.safetensors", GOOD | {name: value})
    with pytest.raises(ModelError, match=r"state\.safetensors is damaged"):
        load_state(tmp_path, {}, {"kernel": (3,)})


def test_a_checkpoint_that_does_not_tell_its_material_is_damaged(tmp_path: Path) -> None:
    save_file(TENSORS, tmp_path / "state.safetensors", {key: GOOD[key] for key in GOOD if key != "material"})
    with pytest.raises(ModelError, match=r"state\.safetensors is damaged"):
        load_state(tmp_path, {}, {"kernel": (3,)})


@pytest.mark.parametrize(
    "tensors",
    [
        {"weights/kernel": KERNEL},
        TENSORS | {"second/kernel": KERNEL[:2]},
        TENSORS | {"best/other": KERNEL},
        TENSORS | {"first/kernel": KERNEL.astype(np.float64)},
    ],
)
def test_a_checkpoint_whose_tensors_do_not_fit_is_named(tmp_path: Path, tensors: dict[str, np.ndarray]) -> None:
    save_file(tensors, tmp_path / "state.safetensors", GOOD)
    with pytest.raises(ModelError, match="do not belong together"):
        load_state(tmp_path, {}, {"kernel": (3,)})


def test_the_material_is_kept(tmp_path: Path) -> None:
    kernel = {"kernel": KERNEL}
    save_state(tmp_path, State(1, kernel, (kernel, kernel), Curves(), Best(), material="abc"), {})
    assert load_state(tmp_path, {}, {"kernel": (3,)}).material == "abc"
    assert set(load_file(tmp_path / "state.safetensors")) == set(TENSORS)
