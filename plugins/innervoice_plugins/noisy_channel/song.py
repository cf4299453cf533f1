"""The query: the frames of one song in their order, with their posterior."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Clips, Context, Posterior
from innervoice.plugin.bars import clip_steps, is_bar, joined_notes

BAR = 16
"""Sixteenths of a bar."""
MOST_FRAMES = 4096
"""Frames of a song that are heard; the distances of every two of more would not fit the memory."""


@dataclass(frozen=True, eq=False)
class Song:
    """Frames of one song: bars, or clips of a melody that do not overlap.

    Attributes
    ----------
    name : str
    tokens : int16 [frames, steps or 156]
    posterior : Posterior
    ids : int64 [frames]
        Clips of the study.
    qpm : float
        Tempo at which the song is heard.
    left_out : int
        Frames beyond the most that are heard.
    """

    name: str
    tokens: NDArray[np.int16]
    posterior: Posterior
    ids: NDArray[np.int64]
    qpm: float
    left_out: int = 0

    def __len__(self) -> int:
        return len(self.tokens)

    @property
    def frame(self) -> str:
        """What a frame is called."""
        if not is_bar(self.tokens):
            return "clip"
        return "bar" if clip_steps(self.tokens) == BAR else "frame"

    @property
    def bars(self) -> int:
        """Bars of a frame; of one that is shorter than a bar, 1."""
        return max(1, clip_steps(self.tokens) // BAR)

    @property
    def seconds(self) -> float:
        """How long a frame lasts."""
        return clip_steps(self.tokens) / 4.0 * 60.0 / self.qpm

    def notes(self, tokens: NDArray[np.int16]) -> Any:
        """Notes of frames one after the other, NOTE [n]."""
        return joined_notes(list(tokens), self.qpm)


def songs_of(context: Context) -> list[NDArray[np.int64]]:
    """Rows of the context's clips song by song: of a melody those of the track with most clips, none overlapping."""
    clips = context.clips
    return [_line(clips, np.array(list(rows))) for _, rows in groupby(range(len(clips)), clips.source.__getitem__)]


def take_song(context: Context, posterior: Posterior, rows: NDArray[np.int64]) -> Song:
    """Return the song of these rows.

    Raises
    ------
    ValueError
        When it is silent all through.
    """
    clips, heard = context.clips, rows[:MOST_FRAMES]
    name = clips.source[int(rows[0])]
    if not clips.tokens[heard].any():
        raise ValueError(f"{name} has no note in its {len(heard)} frames; choose another song.")
    return Song(
        name,
        clips.tokens[heard],
        posterior[heard],
        context.clip_ids[heard],
        float(np.median(clips.qpm[heard])),
        len(rows) - len(heard),
    )


def choose_rows(songs: list[NDArray[np.int64]], song: int) -> NDArray[np.int64]:
    """Return the rows of the song of this number.

    Raises
    ------
    ValueError
        When there are not so many songs.
    """
    if song >= len(songs):
        raise ValueError(f"song {song} is not there; the songs are counted from 0 to {len(songs) - 1}.")
    return songs[song]


def _line(clips: Clips, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """One after the other, the longest line of one track; of equals the first track's."""
    lines = [_apart(clips, rows[clips.track[rows] == track]) for track in np.unique(clips.track[rows])]
    return max(lines, key=len)


def _apart(clips: Clips, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    ordered = rows[np.argsort(clips.first_step[rows], kind="stable")]
    kept, free = [], -1
    for row in ordered.tolist():
        if clips.first_step[row] >= free:
            kept.append(row)
            free = int(clips.first_step[row]) + clips.steps
    return np.array(kept, np.int64)
