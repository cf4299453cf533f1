"""How often two variables fall into each pair of their bins, for every pair of many variables at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

MISSING = -1
"""The bin of a value that is not there."""
BLOCK = 4096
"""Rows that are counted at a time, so that memory does not grow with the clips."""


def equal_width_bins(values: NDArray[Any], bins: int = 10) -> NDArray[np.int16]:
    """Put each column into bins of equal width between its smallest and its largest value.

    A value on an edge belongs to the bin below it, the smallest value to the first bin (Baak et al. 2020, section 4;
    the ``phik`` package bins so).

    Parameters
    ----------
    values : float [rows, columns]
        NaN where there is no value.
    bins : int
        At least 2.

    Returns
    -------
    int16 [rows, columns]
        0 to bins - 1; :data:`MISSING` for NaN. A column of one value is all in one bin.
    """
    if bins < 2:
        raise ValueError(f"Values are put into at least two bins, not {bins}.")
    table = np.asarray(values, dtype=np.float64)
    binned = np.full(table.shape, MISSING, dtype=np.int16)
    for column in range(table.shape[1]):
        there = np.isfinite(table[:, column])
        if not there.any():
            continue
        given = table[there, column]
        low, high = given.min(), given.max()
        edges = np.linspace(low - max(1e-14 * abs(low), np.finfo(np.float64).tiny), high, bins + 1)
        binned[there, column] = np.clip(np.searchsorted(edges, given), 1, bins) - 1
    return binned


def tables(
    rows: NDArray[np.int16], columns: NDArray[np.int16], bins: int, at_once: int = 64
) -> Iterator[tuple[slice, NDArray[np.float64]]]:
    """Count the pairs of bins of each row variable with each column variable.

    A clip that lacks either value is left out of that pair alone.

    Parameters
    ----------
    rows : int16 [clips, n]
    columns : int16 [clips, m]
        Bins, :data:`MISSING` where there is none.
    bins : int
        Bins of each.
    at_once : int
        Column variables that are counted together: n * at_once * bins * bins numbers are held.

    Yields
    ------
    which column variables, and the counts, float64 [n, those, bins, bins]
    """
    if rows.shape[0] != columns.shape[0]:
        raise ValueError(f"{rows.shape[0]} and {columns.shape[0]} clips cannot be paired.")
    for first in range(0, columns.shape[1], at_once):
        some = slice(first, min(first + at_once, columns.shape[1]))
        counts = np.zeros((rows.shape[1] * bins, (some.stop - some.start) * bins))
        for start in range(0, len(rows), BLOCK):
            # Counting pairs of bins is a product of indicator matrices: exact in float32 below 2^24 rows a block.
            left = _indicators(rows[start : start + BLOCK], bins)
            counts += left.T @ _indicators(columns[start : start + BLOCK, some], bins)
        shaped = counts.reshape(rows.shape[1], bins, some.stop - some.start, bins)
        yield some, shaped.transpose(0, 2, 1, 3)


def _indicators(binned: NDArray[np.int16], bins: int) -> NDArray[np.float32]:
    """One column for each bin of each variable: 1 where the value is in it."""
    inside = binned[:, :, None] == np.arange(bins, dtype=np.int16)
    return np.asarray(inside.reshape(len(binned), -1), dtype=np.float32)
