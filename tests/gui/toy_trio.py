"""A plugin's model of melody, bass and drums that can be computed by hand; and one that never answers.

Neuron 0 is the melody's pitch, neuron 1 the bass's, neuron 2 the number of strokes on the bass drum; the snare is
struck on every other beat. A file of n bytes holds two clips whose melodies are n and n + 1 semitones above a low C.
"""

import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.host.loading import Brought
from innervoice.plugin import NOTE, ModelHandle, ModelSource, Posterior, notes_at_tempo

MIDDLE, UNIT = np.array([60.0, 40.0, 8.0]), np.array([12.0, 6.0, 4.0])
KICK, SNARE, BASS = 36, 38, 33
STEPS, QPM = 32, 100.0


class ToyTrio:
    """See the module's docstring; a clip is pitch, pitch and strokes."""

    name, sha256, kind, neurons, steps = "toy-trio", "sha-of-toy-trio", "trio", 4, STEPS
    can_encode = can_decode = True

    def encode(self, tokens: NDArray[np.int16]) -> Posterior:
        mu = np.zeros((len(tokens), 4), np.float32)
        mu[:, :3] = (tokens - MIDDLE) / UNIT
        return Posterior(mu, np.full_like(mu, 0.2))

    def decode(self, z: NDArray[np.float32], temperature: float = 0.0, seed: int = 0) -> NDArray[np.int16]:
        if temperature > 0:
            raise ValueError("It knows one way only; set the temperature to 0.")
        words: NDArray[np.int16] = np.clip(np.rint(z[:, :3] * UNIT + MIDDLE), 0, [100, 60, 16]).astype(np.int16)
        return words

    def logits(self, z: NDArray[np.float32], tokens: NDArray[np.int16]) -> NDArray[np.float32]:
        raise ValueError("It has none.")

    def notes(self, clip: NDArray[np.int16]) -> NDArray[Any]:
        beats, strokes = np.arange(8), np.arange(int(clip[2])) / 2
        voices = (
            notes_at_tempo(beats, beats + 0.9, np.full(8, clip[0]), QPM),
            notes_at_tempo(beats[::4], beats[::4] + 3.5, np.full(2, clip[1]), QPM),
            notes_at_tempo(strokes, strokes + 0.1, np.full(len(strokes), KICK), QPM),
            notes_at_tempo(beats[1::2], beats[1::2] + 0.1, np.full(4, SNARE), QPM),
        )
        for voice, notes in enumerate(voices):
            notes["instrument"], notes["drum"] = min(voice, 2), voice > 1
            notes["program"] = BASS if voice == 1 else 0
        return np.concatenate(voices)

    def clips(self, path: Path) -> NDArray[np.int16]:
        size = len(path.read_bytes())
        if not size:
            raise ValueError(f"{path.name} holds no trio; give another file.")
        return np.array([[24 + size, 36, 4], [25 + size, 38, 16]], np.int16)


class ToyTrioSource(ModelSource):
    id, kind, neurons, steps, width = "toy-trio", "trio", 4, STEPS, 3
    summary, music, draws = "Melody, bass and drums.", "trios of melody, bass and drums", False
    voices, suffixes = ("melody", "bass", "drums"), (".mid",)

    def open(self) -> ModelHandle:
        return ToyTrio()


class Hanging(ToyTrio):
    sha256 = "sha-of-toy-hanging"

    def decode(self, z: Any, temperature: float = 0.0, seed: int = 0) -> Any:
        while True:
            time.sleep(0.05)


class HangingSource(ToyTrioSource):
    id = "toy-hanging"

    def open(self) -> ModelHandle:
        return Hanging()


class Wrong(ToyTrio):
    """Its notes end before they begin."""

    sha256 = "sha-of-toy-wrong"

    def notes(self, clip: Any) -> Any:
        notes = np.zeros(3, NOTE)
        notes["start"] = 1.0
        return notes


class WrongSource(ToyTrioSource):
    id = "toy-wrong"

    def open(self) -> ModelHandle:
        return Wrong()


TRIOS = {
    source.id: Brought(source, "toys", "1") for source in (ToyTrioSource(), HangingSource(), WrongSource())
}  # fmt: skip
