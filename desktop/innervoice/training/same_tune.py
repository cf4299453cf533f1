"""Which songs are versions of one tune: those that have much in common that few others have."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

SHARED = 0.25
"""Two are the same when they share this much of the one that has less."""
COMMONPLACE = 20
"""What more have says nothing about any two of them."""


def same_tune(song: Sequence[int], marks: Sequence[NDArray[np.int64]], songs: int) -> NDArray[np.int32]:
    """Number songs so that versions of one tune have one number: its first song's.

    Parameters
    ----------
    song : sequence of int [n]
        Song of each thing that is compared: of the song itself, or of one of its voices.
    marks : sequence of int64 arrays [n]
        What each is known by, distinct numbers.
    songs : int

    Returns
    -------
    int32 [songs]
    """
    holders: dict[int, list[int]] = defaultdict(list)
    for thing, own in enumerate(marks):
        for mark in own.tolist():
            holders[mark].append(thing)
    common: Counter[tuple[int, int]] = Counter()
    for having in holders.values():
        if 1 < len(having) <= COMMONPLACE:
            common.update(combinations(having, 2))
    tune = np.arange(songs, dtype=np.int32)
    for (one, other), count in common.items():
        if count >= SHARED * min(len(marks[one]), len(marks[other])):
            first, second = sorted((tune[song[one]], tune[song[other]]))
            tune[tune == second] = first
    return tune
