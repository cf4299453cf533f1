"""What early stopping remembers."""

from __future__ import annotations

from pathlib import Path

import numpy as np

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
