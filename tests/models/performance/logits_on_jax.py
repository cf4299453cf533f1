"""What performance models answer on JAX: run as a program by test_performance_model.py, in a process of its own.

``python logits_on_jax.py IN.npy OUT.npz MODEL...``
"""

from __future__ import annotations

import sys

import numpy as np

from innervoice.models.backend import choose_backend
from innervoice.models.catalogue import load_model
from innervoice.models.performance.drawing import Drawing

LENGTHS = (10, 64, 65, 200)


def main(given: str, out: str, *paths: str) -> None:
    """Answer with each model's logits, under its name, and with how it goes on, under ``NAME.on``."""
    choose_backend("jax")
    models = [load_model(path) for path in paths]
    events = np.load(given, allow_pickle=False)
    answers = {model.name: model.logits(events) for model in models}
    piece = np.resize(events, 200)
    for model in models:
        # Within the window, at its edge, and beyond it, where the model is primed with the last half.
        continuations = [model.continuation(piece[:count], Drawing(seed=9)) for count in LENGTHS]
        for continuation in continuations:
            continuation.more(1)
        answers[f"{model.name}.on"] = np.concatenate([one.logits for one in continuations])
    np.savez(out, **answers)


if __name__ == "__main__":
    main(*sys.argv[1:])
