"""How a MusicVAE of 2-bar or 16-bar melodies is trained."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.models.errors import ModelError
from innervoice.models.musicvae import posterior
from innervoice.models.specs import MusicVAESpec
from innervoice.music.melody import MelodyRules
from innervoice.music.tokens import CLASSES, STEPS
from innervoice.training.corpus import Corpus, Progress
from innervoice.training.gradients import Loss
from innervoice.training.melody_corpus import read_melodies, transpose
from innervoice.training.melody_drawing import CANDIDATES, drawn, mixed
from innervoice.training.melody_measures import Reconstruction, melody_baselines
from innervoice.training.melody_objective import elbo_loss, initial_weights
from innervoice.training.melody_settings import MelodySettings
from innervoice.training.principal_axes import turned
from innervoice.training.recipe import Measure
from innervoice.training.split import Split

MOST_TURNED_BY = 4096
"""Clips whose mu tells the principal axes."""
BLOCK = 64


class MelodyRecipe:
    """The recipe of one clip length.

    Parameters
    ----------
    kind : "2bar" or "16bar"
    defaults : MelodySettings
    """

    watched = "note_f1"
    said: tuple[str, ...] = ("clips_right", "note_f1", "music_neurons")

    def __init__(self, kind: str, what: str, defaults: MelodySettings) -> None:
        self.kind = kind
        self.what = what
        self._defaults = defaults

    def settings(self) -> MelodySettings:
        """Those of the shipped model."""
        return self._defaults

    def read(self, folders: Sequence[Path], progress: Progress) -> Corpus:
        """All melodies of the length, one by one as Magenta's converter cuts them."""
        return read_melodies(folders, MelodyRules(clip=self.kind, per_file=None), progress)

    def spec(self, settings: MelodySettings) -> MusicVAESpec:
        """Sizes as the settings say, of a network that begins at random."""
        if settings.keep:
            raise ModelError("keep is for a model that is trained further; name it with --from, or leave out keep.")
        return settings.spec(STEPS[self.kind], CLASSES)

    def continued(self, spec: MusicVAESpec, settings: MelodySettings) -> MusicVAESpec:
        """Sizes as in the loaded model; one that can only decode is given an encoder as the settings say."""
        if spec.kind != "musicvae" or (spec.steps, spec.classes) != (STEPS[self.kind], CLASSES):
            raise ModelError(f"A {self.kind} training cannot go on from a model of {spec.kind}, {spec.clip}.")
        return spec if spec.encoder else replace(spec, encoder=(settings.encoder,))

    def initial_weights(self, spec: MusicVAESpec, seed: int) -> dict[str, NDArray[np.float32]]:
        """Random, silent neurons."""
        return initial_weights(spec, seed)

    def prepared(
        self,
        spec: MusicVAESpec,
        settings: MelodySettings,
        weights: dict[str, NDArray[np.float32]],
        examples: NDArray[np.int16],
    ) -> dict[str, NDArray[np.float32]]:
        """With ``keep``, neurons turned to the principal axes of mu over an even choice of the examples."""
        if not settings.keep:
            return weights
        chosen = examples[np.linspace(0, len(examples) - 1, min(len(examples), MOST_TURNED_BY)).astype(np.int64)]
        if len(chosen) <= spec.neurons:
            raise ModelError(f"{len(chosen)} clips are too few to turn {spec.neurons} neurons; leave out keep.")
        parts = [posterior(spec, weights, chosen[at : at + BLOCK])[0] for at in range(0, len(chosen), BLOCK)]
        return turned(spec, weights, np.concatenate([np.asarray(part) for part in parts]), settings.keep)

    def loss(self, spec: MusicVAESpec) -> Loss:
        """The evidence lower bound."""
        return partial(elbo_loss, spec)

    def batch(
        self, spec: MusicVAESpec, settings: MelodySettings, examples: NDArray[np.int16], step: int
    ) -> tuple[Any, ...]:
        """Clips in a random key, noise for the posterior, what the decoder may see, the step's weights."""
        rng = np.random.default_rng([settings.seed, step])
        tokens = drawn(rng, examples, settings.batch, settings.busy)
        if settings.mix:
            others = drawn(rng, examples, settings.batch * CANDIDATES, settings.busy)
            tokens = mixed(rng, tokens, others.reshape(settings.batch, CANDIDATES, -1), settings.mix)
        semitones = rng.integers(-settings.transpose, settings.transpose + 1, settings.batch).astype(np.int16)
        tokens = transpose(tokens, semitones).astype(np.int32)
        epsilon = rng.standard_normal((settings.batch, spec.neurons), dtype=np.float32)
        keep = rng.random((settings.batch, spec.steps)) >= settings.dropout
        used = np.arange(spec.neurons) < (settings.keep or spec.neurons)
        grown = min(1.0, step / max(1, settings.beta_steps))
        left = max(0.0, 1.0 - step / settings.shortcut_steps) if settings.shortcut_steps else 0.0
        shortcut = rng.random((settings.batch, spec.segments)) < left
        free = settings.free_bits * math.log(2.0)
        weighing = [settings.beta * grown, free, settings.price * grown, settings.follow * left]
        return tokens, epsilon, keep, used, shortcut, np.array(weighing, dtype=np.float32)

    def measure(self, spec: MusicVAESpec) -> Measure:
        """Greedy decoding of mu, compared with the clips."""
        return Reconstruction(spec)

    def baselines(self, corpus: Corpus, parts: Split) -> dict[str, dict[str, float]]:
        """Holds only, and the like."""
        return melody_baselines(corpus.examples[parts.training], corpus.examples[parts.unseen])
