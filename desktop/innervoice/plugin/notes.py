"""Notes for authors of importers."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from innervoice.music.score import NOTE


def notes_at_tempo(starts: ArrayLike, ends: ArrayLike, pitches: ArrayLike, qpm: float = 120.0) -> NDArray[Any]:
    """Return notes of one instrument at one tempo.

    Parameters
    ----------
    starts, ends : array_like float [notes]
        In quarter notes from the beginning.
    pitches : array_like int [notes]
        MIDI pitches.
    qpm : float
        Quarter notes per minute.

    Returns
    -------
    ndarray of `NOTE` [notes]
    """
    notes = np.zeros(np.size(pitches), NOTE)
    notes["start_quarter"], notes["end_quarter"], notes["pitch"] = starts, ends, pitches
    notes["start"], notes["end"] = (notes[name] * 60 / qpm for name in ("start_quarter", "end_quarter"))
    notes["velocity"] = 80
    return notes
