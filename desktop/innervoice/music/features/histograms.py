"""Histograms of many clips at once, and their two highest bins."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


def histograms(owner: NDArray[Any], values: NDArray[Any], clips: int, bins: int) -> NDArray[np.int64]:
    """How often each value occurs in each clip.

    Parameters
    ----------
    owner, values : ndarray int [n]
        Clip of each value, and the value, 0 to ``bins`` - 1.
    clips, bins : int

    Returns
    -------
    ndarray int64 [clips, bins]
    """
    flat = np.bincount(owner * bins + values, minlength=clips * bins)
    return flat.reshape(clips, bins)


def row_sums(table: NDArray[Any]) -> NDArray[np.int64]:
    """Sum of each row of whole numbers or of truth values, int64 [rows]."""
    return np.asarray(table.sum(axis=1, dtype=np.int64))


class TwoHighest(NamedTuple):
    """The two highest bins of each histogram; of equal ones the first counts as the higher.

    Attributes
    ----------
    first, second : ndarray int64 [clips]
        Numbers of the bins. A histogram with fewer filled bins names bin 0 for what it lacks, as music21 does.
    first_count, second_count : ndarray int64 [clips]
        What they hold; 0 tells that there is no such bin.
    """

    first: NDArray[np.int64]
    first_count: NDArray[np.int64]
    second: NDArray[np.int64]
    second_count: NDArray[np.int64]


def two_highest(counts: NDArray[np.int64]) -> TwoHighest:
    """Find the two highest bins of histograms, int64 [clips, bins]."""
    rows = np.arange(len(counts))
    first = counts.argmax(axis=1)
    rest = counts.copy()
    rest[rows, first] = 0
    second = rest.argmax(axis=1)
    return TwoHighest(first, counts[rows, first], second, rest[rows, second])
