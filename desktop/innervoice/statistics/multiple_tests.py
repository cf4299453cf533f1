"""Many tests at once: how small a p-value must be when hundreds were looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rule = Callable[[NDArray[np.float64], int], NDArray[Any]]
"""From p-values in increasing order, and how many they are, to the adjusted ones."""


def holm(p: NDArray[Any]) -> NDArray[np.float64]:
    """p-values adjusted so that the chance of even one false finding stays below the level (Holm 1979).

    Parameters
    ----------
    p : float, any shape
        0 to 1; NaN where no test was made, which stays NaN and counts for nothing.

    Returns
    -------
    float64 of the same shape
    """
    return _adjusted(p, lambda ordered, count: np.maximum.accumulate(ordered * (count - np.arange(count))))


def benjamini_hochberg(p: NDArray[Any]) -> NDArray[np.float64]:
    """p-values adjusted so that the expected share of false findings stays below the level.

    Benjamini and Hochberg 1995; for tests that are independent or positively dependent.

    Parameters
    ----------
    p : float, any shape
        0 to 1; NaN where no test was made, which stays NaN and counts for nothing.

    Returns
    -------
    float64 of the same shape
    """

    def rise(ordered: NDArray[np.float64], count: int) -> NDArray[np.float64]:
        scaled = ordered * count / np.arange(1, count + 1)
        return np.asarray(np.minimum.accumulate(scaled[::-1])[::-1], dtype=np.float64)

    return _adjusted(p, rise)


def _adjusted(p: NDArray[Any], rule: Rule) -> NDArray[np.float64]:
    values = np.asarray(p, dtype=np.float64)
    flat = values.ravel()
    made = np.flatnonzero(~np.isnan(flat))
    if made.size and not (flat[made].min() >= 0.0 and flat[made].max() <= 1.0):
        raise ValueError("p-values are from 0 to 1.")
    adjusted = np.full(flat.shape, np.nan)
    order = made[np.argsort(flat[made], kind="stable")]
    if made.size:
        adjusted[order] = np.minimum(rule(flat[order], made.size), 1.0)
    return adjusted.reshape(values.shape)
