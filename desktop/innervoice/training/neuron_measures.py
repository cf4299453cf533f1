"""How many neurons of an encoder learned something about the music, and how quiet the others are."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

MUSIC_SIGMA = 0.9
"""While training a neuron counts as music below this median sigma; `sigma-ranking` finds the cut itself."""

NOISE_SIGMA = 0.02
"""A noise neuron's median sigma is that near to 1."""


def neuron_figures(mu: NDArray[Any], sigma: NDArray[Any]) -> dict[str, float]:
    """Count neurons by their posteriors [clips, neurons].

    Returns
    -------
    dict
        ``music_neurons`` (median sigma below 0.9), ``noise_neurons`` (within 0.02 of 1) and ``noise_mean`` (the largest
        mean of abs(mu) of a noise neuron).
    """
    typical = np.median(sigma, axis=0)
    noise = np.abs(typical - 1.0) < NOISE_SIGMA
    return {
        "music_neurons": float((typical < MUSIC_SIGMA).sum()),
        "noise_neurons": float(noise.sum()),
        "noise_mean": float(np.abs(mu[:, noise]).mean(axis=0).max()) if noise.any() else 0.0,
    }
