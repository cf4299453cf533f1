"""What performance models answer on JAX: run as a program by test_performance_model.py, in a process of its own.

``python logits_on_jax.py IN.npy OUT.npz MODEL...``
"""

from __future__ import annotations

import sys

import numpy as np

from innervoice.models.backend import choose_backend
from innervoice.models.catalogue import load_model


def main(given: str, out: str, *paths: str) -> None:
    """Answer with each model's logits, under its name."""
    choose_backend("jax")
    models = [load_model(path) for path in paths]
    events = np.load(given, allow_pickle=False)
    np.savez(out, **{model.name: model.logits(events) for model in models})


if __name__ == "__main__":
    main(*sys.argv[1:])
