"""What a model answers on JAX: run as a program by test_jax.py, for a process keeps its backend.

``python jax_answers.py MELODIES BARS IN.npz OUT.npz``
"""

from __future__ import annotations

import sys

import numpy as np

from innervoice.models.backend import choose_backend, device_name
from innervoice.models.catalogue import load_model


def main(melodies: str, bars: str, given: str, out: str) -> None:
    """Answer everything that a model of melodies and one of bars can be asked."""
    backend = choose_backend("jax")
    model, bar_model = load_model(melodies), load_model(bars)
    with np.load(given, allow_pickle=False) as file:
        tokens, z, rolls = file["tokens"], file["z"], file["rolls"]
    posterior, of_bars = model.encode(tokens), bar_model.encode(rolls)
    np.savez(
        out,
        mu=posterior.mu,
        sigma=posterior.sigma,
        greedy=model.decode(z),
        drawn=model.decode(z, temperature=0.7, seed=11),
        logits=model.logits(z, tokens),
        bar_mu=of_bars.mu,
        bar_sigma=of_bars.sigma,
        bar_probabilities=bar_model.probabilities(z),
        backend=f"{backend} on {device_name()}",
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
