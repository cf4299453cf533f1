"""How much of each frame its past tells: the information rate of a sequence, by how well its oracle compresses it.

Sources: Lefebvre and Lecroq 2000, Compror (codewords from a factor oracle); Dubnov, Assayag and Cont 2011, Audio Oracle
Analysis of Musical Information Rate; Wang and Dubnov 2014, section 3: of all thresholds the one is best that makes the
sum of the information rate greatest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.statistics.factor_oracle import Oracle, distance_rows, hear_rows

Floats = NDArray[np.float64]

PUBLISHED_THRESHOLDS = np.arange(0.0, 2.0, 0.01)
"""The 200 that the paper's notebooks try."""


@dataclass(frozen=True, eq=False)
class ThresholdSweep:
    """The total information rate at every threshold.

    Attributes
    ----------
    thresholds, totals : float64 [thresholds]
        Totals in bits.
    best : int
        Place of the greatest total; of equals the smallest threshold.
    oracle : Oracle
        The one of the best threshold.
    """

    thresholds: Floats
    totals: Floats
    best: int
    oracle: Oracle

    @property
    def threshold(self) -> float:
        """The best threshold."""
        return float(self.thresholds[self.best])

    @property
    def total(self) -> float:
        """The total at the best threshold, in bits."""
        return float(self.totals[self.best])


def codewords(repeat: Sequence[int]) -> list[tuple[int, int]]:
    """Compress a sequence with its oracle.

    Parameters
    ----------
    repeat : sequence of int [frames + 1]
        Length of the repeated suffix at each state.

    Returns
    -------
    list of (first frame, frames)
        In order: a frame like none before it, or the longest stretch that was heard before.
    """
    found: list[tuple[int, int]] = []
    frames, begin = len(repeat) - 1, 0
    while begin < frames:
        end = begin
        while end < frames and repeat[end + 1] > end - begin:
            end += 1
        end = max(end, begin + 1)
        found.append((begin, end - begin))
        begin = end
    return found


def information_rate(oracle: Oracle) -> Floats:
    """Information rate of each frame, in bits.

    ``max(0, log2 C0 - log2(C1) / B)``, where C0 counts the letters so far, C1 the codewords so far, and B is the length
    of the codeword that the frame belongs to.

    Returns
    -------
    float64 [frames]
    """
    suffix = np.array(oracle.suffix[1:], np.int64)
    if not len(suffix):
        return np.zeros(0)
    words = np.array(codewords(oracle.repeat), np.int64)
    letters = np.cumsum(suffix == 0)
    begun = np.zeros(len(suffix), np.int64)
    begun[words[:, 0]] = 1
    length = np.repeat(words[:, 1], words[:, 1])
    rate = np.log2(letters) - np.log2(np.cumsum(begun)) / length
    return np.asarray(np.maximum(rate, 0.0))


def sweep_thresholds(
    distances: NDArray[Any],
    thresholds: NDArray[Any] = PUBLISHED_THRESHOLDS,
    tell: Callable[[int], None] | None = None,
) -> ThresholdSweep:
    """Build the oracle of every threshold and find the one whose information rate is greatest in all.

    Parameters
    ----------
    distances : float [frames, frames]
        Of every two frames, 0 or more.
    thresholds : float [n]
        At least one.
    tell : callable, optional
        Told each frame that was heard; may raise to end it.

    Raises
    ------
    ValueError
        For no thresholds, and for distances that are no square of numbers.
    """
    tried = np.asarray(thresholds, np.float64)
    if tried.ndim != 1 or not len(tried):
        raise ValueError("A sweep needs at least one threshold.")
    values = np.asarray(distances, np.float64)
    rows = distance_rows(values)
    # Thresholds between which no distance lies hear the same; each such group is heard once.
    group = np.zeros(len(tried), np.int64)
    for frame in range(1, len(values)):
        group += np.searchsorted(np.sort(values[frame, :frame]), tried, side="left")
    _, first, member = np.unique(group, return_index=True, return_inverse=True)
    oracles = hear_rows(rows, tried[first], tell)
    totals = np.array([float(information_rate(oracle).sum()) for oracle in oracles])[member]
    best = int(totals.argmax())
    return ThresholdSweep(tried, totals, best, oracles[int(member[best])])
