"""What a model answers on JAX: run as a program by test_jax.py, for a process keeps its backend.

``python jax_answers.py MODEL IN.npz OUT.npz``
"""

from __future__ import annotations

import sys

import numpy as np

from innervoice.models.backend import choose_backend, device_name
from innervoice.models.catalogue import load_model


def main(path: str, given: str, out: str) -> None:
    """Answer everything that a model can be asked."""
    backend = choose_backend("jax")
    model = load_model(path)
    with np.load(given, allow_pickle=False) as file:
        tokens, z = file["tokens"], file["z"]
    posterior = model.encode(tokens)
    np.savez(
        out,
        mu=posterior.mu,
        sigma=posterior.sigma,
        greedy=model.decode(z),
        drawn=model.decode(z, temperature=0.7, seed=11),
        logits=model.logits(z, tokens),
        backend=f"{backend} on {device_name()}",
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
