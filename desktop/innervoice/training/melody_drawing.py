"""Which clips a step of a melody training learns from: busy ones oftener, some that go on as others do."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.tokens import FIRST_PITCH, HOLD, STEPS_PER_QUARTER

Tokens = NDArray[np.int16]

CANDIDATES = 8
"""Clips that are looked at for one that is taken."""


def drawn(rng: np.random.Generator, examples: Tokens, clips: int, busy: float) -> Tokens:
    """Draw clips [clips, steps] from examples [n, steps], by a power of how busy each is; all alike with 0."""
    if not busy:
        return examples[rng.integers(0, len(examples), clips)]
    # Weights of a few candidates instead of all: the corpus need not be gone through at every step.
    found = examples[rng.integers(0, len(examples), CANDIDATES * clips)]
    weight = busyness(found) ** busy
    return found[rng.choice(len(found), clips, replace=False, p=weight / weight.sum())]


def busyness(clips: Tokens) -> NDArray[np.float64]:
    """How much happens in clips [n, steps]: notes times (1 + events that are not on an eighth), at least 1 each."""
    notes = (clips >= FIRST_PITCH).sum(axis=1)
    between = (clips[:, 1::2] != HOLD).sum(axis=1)
    return np.asarray(np.maximum(notes, 1.0) * (1.0 + between))


def mixed(rng: np.random.Generator, first: Tokens, others: Tokens, share: float) -> Tokens:
    """Let a share of clips go on from some beat as another does; a note held there is the first's own.

    Parameters
    ----------
    first : int16 [n, steps]
    others : int16 [n, candidates, steps]
        The one is taken whose last pitch before the beat is nearest to the first's: melodies seldom leap.
    share : float
    """
    every = np.arange(len(first))
    beat = STEPS_PER_QUARTER * rng.integers(1, first.shape[1] // STEPS_PER_QUARTER, len(first))
    apart = np.abs(_last_pitch(others)[every, :, beat - 1] - _last_pitch(first)[every, None, beat - 1])
    other = others[every, apart.argmin(axis=1)]
    beat = np.where(rng.random(len(first)) < share, beat, first.shape[1])
    return np.where(np.arange(first.shape[1]) < beat[:, None], first, other)


def _last_pitch(clips: Tokens) -> NDArray[Any]:
    """Token of the last note that began [..., steps], ended or not; 0 before the first."""
    steps = np.arange(clips.shape[-1])
    begun = np.maximum.accumulate(np.where(clips >= FIRST_PITCH, steps, -1), axis=-1)
    pitch = np.take_along_axis(clips, np.maximum(begun, 0), axis=-1)
    return np.where(begun < 0, 0, pitch)
