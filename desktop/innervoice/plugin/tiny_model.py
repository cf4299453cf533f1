"""A model of a few lines, whose neurons anyone can compute by hand: for tests of plugins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.music.tokens import CLASSES
from innervoice.statistics.posterior import Posterior

BEATS, MIDDLE, UNIT = 8, 40.0, 8.0
FIRST_NOTE = 2


@dataclass(frozen=True)
class TinyModel:
    """A model of two bars whose first eight neurons are the pitches of the eight beats.

    Neuron k (0 to 7) is the token that sounds on beat k, from 40 in units of 8; neuron 8 is the number of notes, from
    16 in units of 8; the others know nothing of the clip: mu 0, sigma 1. `decode` gives a quarter note on every beat.
    """

    neurons: int = 16
    steps: int = 4 * BEATS
    name: str = "tiny"
    sha256: str = "7" * 64
    kind: str = "musicvae"
    can_encode: bool = True
    can_decode: bool = True

    def encode(self, tokens: NDArray[np.int16]) -> Posterior:
        """Encode int16 [n, 32]."""
        on = tokens >= FIRST_NOTE
        last = np.maximum.accumulate(np.where(on, np.arange(self.steps), 0), axis=1)[:, ::4]
        sounding = np.take_along_axis(tokens, last, axis=1)
        mu = np.zeros((len(tokens), self.neurons), np.float32)
        mu[:, :BEATS] = np.where(sounding >= FIRST_NOTE, (sounding - MIDDLE) / UNIT, 0)
        mu[:, BEATS] = (on.sum(axis=1) - 16) / 8
        known = np.linspace(0.05, 0.4, BEATS + 1)
        sigma = np.concatenate([known, np.ones(self.neurons - len(known))]).astype(np.float32)
        return Posterior(mu, np.repeat(sigma[None], len(tokens), axis=0))

    def decode(
        self, z: NDArray[np.float32], temperature: float = 0.0, seed: int = 0, first: int = 0
    ) -> NDArray[np.int16]:
        """Decode float32 [n, neurons] into a quarter note on every beat."""
        draws = [np.random.default_rng([seed, first + row]).normal(size=BEATS) for row in range(len(z))]
        noise = np.array(draws).reshape(len(z), BEATS) * temperature
        tokens = np.zeros((len(z), self.steps), np.int16)
        tokens[:, ::4] = np.clip(np.rint(MIDDLE + UNIT * z[:, :BEATS] + noise), FIRST_NOTE, CLASSES - 1)
        return tokens

    def logits(self, z: NDArray[np.float32], tokens: NDArray[np.int16]) -> NDArray[np.float32]:
        """Return float32 [n, 32, 90]: sure of what `decode` would give."""
        return np.where(np.arange(CLASSES) == self.decode(z)[..., None], 10, 0).astype(np.float32)
