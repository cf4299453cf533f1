"""A training that learns nothing: the process that a window speaks to, without a framework.

It counts steps, tells curves, keeps checkpoints as the real one does, and can be stopped, resumed and refused.
"""

import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from innervoice.engine import training_child
from innervoice.models.errors import ModelError
from innervoice.training.kinds import KINDS
from innervoice.training.progress import Best, Curves, State, load_state, save_state

KERNEL = np.zeros(2, np.float32)


class ToyChild(training_child.TrainingChild):
    """Has `steps` steps of 20 ms; a corpus called ``empty`` is refused, one called ``crash`` ends the process."""

    def _train(self, order: Mapping[str, Any]) -> dict[str, Any]:
        corpus = Path(order["corpora"][0]).name
        if corpus == "crash":
            sys.stderr.write("the toy fell over\n")
            sys.stderr.flush()
            training_child.os._exit(3)
        if corpus == "empty":
            raise ModelError("No melody was found in empty; give other folders.")
        settings = KINDS[order["kind"]].settings.changed({name: str(v) for name, v in order["settings"].items()})
        folder, names = Path(f"{order['out']}.training"), {"steps": settings.steps, "seed": settings.seed}
        state = State(0, {"kernel": KERNEL}, ({"kernel": KERNEL}, {"kernel": KERNEL}), Curves(), Best())
        if order["resume"]:
            state = load_state(folder, names, {"kernel": (2,)})
        state.order = {"kind": order["kind"], "corpora": list(order["corpora"]), "begin_from": order["begin_from"]}
        try:
            self._count(state, settings.steps)
        finally:
            save_state(folder, state, names)
        return {"steps": state.step, "seconds": 1, "songs": 2, "clips": 4, "held_out": {"note_f1": 0.5}}

    def _count(self, state: State, steps: int) -> None:
        for entry in state.curves.training:
            self._follow("training", entry)
        while state.step < steps:
            time.sleep(0.02)
            state.step += 1
            entry = {"step": state.step, "loss": 10.0 / state.step, "accuracy": 1.0 - 1.0 / state.step}
            state.curves.training.append(entry)
            self._follow("training", entry)
            if state.step % 5 == 0:
                self._follow("held_out", {"step": state.step, "note_f1": 1.0 - 2.0 / state.step})
            self._report(state.step, steps, f"loss {entry['loss']:.2f}")


if __name__ == "__main__":
    training_child.TrainingChild = ToyChild  # type: ignore[misc]
    training_child.main()
