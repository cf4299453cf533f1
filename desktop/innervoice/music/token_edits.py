"""Editing the notes of a melody: add, move, resize, delete, transpose; a melody stays monophonic.

A note is known by its onset, the step at which it begins, since no two notes of a melody begin together. What an edited
note covers is cut off: another note keeps its part before it, or else its part after it, or goes. Steps that an edit
does not touch keep their tokens, so that the encoder sees no other change.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from innervoice.music.tokens import (
    CLASSES,
    FIRST_PITCH,
    HOLD,
    MAX_PITCH,
    MIN_PITCH,
    NOTE_OFF,
    PITCH_OFFSET,
    melody_line,
)

Tokens = NDArray[np.int16]
Spans = NDArray[np.int64]


def note_spans(tokens: Tokens) -> Spans:
    """Return the notes of a melody.

    Parameters
    ----------
    tokens : ndarray int16 [steps]

    Returns
    -------
    ndarray int64 [notes, 3]
        Onset and end in steps (the end is the first step that is silent or another note) and MIDI pitch.

    Raises
    ------
    ValueError
        If a token is outside 0 to 89.
    """
    line = np.asarray(tokens)
    if line.size and (line.min() < HOLD or line.max() >= CLASSES):
        raise ValueError(f"A token is outside 0 to {CLASSES - 1}; only melodies can be edited.")
    changes = np.append(np.flatnonzero(line != HOLD), len(line)).astype(np.int64)
    sounding = line[changes[:-1]] >= FIRST_PITCH
    onsets, ends = changes[:-1][sounding], changes[1:][sounding]
    return np.column_stack([onsets, ends, line[onsets].astype(np.int64) + PITCH_OFFSET])


def add_note(tokens: Tokens, onset: int, end: int, pitch: int) -> Tokens:
    """Draw a note from `onset` to `end` (steps), kept within the melody and one step long at least."""
    length = len(tokens)
    onset = min(max(onset, 0), length - 1)
    end = min(max(end, onset + 1), length)
    return _lay(tokens, note_spans(tokens), np.array([[onset, end, min(max(pitch, MIN_PITCH), MAX_PITCH)]]))


def delete_notes(tokens: Tokens, onsets: Collection[int]) -> Tokens:
    """Take notes away; silence stays in their place."""
    chosen, others = _part(tokens, onsets)
    return _lay(tokens, others, chosen[:0])


def move_notes(tokens: Tokens, onsets: Collection[int], steps: int, semitones: int) -> Tokens:
    """Move notes in time and pitch as one; the move ends where the first of them meets an edge (`reachable`)."""
    chosen, others = _part(tokens, onsets)
    steps, semitones = reachable(tokens, onsets, steps, semitones)
    return _lay(tokens, others, chosen + np.array([steps, steps, semitones]))


def resize_notes(tokens: Tokens, onsets: Collection[int], steps: int) -> Tokens:
    """Make notes longer (shorter when `steps` is negative): one step at least, and not into the next chosen one."""
    chosen, others = _part(tokens, onsets)
    if not len(chosen):
        return tokens.copy()
    following = np.append(chosen[1:, 0], len(tokens))
    ends = np.clip(chosen[:, 1] + steps, chosen[:, 0] + 1, following)
    return _lay(tokens, others, np.column_stack([chosen[:, 0], ends, chosen[:, 2]]))


def reachable(tokens: Tokens, onsets: Collection[int], steps: int, semitones: int) -> tuple[int, int]:
    """Return how far notes can move as one: whole within the melody and within pitches 21 to 108."""
    chosen, _others = _part(tokens, onsets)
    if not len(chosen):
        return 0, 0
    steps = min(max(steps, -int(chosen[0, 0])), len(tokens) - int(chosen[-1, 1]))
    lowest, highest = MIN_PITCH - int(chosen[:, 2].min()), MAX_PITCH - int(chosen[:, 2].max())
    return steps, min(max(semitones, lowest), highest)


def _part(tokens: Tokens, onsets: Collection[int]) -> tuple[Spans, Spans]:
    """Return the chosen notes and the others, both by onset."""
    spans = note_spans(tokens)
    chosen = np.isin(spans[:, 0], np.fromiter(onsets, np.int64, len(onsets)))
    return spans[chosen], spans[~chosen]


def _lay(tokens: Tokens, below: Spans, above: Spans) -> Tokens:
    """Write notes over others, and leave the note offs that end nothing where they still end nothing."""
    for onset, end, _pitch in above:
        before = below[:, 0] < onset
        below = below.copy()
        below[before, 1] = np.minimum(below[before, 1], onset)
        below[~before, 0] = np.where(below[~before, 0] < end, end, below[~before, 0])
        below = below[below[:, 1] > below[:, 0]]
    spans = np.vstack([below, above])
    spans = spans[np.argsort(spans[:, 0], kind="stable")]
    line = melody_line(spans[:, 0], spans[:, 1], spans[:, 2], len(tokens))
    idle = (
        (tokens == NOTE_OFF) & ~_ends(note_spans(tokens), len(tokens)) & (line == HOLD) & ~_sounding(spans, len(line))
    )
    line[idle] = NOTE_OFF
    return line


def _ends(spans: Spans, length: int) -> NDArray[np.bool_]:
    """Return the steps at which a note ends, [length]."""
    ends = np.zeros(length + 1, np.bool_)
    ends[spans[:, 1]] = True
    return ends[:length]


def _sounding(spans: Spans, length: int) -> NDArray[np.bool_]:
    """Return the steps at which a note sounds, [length]."""
    change = np.zeros(length + 1, np.int64)
    np.add.at(change, spans[:, 0], 1)
    np.add.at(change, spans[:, 1], -1)
    return np.cumsum(change)[:length] > 0
