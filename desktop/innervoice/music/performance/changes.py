"""The same performance in another key or tempo, made from its events.

Both are how Oore et al. 2018 (section 4.1) and Verch after them make one recording serve a training many times.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.performance.encoding import with_gaps
from innervoice.music.performance.vocabulary import PERFORMANCE, Vocabulary

Events = NDArray[np.int16]


def transposed(events: NDArray[Any], semitones: int, vocabulary: Vocabulary = PERFORMANCE) -> Events:
    """Move every key by so many semitones; events that would leave the keyboard stay as they are, all of them.

    Parameters
    ----------
    events : ndarray int [n]
    semitones : int
    """
    ids = np.asarray(events)
    keys = ids < vocabulary.velocity
    moved = ids[keys] % vocabulary.pitches + semitones
    if not moved.size or moved.min() < 0 or moved.max() >= vocabulary.pitches:
        return ids.astype(np.int16)
    changed = ids.astype(np.int16)
    changed[keys] += semitones
    return changed


def stretched(events: NDArray[Any], factor: float, vocabulary: Vocabulary = PERFORMANCE) -> Events:
    """Make the time between events longer or shorter.

    Absolute times are multiplied and rounded, so errors do not add up, except that a gap never closes: events that did
    not sound together do not begin to. Time after the last event that is no time shift is dropped.

    Parameters
    ----------
    events : ndarray int [n]
    factor : float
        Above 0; 1.1 plays slower.

    Returns
    -------
    ndarray int16 [m]
    """
    ids, gaps = without_shifts(events, vocabulary)
    steps = np.floor(np.cumsum(gaps) * factor + 0.5).astype(np.int64)
    return with_gaps(ids, np.maximum(np.diff(steps, prepend=0), gaps > 0), vocabulary)


def without_shifts(events: NDArray[Any], vocabulary: Vocabulary = PERFORMANCE) -> tuple[Events, NDArray[np.int64]]:
    """Take the time shifts out: the inverse of :func:`~innervoice.music.performance.encoding.with_gaps`.

    Returns
    -------
    ids : ndarray int16 [n]
        Events that are no time shifts.
    gaps : ndarray int64 [n]
        Steps that pass before each.
    """
    all_ids = np.asarray(events)
    shift = all_ids.astype(np.int64) - vocabulary.time_shift + 1
    passing = (shift >= 1) & (shift <= vocabulary.shifts)
    steps = np.cumsum(np.where(passing, shift, 0))
    return all_ids[~passing].astype(np.int16), np.diff(steps[~passing], prepend=0)
