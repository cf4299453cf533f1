"""Clips one after the other as one melody, or as the notes of one piece."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.bar_roll import rolls_to_notes
from innervoice.music.bar_words import is_bar, words_to_rolls
from innervoice.music.score import Table
from innervoice.music.tokens import HOLD, NOTE_OFF, tokens_to_notes


def join_clips(clips: Sequence[NDArray[Any]]) -> NDArray[np.int16]:
    """Return melodies, int [steps] each, as one; no note of one sounds on into the next.

    Returns
    -------
    ndarray int16 [sum of the steps]
    """
    lines = [np.asarray(clip).astype(np.int16) for clip in clips if len(clip)]
    for line in lines[1:]:
        if line[0] == HOLD:
            line[0] = NOTE_OFF
    return np.concatenate(lines) if lines else np.zeros(0, np.int16)


def joined_notes(clips: Sequence[NDArray[Any]], qpm: float = 120.0) -> Table:
    """Return clips of one kind, melodies or packed bars, as the notes of one piece.

    A melody's note ends with its clip; what sounds through a bar line sounds on.

    Returns
    -------
    ndarray of NOTE [n]
    """
    if len(clips) and is_bar(clips[0]):
        return rolls_to_notes(words_to_rolls(np.stack(list(clips))), qpm)
    return tokens_to_notes(join_clips(clips), qpm)
