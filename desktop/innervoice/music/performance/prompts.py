"""The beginning of a performance that a model is to go on with."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from innervoice.music.errors import MusicError
from innervoice.music.performance.encoding import EncodingRules, Sustain, encode
from innervoice.music.performance.vocabulary import PERFORMANCE, Vocabulary
from innervoice.music.score import Score

Events = NDArray[np.int16]

PROMPT_EVENTS = 10
"""As published: the first 10 events of a file."""


def whole_prompt(score: Score, sustain: Sustain = "events", vocabulary: Vocabulary = PERFORMANCE) -> Events:
    """All events of a score, from its first note on, with the mark of its beginning and without that of its end.

    Raises
    ------
    MusicError
        When it has no notes, or :func:`~innervoice.music.performance.encoding.encode` refuses it.
    """
    if not (~score.notes["drum"]).any():
        raise MusicError(f"{score.name} has no notes to go on with; choose another file.")
    events = encode(score, EncodingRules(sustain=sustain, trim=True), vocabulary)
    return events[:-1] if vocabulary.markers else events


def prompt(
    score: Score, count: int = PROMPT_EVENTS, sustain: Sustain = "events", vocabulary: Vocabulary = PERFORMANCE
) -> Events:
    """First events of a score, int16 [n]; the mark of the beginning does not count among them.

    Parameters
    ----------
    count : int
        How many, at most.
    """
    return whole_prompt(score, sustain, vocabulary)[: count + int(vocabulary.markers)]
