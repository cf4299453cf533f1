"""Clips one after the other as one melody, or as the notes of one piece."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.bar_roll import rolls_to_notes
from innervoice.music.bar_words import clip_steps, is_bar, words_to_rolls
from innervoice.music.score import NOTE, Table
from innervoice.music.tokens import HOLD, NOTE_OFF, STEPS_PER_QUARTER, tokens_to_notes


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


def joined_notes(clips: Sequence[NDArray[Any]], qpm: float = 120.0, steps: int = 0) -> Table:
    """Return clips of one kind, melodies, packed bars or notes, as the notes of one piece.

    A melody's note ends with its clip; what sounds through a bar line sounds on. Clips of notes have so many sixteenths
    each, or the whole bars that they fill.

    Returns
    -------
    ndarray of NOTE [n]
    """
    if len(clips) and clips[0].dtype == NOTE:
        return _notes_one_after_the_other(clips, qpm, steps)
    if len(clips) and is_bar(clips[0]):
        return rolls_to_notes(words_to_rolls(np.stack(list(clips))), qpm)
    return tokens_to_notes(join_clips(clips), qpm)


def _notes_one_after_the_other(clips: Sequence[NDArray[Any]], qpm: float, steps: int) -> Table:
    """Return clips of notes as one, at this tempo."""
    begin, parts = 0.0, []
    for clip in clips:
        part = clip.copy()
        for quarter, second in (("start_quarter", "start"), ("end_quarter", "end")):
            part[quarter] += begin
            part[second] = part[quarter] * 60.0 / qpm
        parts.append(part)
        begin += (steps or clip_steps(clip)) / STEPS_PER_QUARTER
    return np.concatenate(parts)
