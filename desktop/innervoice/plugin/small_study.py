"""A small study in memory: melodies that wander through a scale, and the tiny model's posterior of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from innervoice.music.clips import Clips
from innervoice.plugin.array_context import ArrayContext
from innervoice.plugin.tiny_model import TinyModel

SCALE = np.array([0, 2, 4, 5, 7, 9, 11])
LOWEST = 30
"""The token of the lowest key note."""


def melodies(count: int = 60, seed: int = 0) -> Clips:
    """Return melodies of two bars that differ in key, density and leaps; read-only, as an analysis gets them.

    Parameters
    ----------
    count : int
    seed : int
    """
    rng = np.random.default_rng(seed)
    tokens = np.array([_melody(rng) for _ in range(count)], np.int16).reshape(count, TinyModel().steps)
    zeros, qpm = np.zeros(count, np.int32), rng.choice([90, 120, 150], count).astype(np.float32)
    for array in (tokens, zeros, qpm):
        array.setflags(write=False)
    return Clips(tokens, tuple(f"tune {number // 4 + 1}.mid" for number in range(count)), zeros, zeros, qpm)


def small_study(clips: int | Clips = 60, seed: int = 0, cancel_after: int | None = None) -> ArrayContext:
    """Return the context of a run over a small study with the tiny model.

    Parameters
    ----------
    clips : int or Clips
        How many melodies, or these.
    seed : int
        Of the run; the melodies are always the same.
    cancel_after : int, optional
        Cancel at this call of `progress`, counted from 0.
    """
    music = melodies(clips) if isinstance(clips, int) else clips
    model = TinyModel()
    return ArrayContext(model.encode(music.tokens), seed, cancel_after, model, melodies=music)


def _melody(rng: np.random.Generator) -> NDArray[np.int16]:
    steps = TinyModel().steps
    grid = int(rng.choice([1, 2, 4]))
    places = np.flatnonzero((np.arange(steps) % grid == 0) & (rng.random(steps) < rng.uniform(0.4, 1)))
    places = np.union1d(places, [0])
    degrees = 7 + np.cumsum(rng.integers(-3, 4, len(places)))
    key = LOWEST + int(rng.integers(0, 12))
    tokens = np.zeros(steps, np.int16)
    tokens[places] = np.clip(key + 12 * (degrees // 7) + SCALE[degrees % 7], 2, 89)
    rests = places[rng.random(len(places)) < 0.1]
    tokens[rests[rests > 0]] = 1
    return tokens
