"""Latents made heard: decoded frames, their notes and harmony, and how much of the query they keep."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import ModelHandle
from innervoice.plugin.bars import (
    NoteAgreement,
    chords,
    chroma,
    compare_notes,
    is_bar,
    note_places,
    onsets,
    rolls_to_words,
    words_to_rolls,
)
from innervoice.plugin.dynamics import cell_cross_entropy, token_cross_entropy
from innervoice_plugins.noisy_channel.song import BAR

Floats = NDArray[np.float64]
KEYS = 128


@dataclass(frozen=True, eq=False)
class Heard:
    """Frames as they sound.

    Attributes
    ----------
    tokens : int16 [frames, steps or 156]
    begun : bool [frames, steps, pitches]
        Where notes begin.
    by_bar : float64 [frames, bars, 12]
        Sixteenths that each pitch class sounds in each bar of a frame; a frame shorter than a bar counts as one.
    """

    tokens: NDArray[np.int16]
    begun: NDArray[np.bool_]
    by_bar: Floats

    @property
    def chroma(self) -> Floats:
        """Sixteenths that each pitch class sounds, float64 [frames, 12]."""
        return np.asarray(self.by_bar.sum(axis=1))

    def harmonies(self) -> list[tuple[str, ...]]:
        """Name the triad nearest to each bar of each frame."""
        return [chords(bars) for bars in self.by_bar]

    def __len__(self) -> int:
        return len(self.tokens)

    def kept_of(self, truth: Heard) -> NoteAgreement:
        """How much of another's notes and harmony is here, frame by frame."""
        return compare_notes((self.begun, self.chroma), (truth.begun, truth.chroma))


def hear(tokens: NDArray[np.int16]) -> Heard:
    """Hear frames: packed bars, or melodies."""
    if is_bar(tokens):
        rolls = words_to_rolls(tokens)
        parts = rolls.reshape(-1, min(BAR, rolls.shape[1]), rolls.shape[2])
        return Heard(tokens, onsets(rolls), chroma(parts).reshape(len(rolls), max(1, rolls.shape[1] // BAR), 12))
    begun = np.zeros((*tokens.shape, KEYS), np.bool_)
    sounding = np.zeros((*tokens.shape, 12))
    for frame, melody in enumerate(tokens):
        on, off, pitch = note_places(melody)
        begun[frame, on, pitch] = True
        for first, end, tone in zip(on, off, pitch % 12, strict=True):
            sounding[frame, first:end, tone] = 1.0
    return Heard(tokens, begun, sounding.reshape(len(tokens), -1, min(BAR, tokens.shape[1]), 12).sum(axis=2))


@dataclass(frozen=True, eq=False)
class Decoder:
    """Decodes without chance: of bars the cells that are likelier than the threshold, of melodies the likeliest tokens.

    Attributes
    ----------
    model : ModelHandle
    threshold : float
    bars : bool
    width : int
        Numbers in a clip.
    """

    model: ModelHandle
    threshold: float
    bars: bool
    width: int

    def __call__(self, z: Floats) -> NDArray[np.int16]:
        """Decode float [n, neurons] into int16 [n, steps or 156]."""
        latents = np.ascontiguousarray(z, np.float32)
        if not self.bars:
            return self.model.decode(latents)
        return rolls_to_words(self._logits(latents) > np.log(self.threshold) - np.log1p(-self.threshold))

    def cost(self, z: Floats, tokens: NDArray[np.int16]) -> Floats:
        """Cross-entropy of each clip given a latent, in nats, float64 [n]."""
        latents = np.ascontiguousarray(z, np.float32)
        if self.bars:
            return cell_cross_entropy(self._logits(latents), words_to_rolls(tokens))
        return token_cross_entropy(self.model.logits(latents, tokens), tokens)

    def _logits(self, z: NDArray[np.float32]) -> NDArray[np.float32]:
        return self.model.logits(z, np.zeros((len(z), self.width), np.int16))
