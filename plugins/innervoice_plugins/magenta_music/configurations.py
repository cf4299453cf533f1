"""What the configurations are: sizes as published, and how a step of their tensors is written in whole numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

UNIT = 1000
"""A number from -1 to 1 is kept in thousandths."""


@dataclass(frozen=True)
class Configuration:
    """One of Magenta's configurations.

    Attributes
    ----------
    name : str
        Magenta's.
    music : str
        What a clip is.
    clip : str
        Its length in words.
    steps : int
        Sixteenths.
    neurons : int
    parts : tuple of int
        Sizes of the choices that a step makes one after the other: 512 sets of drums, 90 melody tokens.
    numbers : int
        How many real numbers a step has instead (hits, velocities and offsets of GrooVAE).
    drum_roll : bool
        Whether the encoder reads a drum set as one cell for each drum, and one for none.
    hits_only : bool
        Whether the encoder reads the hits alone, since the decoder's work is to play them.
    """

    name: str
    music: str
    clip: str
    steps: int
    neurons: int
    parts: tuple[int, ...] = ()
    numbers: int = 0
    drum_roll: bool = False
    hits_only: bool = False

    @property
    def voices(self) -> tuple[str, ...]:
        """What the voices are called; the drums are the last."""
        return ("melody", "bass", "drums")[-max(1, len(self.parts)) :]

    @property
    def columns(self) -> int:
        """Whole numbers for each step."""
        return len(self.parts) or self.numbers

    @property
    def width(self) -> int:
        """Whole numbers for a clip."""
        return self.steps * self.columns

    def words(self, tensors: NDArray[np.float32]) -> NDArray[np.int16]:
        """Write tensors, float [n, steps, depth], in whole numbers, int16 [n, width]."""
        if self.numbers:
            return np.rint(np.clip(tensors, -1, 1) * UNIT).astype(np.int16).reshape(len(tensors), self.width)
        ends = np.cumsum(self.parts)
        chosen = [tensors[..., end - size : end].argmax(-1) for size, end in zip(self.parts, ends, strict=True)]
        return np.stack(chosen, axis=-1).astype(np.int16).reshape(len(tensors), self.width)

    def tensors(self, words: NDArray[np.int16]) -> NDArray[np.float32]:
        """Return the tensors that `words` wrote."""
        lines = words.reshape(len(words), self.steps, self.columns)
        if self.numbers:
            return (lines / UNIT).astype(np.float32)
        one_hot = [np.eye(size, dtype=np.float32)[lines[..., place]] for place, size in enumerate(self.parts)]
        return np.concatenate(one_hot, axis=-1)

    def inputs(self, words: NDArray[np.int16]) -> NDArray[np.float32]:
        """Return what the encoder reads of clips, float32 [n, steps, depth]."""
        if self.drum_roll:
            drums = self.parts[0].bit_length() - 1
            hit = (words[..., None] >> np.arange(drums)) & 1
            return np.concatenate([hit, hit.sum(-1, keepdims=True) == 0], axis=-1).astype(np.float32)
        tensors = self.tensors(words)
        if self.hits_only:
            tensors[..., self.numbers // 3 :] = 0
        return tensors


DRUMS, TRIO = (512,), (90, 90, 512)
CONFIGURATIONS = {
    one.name: one
    for one in (
        Configuration("cat-drums_2bar_small", "drum patterns", "2bar", 32, 256, DRUMS, drum_roll=True),
        Configuration("cat-drums_2bar_big", "drum patterns", "2bar", 32, 512, DRUMS, drum_roll=True),
        Configuration("flat-trio_16bar", "trios of melody, bass and drums", "16bar", 256, 512, TRIO),
        Configuration("hierdec-trio_16bar", "trios of melody, bass and drums", "16bar", 256, 512, TRIO),
        Configuration("hier-trio_16bar", "trios of melody, bass and drums", "16bar", 256, 512, TRIO),
        Configuration("groovae_4bar", "drum grooves", "4bar", 64, 256, (), 27),
        Configuration("groovae_2bar_humanize", "drum grooves", "2bar", 32, 256, (), 27, hits_only=True),
    )
}
"""Those whose input and output are written alike, so that a clip goes there and back."""
