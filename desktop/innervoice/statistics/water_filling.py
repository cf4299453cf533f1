"""How few bits are spent best on many neurons: reverse water-filling.

Sources: Shannon's rate-distortion function of independent Gaussians, R(D) = sum of max(0.5 log2(variance / D), 0)
(Berger 1971, Rate Distortion Theory; Cover and Thomas, Elements of Information Theory, section 10.3.3); the allocation
of one bit at a time is that of Dubnov, "Query-based Deep Improvisation" (arXiv 1906.09155), section 2.1.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST_BITS = 1_000_000


@dataclass(frozen=True, eq=False)
class Water:
    """The closed form of reverse water-filling.

    Attributes
    ----------
    bits : float64 [components]
        Rate of each component, not rounded; together the rate that was asked for.
    level : float
        Distortion D of every component that gets bits; the others' distortion is their variance.
    """

    bits: Floats
    level: float


def allocate_bits(variance: NDArray[Any], bits: int) -> NDArray[np.int64]:
    """Give whole bits, one at a time, to the strongest component, which is a quarter as strong afterwards.

    Parameters
    ----------
    variance : float [components]
    bits : int
        How many there are to give, 0 or more.

    Returns
    -------
    int64 [components]
        Bits of each, together `bits`. Of equals the first is served first: ``[1, .25, .0625, .01]`` with 6 bits gives
        ``[3, 2, 1, 0]``.

    Raises
    ------
    ValueError
        For variances that are negative, not finite or all 0 (with bits to give), and for too many bits.
    """
    strength = _checked(variance)
    if not 0 <= bits <= MOST_BITS:
        raise ValueError(f"{bits} bits cannot be given; give from 0 to {MOST_BITS:,}.")
    if bits and not strength.any():
        raise ValueError("No component has any variance, so there is nothing to spend bits on; ask for 0 bits.")
    return np.bincount(serving_order(strength, bits), minlength=len(strength)).astype(np.int64)


def serving_order(variance: NDArray[Any], bits: int) -> NDArray[np.int64]:
    """Return which component each bit goes to, one after the other, int64 [bits]; the first b are `allocate_bits` of b.

    None are served where there is no variance.
    """
    strength = _checked(variance)
    served = np.zeros(bits if strength.any() else 0, np.int64)
    waiting = [(-value, place) for place, value in enumerate(strength.tolist())]
    heapq.heapify(waiting)
    for bit in range(len(served)):
        strongest, served[bit] = waiting[0]
        heapq.heapreplace(waiting, (strongest / 4.0, waiting[0][1]))
    return served


def fill_water(variance: NDArray[Any], bits: float) -> Water:
    """Give fractions of bits so that their distortion is least.

    Parameters
    ----------
    variance : float [components]
    bits : float
        The rate in all, 0 or more.

    Raises
    ------
    ValueError
        As `allocate_bits`.
    """
    strength = _checked(variance)
    if not 0.0 <= bits < np.inf:
        raise ValueError(f"{bits} bits cannot be given; give a number from 0.")
    if bits == 0 or not strength.any():
        if bits:
            raise ValueError("No component has any variance, so there is nothing to spend bits on; ask for 0 bits.")
        return Water(np.zeros(len(strength)), float(strength.max(initial=0.0)))
    logs = np.log2(np.sort(strength[strength > 0])[::-1])
    # With the k strongest above the water the level is fixed; the right k is the last whose weakest is still above it.
    levels = (np.cumsum(logs) - 2.0 * bits) / np.arange(1, len(logs) + 1)
    level = float(levels[np.flatnonzero(logs >= levels)[-1]])
    with np.errstate(divide="ignore"):
        rates = np.maximum(0.5 * (np.log2(strength) - level), 0.0)
    return Water(rates, float(2.0**level))


def distortion_of(variance: NDArray[Any], bits: NDArray[Any]) -> float:
    """Squared error of all components together when each is sent with its bits: sum of variance times 2^(-2 bits)."""
    return float((np.asarray(variance, np.float64) * 4.0 ** -np.asarray(bits, np.float64)).sum())


def _checked(variance: NDArray[Any]) -> Floats:
    strength = np.asarray(variance, np.float64)
    if strength.ndim != 1 or not np.isfinite(strength).all() or (strength < 0).any():
        raise ValueError("Bits are given to components by their variances: finite numbers of 0 or more in one row.")
    return strength
