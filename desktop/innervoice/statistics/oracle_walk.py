"""Improvising on an oracle: going on as the sequence does, and now and then to another place with the same past.

Source: Assayag and Dubnov 2004, Using Factor Oracles for Machine Improvisation (Soft Computing 8), section 4.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.statistics.factor_oracle import Oracle


@dataclass(frozen=True, eq=False)
class Walk:
    """Where an improvisation went.

    Attributes
    ----------
    frames : int64 [n]
        The frame of the sequence that is played at each place.
    leapt : bool [n]
        Whether that place was reached by a leap rather than by going on.
    """

    frames: NDArray[np.int64]
    leapt: NDArray[np.bool_]


def walk_oracle(
    oracle: Oracle, length: int, keep_on: float, least_past: int, rng: np.random.Generator, first: int = 0
) -> Walk:
    """Improvise.

    Parameters
    ----------
    oracle : Oracle
        Of at least one frame.
    length : int
        Frames to play.
    keep_on : float
        How likely the frame that follows in the sequence comes next, from 0 to 1; otherwise a leap is tried.
    least_past : int
        Frames that two places must have heard alike so that one leaps from one to the other.
    rng : Generator
    first : int
        The frame to begin with.

    Returns
    -------
    Walk
        At the end of the sequence one leaps whatever was heard alike, to the beginning if there is nowhere else.
    """
    frames, leapt = np.zeros(length, np.int64), np.zeros(length, np.bool_)
    state, last = first + 1, len(oracle)
    for place in range(length):
        frames[place] = state - 1
        leaps = place + 1 < length and (state == last or rng.random() >= keep_on)
        places = _alike(oracle, state, least_past, last) if leaps else []
        if places:
            lengths = np.array([past for _, past in places], np.float64)
            # A place with a longer common past is likelier.
            state = places[int(rng.choice(len(places), p=lengths / lengths.sum()))][0] + 1
            leapt[place + 1] = True
        elif state == last:
            state = 1
            leapt[min(place + 1, length - 1)] |= place + 1 < length
        else:
            state += 1
    return Walk(frames, leapt)


def _alike(oracle: Oracle, state: int, least_past: int, last: int) -> list[tuple[int, int]]:
    """States that can be gone on from in place of one, with the length of the common past."""
    need = max(1, least_past)
    link, past = oracle.suffix[state], oracle.repeat[state]
    found = [(link, past)] if link > 0 and past >= need else []
    found += [(later, oracle.repeat[later]) for later in oracle.reverse[state] if oracle.repeat[later] >= need]
    return [(place, length) for place, length in found if place < last]
