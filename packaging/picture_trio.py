"""A plugin's model of melody, bass and drums, small enough to be read: the picture of the voices shows it.

Each of its six neurons turns one thing: how high the melody begins, how far it moves, the bass's pitch, how often it is
struck, and how many strokes the bass drum and the hi-hat have.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import NOTE, ModelHandle, ModelSource, hookimpl, notes_at_tempo

QPM, BEATS = 112.0, 8
MIDDLE, UNIT = np.array([69, 4, 45, 4, 4, 8]), np.array([4, 2, 3, 2, 2, 4])
LOWEST, HIGHEST = np.array([48, 0, 28, 1, 0, 0]), np.array([88, 12, 60, 8, 16, 16])
STEPS_OF_THE_MELODY = np.array([0, 2, 4, 3, 1, 2, 5, 4, 0, 2, 4, 6, 5, 3, 1, 0]) / 4
BASS, KICK, SNARE, HAT = 33, 36, 38, 42


class Trio:
    """Decodes six numbers into what `notes` plays."""

    name, sha256, kind, neurons, steps = "little-trio", "little-trio", "trio", 6, 4 * BEATS
    can_encode, can_decode = False, True

    def decode(self, z: NDArray[np.float32], temperature: float = 0.0, seed: int = 0) -> NDArray[np.int16]:
        """Return one number for each neuron, int16 [clips, 6]."""
        clips: NDArray[np.int16] = np.clip(np.rint(z * UNIT + MIDDLE), LOWEST, HIGHEST).astype(np.int16)
        return clips

    def encode(self, tokens: NDArray[np.int16]) -> Any:
        """Refuse: it only decodes."""
        raise ValueError("little-trio cannot encode.")

    def logits(self, z: NDArray[np.float32], tokens: NDArray[np.int16]) -> NDArray[np.float32]:
        """Refuse: it has none."""
        raise ValueError("little-trio has no logits.")

    def notes(self, clip: NDArray[np.int16]) -> NDArray[Any]:
        """Return the three voices of a clip."""
        start, reach, bass, plucks, kicks, hats = (int(value) for value in clip)
        beats = np.arange(2 * BEATS) / 2
        melody = notes_at_tempo(beats, beats + 0.45, start + np.rint(reach * STEPS_OF_THE_MELODY), QPM)
        low = _even(plucks)
        roots = bass + np.where(low < BEATS / 2, 0, 5)
        voices = [melody, notes_at_tempo(low, low + 0.9 * BEATS / plucks, roots, QPM)]
        for key, times in ((KICK, _even(kicks)), (SNARE, np.arange(1, BEATS, 2.0)), (HAT, _even(hats))):
            voices.append(notes_at_tempo(times, times + 0.12, np.full(len(times), key), QPM))
        for number, voice in enumerate(voices):
            voice["instrument"], voice["drum"] = min(number, 2), number > 1
            voice["program"] = BASS if number == 1 else 0
        return np.concatenate(voices).astype(NOTE)


class TrioSource(ModelSource):
    """Tells of it."""

    id, kind, neurons, steps, width = "little-trio", "trio", 6, 4 * BEATS, 6
    summary, music = "Melody, bass and drums.", "trios of melody, bass and drums"
    draws, can_encode, reason = False, False, "It has no encoder."
    voices = ("melody", "bass", "drums")

    def open(self) -> ModelHandle:
        """Return it: there is nothing to load."""
        return Trio()


@hookimpl
def innervoice_models() -> list[ModelSource]:
    """Bring it."""
    return [TrioSource()]


def _even(count: int) -> NDArray[np.float64]:
    """Return so many times in quarters, evenly spread, on sixteenths."""
    return np.rint(np.arange(count) * BEATS / max(count, 1) * 4) / 4
