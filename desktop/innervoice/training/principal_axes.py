"""Neurons turned to the principal axes of what a model makes of music, so that the last of them can fall silent.

A linear layer on either side of the latent vector leaves its axes free: training with a price for neurons in use then
presses all neurons alike. Turned to the axes of greatest variance of mu (Pearson 1901), the first neurons carry the
music, and the last almost nothing, which the price takes from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.models.specs import SEGMENTS, MusicVAESpec, lstm_scope

Weights = dict[str, NDArray[np.float32]]


def turned(spec: MusicVAESpec, weights: Mapping[str, NDArray[Any]], mu: NDArray[Any], keep: int) -> Weights:
    """Turn the latent space; as long as all neurons are kept, what mu decodes to stays the same.

    A posterior is still a Gaussian without correlations, so the spread of its neurons is evened out: each gets the
    mean of the old ones.

    Parameters
    ----------
    weights : mapping of float32 arrays by tensor name
    mu : float [clips, neurons]
        Means of more clips than there are neurons, as the weights encode them.
    keep : int
        So many neurons, those of the greatest variance, go on; the others are silenced: mu 0, sigma 1, not heard.

    Returns
    -------
    dict of float32 arrays
        Neurons in the order of falling variance of mu.
    """
    if mu.ndim != 2 or mu.shape[1] != spec.neurons or len(mu) <= spec.neurons:
        raise ValueError(f"Turning {spec.neurons} neurons takes the mu of more clips than that, not {mu.shape}.")
    _, axes = np.linalg.eigh(np.cov(mu.T.astype(np.float64)))
    axes = axes[:, ::-1]
    result: Weights = {name: np.asarray(value, dtype=np.float32) for name, value in weights.items()}
    for part in ("kernel", "bias"):
        head, spread = f"encoder/mu/{part}", f"encoder/sigma/{part}"
        result[head] = (result[head].astype(np.float64) @ axes).astype(np.float32)
        even = result[spread].mean(axis=-1, keepdims=True)
        result[spread] = np.repeat(even, spec.neurons, axis=-1).astype(np.float32)
    for name, rows in _readers(spec).items():
        kernel = result[name].copy()
        kernel[rows] = (axes.T @ kernel[rows].astype(np.float64)).astype(np.float32)
        result[name] = kernel
    _silence(result, _readers(spec), keep)
    return result


def _silence(weights: Weights, readers: Mapping[str, slice], keep: int) -> None:
    """Make noise neurons of those after the first."""
    for part in ("kernel", "bias"):
        for head in ("mu", "sigma"):
            weights[f"encoder/{head}/{part}"][..., keep:] = 0.0
    # softplus of this is 1, the prior's sigma.
    weights["encoder/sigma/bias"][keep:] = np.log(np.e - 1.0)
    for name, rows in readers.items():
        weights[name][rows.start + keep : rows.stop] = 0.0


def _readers(spec: MusicVAESpec) -> dict[str, slice]:
    """Kernels that the latent vector is multiplied with, and their rows for it."""
    every = slice(0, spec.neurons)
    if spec.dense:
        return {f"{SEGMENTS}/kernel": every}
    if spec.conductor:
        return {"decoder/hierarchical_level_0/initial_state/kernel": every}
    first = f"{lstm_scope(spec.core, 0)}/kernel"
    return {
        f"{spec.core}/z_to_initial_state/kernel": every,
        first: slice(spec.classes, spec.classes + spec.neurons),
    }
