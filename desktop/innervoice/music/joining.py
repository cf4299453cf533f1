"""Clips one after the other as one melody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.tokens import HOLD, NOTE_OFF


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
