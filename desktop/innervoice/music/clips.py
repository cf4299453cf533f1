"""Clips: pieces of music that one latent vector describes each, as tokens: melodies, or packed bars."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.bar_words import clip_steps


@dataclass(frozen=True)
class Clips:
    """Melodies of one length, or bars, with the places they come from.

    Attributes
    ----------
    tokens : ndarray int16 [n, steps]
        Or [n, 156], packed bars (see `innervoice.music.bar_words`).
    source : tuple of str
        File name of each clip.
    track : ndarray int32 [n]
        Instrument of the score.
    first_step : ndarray int32 [n]
        Place in the score, in sixteenths from its beginning.
    qpm : ndarray float32 [n]
        Tempo there, in quarter notes per minute.
    """

    tokens: NDArray[np.int16]
    source: tuple[str, ...]
    track: NDArray[np.int32]
    first_step: NDArray[np.int32]
    qpm: NDArray[np.float32]

    def __post_init__(self) -> None:
        count = len(self.tokens)
        if self.tokens.ndim != 2 or any(len(column) != count for column in self._columns()):
            raise ValueError("Clips need tokens [n, steps] and one source, track, first_step and qpm for each.")

    def _columns(self) -> tuple[Any, ...]:
        return (self.source, self.track, self.first_step, self.qpm)

    def __len__(self) -> int:
        return len(self.tokens)

    @property
    def steps(self) -> int:
        """Length of each clip in sixteenths."""
        return clip_steps(self.tokens)

    def __getitem__(self, key: slice | NDArray[Any] | Iterable[int] | int) -> Clips:
        """Clips chosen by a slice, an index array, a mask or one number; always a `Clips`."""
        index = np.atleast_1d(np.arange(len(self))[key if isinstance(key, slice) else np.asarray(key)])
        source = tuple(self.source[i] for i in index.tolist())
        return Clips(self.tokens[index], source, self.track[index], self.first_step[index], self.qpm[index])


def no_clips(steps: int) -> Clips:
    """Clips of a given length with nothing in them."""
    return Clips(
        np.zeros((0, steps), np.int16), (), np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32)
    )


def concatenate(parts: Iterable[Clips]) -> Clips:
    """All clips in order.

    Raises
    ------
    ValueError
        If there is no part or the parts differ in length.
    """
    clips = list(parts)
    if len({part.steps for part in clips}) != 1:
        raise ValueError("Clips of one length can be joined, and at least one part is needed.")
    return Clips(
        np.concatenate([part.tokens for part in clips]),
        tuple(name for part in clips for name in part.source),
        np.concatenate([part.track for part in clips]),
        np.concatenate([part.first_step for part in clips]),
        np.concatenate([part.qpm for part in clips]),
    )
