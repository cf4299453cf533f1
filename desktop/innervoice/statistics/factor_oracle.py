"""Variable Markov oracles: factor oracles over frames of numbers that count as equal within a threshold.

Sources: Allauzen, Crochemore and Raffinot 1999 (the factor oracle); Lefebvre and Lecroq 2000, and Lefebvre, Lecroq
and Alexandre 2003 (the lengths of repeated suffixes, and the better suffix); Assayag and Dubnov 2004; Dubnov, Assayag
and Cont 2011 (audio oracle); Wang and Dubnov 2014 (variable Markov oracle).

State 0 is the beginning; state t stands behind frame t - 1. The suffix link of a state leads to where the longest
repeated suffix that ends there was heard before; 0 when the last frame is like none before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

NO_STATE = -1


class Oracle:
    """One oracle, which grows frame by frame.

    Parameters
    ----------
    threshold : float
        Frames are alike when their distance is less than this.

    Attributes
    ----------
    suffix, repeat : list of int [states]
        Suffix link of each state (-1 for state 0), and length of the repeated suffix.
    reverse : list of list of int
        The states whose suffix link leads to each.
    forward : list of list of int
        States that each leads to.
    label : list of int [states]
        Which of the letters that the oracle heard the frame before each state is (0 for state 0, then from 0 in the
        order in which they came).
    letters : int
        How many different letters there are.
    """

    def __init__(self, threshold: float) -> None:
        self.threshold = threshold
        self.suffix, self.repeat, self.label = [NO_STATE], [0], [0]
        self.reverse: list[list[int]] = [[]]
        self.forward: list[list[int]] = [[]]
        self.letters = 0

    def __len__(self) -> int:
        """How many frames were heard."""
        return len(self.suffix) - 1

    def hear(self, to_earlier: list[float]) -> None:
        """Add a frame.

        Parameters
        ----------
        to_earlier : list of float
            Its distance to state t at place t, for all frames before it; place 0 is not read.
        """
        suffix, repeat, forward, threshold = self.suffix, self.repeat, self.forward, self.threshold
        last, state = len(suffix) - 1, len(suffix)
        forward[last].append(state)
        before, k, found = last, suffix[last], 0
        distance_to = to_earlier.__getitem__
        while k != NO_STATE:
            targets = forward[k]
            apart = list(map(distance_to, targets))
            nearest = min(apart)
            if nearest < threshold:
                found = targets[apart.index(nearest)]
                break
            targets.append(state)
            before, k = k, suffix[k]
        forward.append([])
        self.reverse.append([])
        if not found:
            suffix.append(0)
            repeat.append(0)
            self.label.append(self.letters)
            self.letters += 1
            self.reverse[0].append(state)
            return
        length = self._common(before, found - 1) + 1
        self.label.append(self.label[found])
        better = self._better(found, length, self.label[state - length])
        if better:
            found, length = better, length + 1
        suffix.append(found)
        repeat.append(length)
        self.reverse[found].append(state)

    def _common(self, one: int, other: int) -> int:
        """Length of the longest repeated suffix that two states share."""
        suffix, repeat = self.suffix, self.repeat
        if other == suffix[one]:
            return repeat[one]
        target = suffix[one]
        while suffix[other] != target:
            other = suffix[other]
        return min(repeat[one], repeat[other])

    def _better(self, found: int, length: int, letter: int) -> int:
        """An occurrence of the suffix that goes on one frame further back, or 0."""
        repeat, label = self.repeat, self.label
        for state in self.reverse[found]:
            if repeat[state] == length and label[state - length] == letter:
                return state
        return 0


def build_oracle(distances: NDArray[Any], threshold: float) -> Oracle:
    """Build the oracle of a sequence.

    Parameters
    ----------
    distances : float [frames, frames]
        Of every two frames; the part below the diagonal is read.
    threshold : float

    Raises
    ------
    ValueError
        For distances that are no square of numbers.
    """
    (oracle,) = hear_rows(distance_rows(distances), [threshold])
    return oracle


def hear_rows(
    rows: Iterable[list[float]], thresholds: Iterable[float], tell: Callable[[int], None] | None = None
) -> list[Oracle]:
    """Build an oracle for each of several thresholds, reading the distances once.

    `tell` is told each frame before it is heard, and may raise to end it.
    """
    oracles = [Oracle(float(threshold)) for threshold in thresholds]
    for frame, row in enumerate(rows):
        if tell is not None:
            tell(frame)
        for oracle in oracles:
            oracle.hear(row)
    return oracles


def distance_rows(distances: NDArray[Any]) -> Iterator[list[float]]:
    """Rows as `Oracle.hear` takes them, one for each frame.

    Raises
    ------
    ValueError
        For distances that are no square of numbers.
    """
    values = np.asarray(distances, np.float64)
    if values.ndim != 2 or values.shape[0] != values.shape[1] or not np.isfinite(values).all():
        raise ValueError(f"An oracle needs the distance of every two frames, not {values.shape} with gaps.")
    return ([0.0, *values[frame, :frame].tolist()] for frame in range(len(values)))
