"""The channel that sends a Gaussian at a limited rate as well as can be done.

Source: Berger (1971), Rate Distortion Theory, chapter 4, the forward test channel of a Gaussian source, as used by
Dubnov, "Query-based Deep Improvisation" (arXiv 1906.09155), section 2.1: a neuron without bits answers with the mean,
one with many bits with what was put in.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def through_channel(
    z: NDArray[Any], mean: NDArray[Any], variance: NDArray[Any], bits: NDArray[Any], noise: NDArray[Any]
) -> Floats:
    """Send values through the channel of the right noise.

    With ``a = 1 - 2^(-2 bits)`` the answer is ``mean + a (z - mean) + sqrt(a (1 - a) variance) noise``. When z has this
    mean and variance and the noise is standard normal, the squared error is ``variance 2^(-2 bits)``, the least there
    is at this rate, and the answer's variance is ``a variance``.

    Parameters
    ----------
    z : float [frames, neurons]
    mean, variance : float [neurons] or [frames, neurons]
        Of the source.
    bits : float or int, like the mean
        Rate of each neuron, from 0; 0 gives exactly the mean.
    noise : float [frames, neurons]
        Standard normal draws.

    Returns
    -------
    float64 [frames, neurons]
    """
    lost = _lost(bits)
    spread = np.sqrt(lost * (1.0 - lost) * np.asarray(variance, np.float64))
    return np.asarray(_mixed(z, mean, lost) + spread * noise)


def through_published_channel(
    z: NDArray[Any], mean: NDArray[Any], variance: NDArray[Any], bits: NDArray[Any], noise: NDArray[Any]
) -> Floats:
    """Send values through the channel of the paper's first notebook, which lacks both square roots.

    Its noise is ``2^(-4 bits) (2^(2 bits) - 1) variance`` times a standard normal draw, so that the error is not the
    least: kept because published results were made with it. Parameters and answer as `through_channel`.
    """
    lost = _lost(bits)
    return np.asarray(_mixed(z, mean, lost) + lost * (1.0 - lost) * np.asarray(variance, np.float64) * noise)


def _lost(bits: NDArray[Any]) -> Floats:
    """Share of the variance that the channel loses: 2^(-2 bits)."""
    return np.asarray(4.0 ** -np.asarray(bits, np.float64))


def _mixed(z: NDArray[Any], mean: NDArray[Any], lost: Floats) -> Floats:
    # Written so that no bits give exactly the mean, and so many that nothing is lost exactly what was put in.
    return np.asarray(np.asarray(mean, np.float64) * lost + np.asarray(z, np.float64) * (1.0 - lost))
