"""Several clips of one kind, as a model gives them: rows of numbers, or the notes of each."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.bar_words import clip_steps
from innervoice.music.score import NOTE, Table
from innervoice.music.voice_rows import VoiceRows

SeveralClips = NDArray[np.int16] | tuple[Table, ...]
"""Int16 [n, width], or ndarrays of NOTE."""


def steps_of_each(clips: SeveralClips) -> int:
    """Sixteenths that every one of them has: the longest, where they are notes."""
    if isinstance(clips, tuple):
        return max((clip_steps(clip) for clip in clips), default=0)
    return clip_steps(clips)


def rows_of_all(clips: Any) -> VoiceRows | None:
    """Rows on which the notes of all of them stand, clips of any kind or None; None where none are notes."""
    parts: list[Table] = []
    for one in clips:
        parts.extend(part for part in (one if isinstance(one, tuple) else (one,)) if part is not None)
    notes = [part for part in parts if getattr(part, "dtype", None) == NOTE]
    return VoiceRows().grown(np.concatenate(notes)) if notes else None
