"""Where the events of a performance stand on a piano roll."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.performance.vocabulary import PERFORMANCE, Vocabulary

MIDDLE = 60.0
"""Where an event without any note near it stands."""


def event_pitches(events: NDArray[Any], vocabulary: Vocabulary = PERFORMANCE) -> NDArray[np.float64]:
    """MIDI pitch at which each event stands, float64 [n]: its key's, or that of the note after it, else before it."""
    ids = vocabulary.checked(events)
    notes = np.flatnonzero(ids < vocabulary.velocity)
    if not len(notes):
        return np.full(len(ids), MIDDLE)
    nearest = notes[np.minimum(notes.searchsorted(np.arange(len(ids))), len(notes) - 1)]
    return np.asarray(ids[nearest] % vocabulary.pitches + vocabulary.first_pitch, np.float64)
