"""Whether notes that a stranger made can be drawn and played."""

from __future__ import annotations

import numpy as np

from innervoice.music.score import NOTE, Table

MOST_NOTES = 20_000
LONGEST = 3600.0
"""Seconds, and quarters: an hour of music, so that no picture and no sound is made without end."""
KEYS = 128
DEFAULT_QPM = 120.0


def why_no_notes(notes: object) -> str:
    """Say what keeps notes from being drawn and played; empty when nothing does.

    Parameters
    ----------
    notes : object
        An array of `NOTE`, or whatever somebody gave in its place.
    """
    if not isinstance(notes, np.ndarray) or notes.dtype != NOTE or notes.ndim != 1:
        return f"it is {_described(notes)}"
    if len(notes) > MOST_NOTES:
        return f"it has {len(notes):,} notes, and {MOST_NOTES:,} are the most"
    for start, end in (("start", "end"), ("start_quarter", "end_quarter")):
        times = np.stack([notes[start], notes[end]])
        if not np.isfinite(times).all() or (times < 0).any() or (times > LONGEST).any() or (times[1] < times[0]).any():
            return f"a {start} or {end} is no time within an hour, or a note ends before it begins"
    for name in ("pitch", "velocity", "program"):
        if ((notes[name] < 0) | (notes[name] >= KEYS)).any():
            return f"a {name} is not from 0 to {KEYS - 1}"
    return ""


def _described(notes: object) -> str:
    return f"an array of {notes.dtype.name}, {notes.ndim}-dimensional" if isinstance(notes, np.ndarray) else "no array"


def tempo_of(notes: Table) -> float:
    """Return the tempo that the last note of an array of `NOTE` tells, in quarters a minute; 120 where none does."""
    last = int(notes["end"].argmax()) if len(notes) else -1
    seconds, quarters = (float(notes[name][last]) if last >= 0 else 0.0 for name in ("end", "end_quarter"))
    return 60.0 * quarters / seconds if seconds > 0 and quarters > 0 else DEFAULT_QPM
