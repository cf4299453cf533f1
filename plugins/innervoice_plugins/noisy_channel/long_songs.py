"""How a song of thousands of frames is drawn: its course in means, its maps from the beginning, and what is said."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from innervoice_plugins.noisy_channel.song import Song

Floats = NDArray[np.float64]

MOST_POINTS = 300
"""Points of a line; more of a jagged one are a stain."""


def course(values: Floats) -> tuple[Floats, int]:
    """Take the means of so many successive frames that a line can be followed.

    Parameters
    ----------
    values : float64 [frames]
        NaN where there is none.

    Returns
    -------
    points : float64 [points, 2]
        Middle of each stretch, frames counted from 1, and its mean; NaN where the stretch has no value.
    width : int
        Frames of a stretch; the last may be shorter.
    """
    frames = len(values)
    width = max(1, -(-frames // MOST_POINTS))
    firsts = np.arange(0, frames, width)
    known = np.isfinite(values)
    there = np.add.reduceat(known.astype(np.float64), firsts) if frames else np.zeros(0)
    total = np.add.reduceat(np.where(known, values, 0.0), firsts) if frames else np.zeros(0)
    middle = (firsts + 1 + np.minimum(firsts + width, frames)) / 2.0
    with np.errstate(invalid="ignore"):
        return np.column_stack([middle, np.where(there > 0, total / np.maximum(there, 1.0), np.nan)]), width


def in_means(song: Song, width: int) -> str:
    """Say that lines were drawn as means of so many frames."""
    return f" Means of {width} {song.frame}s each: there are {len(song):,}." if width > 1 else ""


def first_of(song: Song, shown: int) -> str:
    """Say that only the first frames are shown."""
    return f" The first {shown:,} of {len(song):,} {song.frame}s." if shown < len(song) else ""
