"""What a latent tells and what it loses: the bounds of a variational autoencoder.

Source: Alemi et al. 2018, Fixing a Broken ELBO (arXiv 1711.00464), H - D <= I(X; Z) <= R, as in appendix A of Dubnov,
"Query-based Deep Improvisation" (arXiv 1906.09155).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def encoding_rate(mu: NDArray[Any], sigma: NDArray[Any]) -> Floats:
    """Divergence of each posterior from the standard normal prior, in nats: the rate R of the model, clip by clip.

    Parameters
    ----------
    mu, sigma : float [clips, neurons]

    Returns
    -------
    float64 [clips]
    """
    mean = np.asarray(mu, np.float64)
    # A sigma that underflowed to 0 would diverge without end.
    spread = np.maximum(np.asarray(sigma, np.float64), np.finfo(np.float32).tiny)
    return np.asarray((0.5 * (mean**2 + spread**2 - 1.0) - np.log(spread)).sum(axis=1))


def cell_cross_entropy(logits: NDArray[Any], cells: NDArray[Any]) -> Floats:
    """Sum over its cells of the cross-entropy of each bar, in nats: the distortion D of a model of bars.

    Parameters
    ----------
    logits : float [bars, ...]
        Of the probability that a cell is on.
    cells : bool [bars, ...]

    Returns
    -------
    float64 [bars]
    """
    told = np.asarray(logits, np.float64)
    # log(1 + e^x) - x y, written so that no exponential overflows.
    lost = np.logaddexp(0.0, told) - told * np.asarray(cells, np.float64)
    return np.asarray(lost.reshape(len(lost), -1).sum(axis=1))


def token_cross_entropy(logits: NDArray[Any], tokens: NDArray[Any]) -> Floats:
    """Sum over its steps of the cross-entropy of each melody, in nats: the distortion D of a model of melodies.

    Parameters
    ----------
    logits : float [clips, steps, classes]
    tokens : int [clips, steps]

    Returns
    -------
    float64 [clips]
    """
    told = np.asarray(logits, np.float64)
    top = told.max(axis=2)
    total = top + np.log(np.exp(told - top[..., None]).sum(axis=2))
    right = np.take_along_axis(told, np.asarray(tokens, np.int64)[..., None], axis=2)[..., 0]
    return np.asarray((total - right).sum(axis=1))
