"""A large matrix at several scales, so that a view of any part of it costs the same: a cell per pixel.

Zoomed out, a cell stands for a block of the matrix and shows the block's extreme: the value farthest from 0, with its
sign. A mean would fade every neuron to nothing, and every n-th row would hide the others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int8]

MISSING = -128
"""The code of no value. Its absolute value as int8 is itself, the least of all, so that it never is an extreme."""

STEPS = 127
"""Codes on each side of 0."""

FACTOR = 4
"""From one stored level to the next; a view halves once more where it must. Together they take 4/3 of the matrix."""

BLOCK = 1024


@dataclass(frozen=True, eq=False)
class ExtremeLevels:
    """A matrix as codes, coarser by `FACTOR` in its rows from level to level.

    Attributes
    ----------
    levels : tuple of ndarray int8, [ceil(rows / 4^n), columns]
    reach : float
        The value of code 127; what lies beyond has that code too.
    """

    levels: tuple[Codes, ...]
    reach: float

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the matrix."""
        rows, columns = self.levels[0].shape
        return rows, columns

    def part(self, rows: tuple[int, int], columns: tuple[int, int], per_cell: tuple[float, float]) -> Part:
        """Return the cells that show a part of the matrix.

        Parameters
        ----------
        rows, columns : (int, int)
            The first, and the one behind the last.
        per_cell : (float, float)
            How many rows and columns a pixel stands for; a cell stands for as many or up to twice as many.
        """
        down, across = (2 ** max(0, int(np.ceil(np.log2(max(1.0, count))))) for count in per_cell)
        level = min(int(np.log2(down)) // 2, len(self.levels) - 1)
        stored = FACTOR**level
        down = min(down, 2 * stored)
        # Whole blocks, counted from the matrix' own corner: the same blocks at any offset, no shimmer while moving.
        top, left = rows[0] // down * down, columns[0] // across * across
        codes = self.levels[level][top // stored : -(-rows[1] // stored), left : columns[1]]
        if down > stored:
            codes = _halved(codes)
        return Part(extremes(codes.T, across).T if across > 1 else codes, top, left, down, across)


@dataclass(frozen=True, eq=False)
class Part:
    """Cells of a part of a matrix: cell [0, 0] covers `down` rows from `top` and `across` columns from `left`."""

    codes: Codes
    top: int
    left: int
    down: int
    across: int


def make_levels(
    values: NDArray[np.float16], rows: NDArray[np.int64], columns: NDArray[np.int64], reach: float
) -> ExtremeLevels:
    """Return all levels of a matrix whose rows and columns are put in an order, block by block. For a worker thread."""
    first = np.empty((len(rows), len(columns)), dtype=np.int8)
    for start in range(0, len(rows), BLOCK):
        first[start : start + BLOCK] = encode(values[rows[start : start + BLOCK]][:, columns], reach)
    levels = [first]
    while len(levels[-1]) > FACTOR:
        levels.append(extremes(levels[-1], FACTOR))
    return ExtremeLevels(tuple(levels), reach)


def encode(values: NDArray[np.float16], reach: float) -> Codes:
    """Return values as codes: 0 for 0, 127 for `reach` and more, `MISSING` for NaN."""
    scaled = values.astype(np.float32) * np.float32(STEPS / reach)
    missing = np.isnan(scaled)
    np.nan_to_num(scaled, copy=False, nan=0.0, posinf=STEPS, neginf=-STEPS)
    codes = np.clip(np.rint(scaled, out=scaled), -STEPS, STEPS, out=scaled).astype(np.int8)
    codes[missing] = MISSING
    return codes


def extremes(codes: Codes, block: int) -> Codes:
    """Return the extreme of each block of `block` rows (a power of two; the last block may be shorter)."""
    while block > 1:
        codes = _halved(codes)
        block //= 2
    return codes


def _halved(codes: Codes) -> Codes:
    if len(codes) % 2:
        codes = np.concatenate([codes, np.full_like(codes[:1], MISSING)])
    upper, lower = codes[::2], codes[1::2]
    chosen: Codes = np.where(np.abs(upper) >= np.abs(lower), upper, lower)
    return chosen
