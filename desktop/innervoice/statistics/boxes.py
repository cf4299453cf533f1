"""The five numbers of a box plot, and what lies outside the whiskers."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

WHISKER = 1.5
"""How many interquartile ranges a whisker may reach beyond its quartile (Tukey 1977)."""


class Boxes(NamedTuple):
    """Box plot statistics of several groups.

    Attributes
    ----------
    boxes : float64 [groups, 5]
        Low whisker, first quartile, median, third quartile, high whisker.
    outliers : tuple of float64 [any]
        Per group, the values outside its whiskers, increasing.
    """

    boxes: NDArray[np.float64]
    outliers: tuple[NDArray[np.float64], ...]


def box_statistics(values: NDArray[Any]) -> Boxes:
    """Compute Tukey's box plot numbers of each column.

    Whiskers end at the last value within 1.5 interquartile ranges of the quartiles; quartiles are interpolated
    linearly. With one value all five numbers are that value.

    Parameters
    ----------
    values : float [observations, groups]

    Raises
    ------
    ValueError
        Without observations, or when a value is NaN or infinite.
    """
    data = np.sort(np.asarray(values, dtype=np.float64), axis=0)
    if data.ndim != 2 or data.shape[0] == 0:
        raise ValueError(f"A box plot needs at least one row as [observations, groups], not shape {data.shape}.")
    if not np.isfinite(data).all():
        raise ValueError("A box plot needs finite values, but some are NaN or infinite.")
    first, median, third = np.quantile(data, (0.25, 0.5, 0.75), axis=0)
    reach = WHISKER * (third - first)
    # Rounding may put an interpolated quartile a hair outside the data, so the quartiles' own rows count as inside.
    inside = (data >= first - reach) & (data <= third + reach)
    low = np.minimum(np.where(inside, data, np.inf).min(axis=0), first)
    high = np.maximum(np.where(inside, data, -np.inf).max(axis=0), third)
    outliers = tuple(data[~inside[:, group], group] for group in range(data.shape[1]))
    return Boxes(np.stack([low, first, median, third, high], axis=1), outliers)
