"""What differs between the kinds of model: how music becomes examples, what a step is made of, what a success is.

The loop, the split by song, checkpoints, early stopping and the card are the same for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from innervoice.models.kinds import Spec
from innervoice.training.adam import Tensor
from innervoice.training.corpus import Corpus, Progress
from innervoice.training.gradients import Loss
from innervoice.training.settings import Settings
from innervoice.training.split import Split

Figures = dict[str, float]
Measure = Callable[[Mapping[str, Any], NDArray[Any]], Figures]
"""Takes weights and examples, gives figures by name."""


class Recipe(Protocol):
    """One kind of model that ``innervoice train`` can make.

    Attributes
    ----------
    kind : str
        Its word on the command line.
    what : str
        One sentence for the card.
    watched : str
        The figure of :meth:`measure` that early stopping watches; higher is better.
    said : tuple of str
        Figures of :meth:`measure` that the progress line tells.
    """

    kind: str
    what: str
    watched: str
    said: tuple[str, ...]

    def settings(self) -> Settings:
        """Settings to begin with: those of the shipped model."""

    def read(self, folders: Sequence[Path], progress: Progress) -> Corpus:
        """Read every file below the folders; MusicError where there is no example."""

    def spec(self, settings: Any) -> Spec:
        """Sizes of a fresh network."""

    def continued(self, spec: Any, settings: Any) -> Spec:
        """Sizes of a network that goes on from a loaded one; ModelError where that is of another kind or length."""

    def initial_weights(self, spec: Any, seed: int) -> dict[str, NDArray[np.float32]]:
        """Weights before the first step, by tensor name."""

    def prepared(
        self, spec: Any, settings: Any, weights: dict[str, NDArray[np.float32]], examples: NDArray[Any]
    ) -> dict[str, NDArray[np.float32]]:
        """Weights of a loaded model, made ready for a training on these examples; mostly as they are."""

    def loss(self, spec: Any) -> Loss:
        """``loss(weights, *batch) -> (scalar, measures)``, pure, in Keras operations."""

    def batch(self, spec: Any, settings: Any, examples: NDArray[Any], step: int) -> tuple[Tensor, ...]:
        """Arrays of one step, a function of the seed and the step alone: a resumed training sees the same ones."""

    def measure(self, spec: Any) -> Measure:
        """How well a model does on examples it never saw; compiled once, used often."""

    def baselines(self, corpus: Corpus, parts: Split) -> dict[str, Figures]:
        """The same figures for trivial answers, so that a reader knows what those of the model are worth."""
