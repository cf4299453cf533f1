"""How the performance transformer and its LSTM baseline are trained."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from innervoice.models.errors import ModelError
from innervoice.models.performance.specs import PerformanceSpec
from innervoice.music.performance.changes import stretched, transposed
from innervoice.music.performance.vocabulary import PERFORMANCE
from innervoice.training.corpus import Corpus, Progress
from innervoice.training.gradients import Loss
from innervoice.training.performance_corpus import Rows, read_performances
from innervoice.training.performance_measures import NextEvent, performance_baselines
from innervoice.training.performance_objective import Weights
from innervoice.training.performance_settings import PerformanceSettings
from innervoice.training.recipe import Measure
from innervoice.training.split import Split


@dataclass
class PerformanceRecipe:
    """The recipe of one of the two networks; all that they do not share is given to it.

    Attributes
    ----------
    kind, what : str
    defaults : PerformanceSettings
        Its ``spec()`` tells the network.
    objective : callable
        ``objective(spec, weights, events, seed)``, see :mod:`~innervoice.training.performance_objective`.
    first_weights : callable
        ``first_weights(spec, seed)``.
    """

    kind: str
    what: str
    defaults: Any
    objective: Callable[..., Any]
    first_weights: Callable[[Any, int], Weights]

    watched: str = "log_likelihood"
    said: tuple[str, ...] = ("next_event_accuracy", "perplexity")

    def settings(self) -> PerformanceSettings:
        """Those of the shipped model."""
        chosen: PerformanceSettings = self.defaults
        return chosen

    def read(self, folders: Sequence[Path], progress: Progress) -> Corpus:
        """All performances, as rows of events with pedal."""
        return read_performances(folders, progress)

    def spec(self, settings: Any) -> PerformanceSpec:
        """Sizes as the settings say."""
        fresh: PerformanceSpec = settings.spec()
        return fresh

    def continued(self, spec: Any, settings: Any) -> PerformanceSpec:
        """Sizes as in the loaded model, dropout as in the settings."""
        wanted = self.spec(settings)
        if type(spec) is not type(wanted) or spec.vocabulary != PERFORMANCE or spec.window != settings.window:
            raise ModelError(
                f"A {self.kind} training with a window of {settings.window} cannot go on from a model of {spec.kind}, "
                f"{spec.clip}; set the same window."
            )
        return type(wanted).from_json(spec.to_json() | {"dropout": settings.dropout})

    def initial_weights(self, spec: Any, seed: int) -> Weights:
        """Random."""
        return self.first_weights(spec, seed)

    def prepared(self, spec: Any, settings: Any, weights: Weights, examples: Rows) -> Weights:
        """As they are."""
        return weights

    def loss(self, spec: Any) -> Loss:
        """The surprise at each next event."""
        return partial(self.objective, spec)

    def batch(self, spec: Any, settings: PerformanceSettings, examples: Rows, step: int) -> tuple[Any, ...]:
        """Windows from random places, each in a random key and tempo, and the seed of the step's dropout."""
        rng = np.random.default_rng([settings.seed, step])
        rows = examples[rng.integers(0, len(examples), settings.batch)]
        events = np.stack([_window(row, settings, rng) for row in rows]).astype(np.int32)
        return events, np.int32(rng.integers(0, 1 << 31))

    def measure(self, spec: Any) -> Measure:
        """Teacher forcing on rows never seen."""
        return NextEvent(spec)

    def baselines(self, corpus: Corpus, parts: Split) -> dict[str, dict[str, float]]:
        """Commonness of events, and of pairs."""
        return performance_baselines(corpus.examples[parts.training], corpus.examples[parts.unseen])


def _window(row: Rows, settings: PerformanceSettings, rng: np.random.Generator) -> Rows:
    """A window [window + 1] of a row, padded where the song ends."""
    length = settings.window + 1
    held = int(np.count_nonzero(row != PERFORMANCE.padding))
    semitones = int(rng.integers(-settings.transpose, settings.transpose + 1))
    factor = 1.0 + float(rng.uniform(-settings.stretch, settings.stretch))
    first = int(rng.integers(0, max(0, held - length) + 1))
    # More than the window: played faster, long rests take fewer events.
    heard = row[first : min(held, first + 2 * length)]
    events = stretched(transposed(heard, semitones), factor)[:length]
    return np.pad(events, (0, length - len(events)), constant_values=PERFORMANCE.padding)
