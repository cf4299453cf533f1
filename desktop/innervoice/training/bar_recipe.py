"""How the autoencoder of bars is trained."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.models.bar_spec import BarVAESpec
from innervoice.models.errors import ModelError
from innervoice.music.bar_roll import transposed
from innervoice.music.bar_words import FRAME_STEPS
from innervoice.training.bar_corpus import Packed, read_bars, unpacked
from innervoice.training.bar_measures import BarReconstruction, bar_baselines
from innervoice.training.bar_objective import elbo_loss, initial_weights
from innervoice.training.bar_settings import BarSettings
from innervoice.training.corpus import Corpus, Progress
from innervoice.training.gradients import Loss
from innervoice.training.kinds import KINDS
from innervoice.training.recipe import Measure
from innervoice.training.split import Split


class BarRecipe:
    """The recipe of single bars of polyphonic music (seed 3), or of frames of another length.

    Parameters
    ----------
    kind : str
        "bar", "4steps", "8steps" or "32steps".
    """

    watched = "cell_f1"
    said: tuple[str, ...] = ("cell_f1", "note_f1", "music_neurons")

    def __init__(self, kind: str = "bar") -> None:
        self.kind = kind
        self.what = KINDS[kind].what
        self.steps = FRAME_STEPS[kind]

    def settings(self) -> BarSettings:
        """Those of the shipped model."""
        return BarSettings()

    def read(self, folders: Sequence[Path], progress: Progress) -> Corpus:
        """All bars of meters of two and four beats."""
        return read_bars(folders, progress, self.steps)

    def spec(self, settings: BarSettings) -> BarVAESpec:
        """Sizes as the settings say."""
        return BarVAESpec(self.steps, settings.hidden, settings.neurons)

    def continued(self, spec: Any, settings: BarSettings) -> BarVAESpec:
        """Sizes as in the loaded model."""
        if not isinstance(spec, BarVAESpec) or spec.steps != self.steps:
            raise ModelError(f"A training of {self._examples} cannot go on from a model of {spec.kind}, {spec.clip}.")
        return spec

    @property
    def _examples(self) -> str:
        return "bars" if self.kind == "bar" else f"frames of {self.steps} sixteenths"

    def initial_weights(self, spec: BarVAESpec, seed: int) -> dict[str, NDArray[np.float32]]:
        """Random, as published."""
        return initial_weights(spec, seed)

    def prepared(
        self, spec: BarVAESpec, settings: BarSettings, weights: dict[str, NDArray[np.float32]], examples: Packed
    ) -> dict[str, NDArray[np.float32]]:
        """As they are."""
        return weights

    def loss(self, spec: BarVAESpec) -> Loss:
        """The evidence lower bound."""
        return partial(elbo_loss, spec)

    def batch(self, spec: BarVAESpec, settings: BarSettings, examples: Packed, step: int) -> tuple[Any, ...]:
        """Bars in a random key, what the encoder sees of them, noise for the posterior, and the step's beta."""
        rng = np.random.default_rng([settings.seed, step])
        rolls = unpacked(examples[rng.integers(0, len(examples), settings.batch)])
        rolls = transposed(rolls, rng.integers(-settings.transpose, settings.transpose + 1, settings.batch))
        shown = rolls & (rng.random(rolls.shape, dtype=np.float32) >= settings.dropout) if settings.dropout else rolls
        epsilon = rng.standard_normal((settings.batch, spec.neurons), dtype=np.float32)
        beta = np.float32(settings.beta * min(1.0, step / max(1, settings.beta_steps)))
        return rolls, shown, epsilon, beta

    def measure(self, spec: BarVAESpec) -> Measure:
        """Decoding of mu, compared with the bars."""
        return BarReconstruction(spec)

    def baselines(self, corpus: Corpus, parts: Split) -> dict[str, dict[str, float]]:
        """The bar before, and the commonest cells."""
        return bar_baselines(corpus, parts)
