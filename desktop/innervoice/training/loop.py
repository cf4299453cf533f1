"""The training loop: batches, optimiser steps, measurements, checkpoints."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.models.errors import ModelError
from innervoice.training.adam import Tensors, no_moments
from innervoice.training.gradients import compiled_step
from innervoice.training.progress import Best, Curves, State, load_state, save_state
from innervoice.training.recipe import Recipe
from innervoice.training.settings import Settings

Report = Callable[[int, int, str], None]
Follow = Callable[[str, Mapping[str, float]], None]
"""Takes ``training`` or ``held_out``, and an entry of that curve."""

LOG_EVERY = 50
MOST_WATCHED = 1024
"""Examples of the watched songs that are measured each time."""


class Training:
    """One training, from its first weights or its last checkpoint to its end.

    Parameters
    ----------
    recipe : Recipe
    spec : Spec
    settings : Settings
    folder : Path
        Where checkpoints go.
    follow : callable, optional
        Told every entry of the curves, those of before a resuming too.
    """

    def __init__(
        self, recipe: Recipe, spec: Any, settings: Settings, folder: Path, follow: Follow | None = None
    ) -> None:
        self._recipe, self._spec, self._settings, self._folder = recipe, spec, settings, folder
        self._follow: Follow = follow or (lambda part, entry: None)

    def begun(self, weights: Mapping[str, NDArray[Any]]) -> State:
        """The state before the first step."""
        return State(0, dict(weights), no_moments(weights), Curves(), Best())

    def resumed(self) -> State:
        """The state of the last checkpoint; ModelError when there is none, or it had other settings or sizes."""
        # Defaults of the settings, not of the kind: what came later does nothing unless it is set.
        usual = asdict(type(self._settings)())
        return load_state(self._folder, asdict(self._settings), self._spec.shapes(), usual)

    def run(self, state: State, training: NDArray[Any], watched: NDArray[Any], report: Report) -> State:
        """Train to the last step, or until patience ends.

        Parameters
        ----------
        training, watched : ndarray [examples, ...]
            What is learnt from, and what is only measured.
        report : callable
            ``report(step, steps, text)``; an exception raised in it ends the training after a checkpoint.
        """
        settings, recipe = self._settings, self._recipe
        for part, entries in (("training", state.curves.training), ("held_out", state.curves.held_out)):
            for entry in entries:
                self._follow(part, entry)
        step, measure = compiled_step(recipe.loss(self._spec), settings.muon), recipe.measure(self._spec)
        live, moments = state.weights, state.moments
        recent: list[dict[str, Any]] = []
        said = "training"
        began, worked = time.monotonic() - state.seconds, time.process_time() - state.processor_seconds
        try:
            while state.step < settings.steps and not state.best.stale(settings.patience):
                batch = recipe.batch(self._spec, settings, training, state.step)
                number = state.step + 1
                rate = learning_rate(settings, number)
                live, moments, measures = step(live, moments, np.float32(number), np.float32(rate), *batch)
                # Only now: a step that fails is done again after resuming.
                state.step = number
                recent.append(measures)
                if self._due(state.step, LOG_EVERY):
                    said = self._log(state, recent)
                if self._due(state.step, settings.evaluate_every):
                    self._watch(state, live, measure(live, watched[:MOST_WATCHED]))
                state.seconds, state.processor_seconds = time.monotonic() - began, time.process_time() - worked
                if state.step % settings.save_every == 0:
                    self._keep(state, live, moments)
                report(state.step, settings.steps, said)
        finally:
            # Also on cancel or error: what was learnt is kept.
            self._keep(state, live, moments)
        return state

    def _due(self, step: int, every: int) -> bool:
        return step % every == 0 or step == self._settings.steps

    def _log(self, state: State, recent: list[dict[str, Any]]) -> str:
        """Note the means of the steps since the last entry; return them in words."""
        means = {name: float(np.mean([float(m[name]) for m in recent])) for name in recent[0]}
        recent.clear()
        self._check(state.step, means)
        state.curves.training.append({"step": state.step} | means)
        self._follow("training", state.curves.training[-1])
        text = f"loss {means['loss']:.2f}"
        if state.curves.held_out:
            last = state.curves.held_out[-1]
            text += "; watched songs: " + ", ".join(f"{n.replace('_', ' ')} {last[n]:.3g}" for n in self._recipe.said)
        return text

    def _check(self, step: int, figures: Mapping[str, float]) -> None:
        """Refuse what has run away: nothing can be compared with it, and no card can hold it."""
        for name, value in figures.items():
            if not math.isfinite(value):
                raise ModelError(
                    f"The {name.replace('_', ' ')} is no longer a number at step {step}; "
                    f"try a smaller rate than {self._settings.rate}."
                )

    def _watch(self, state: State, live: Tensors, figures: dict[str, float]) -> None:
        self._check(state.step, figures)
        state.curves.held_out.append({"step": state.step} | figures)
        self._follow("held_out", state.curves.held_out[-1])
        if self._settings.patience:
            state.best.take(state.step, figures[self._recipe.watched], live)

    def _keep(self, state: State, live: Tensors, moments: tuple[Tensors, Tensors]) -> None:
        state.weights = {name: np.asarray(value) for name, value in live.items()}
        first, second = ({name: np.asarray(value) for name, value in part.items()} for part in moments)
        state.moments = (first, second)
        # Weights that have run away never take the place of those of the last checkpoint.
        if all(np.isfinite(value).all() for value in state.weights.values()):
            save_state(self._folder, state, asdict(self._settings))


def learning_rate(settings: Settings, step: int) -> float:
    """Rate of one step: up along a line for the warm-up, then down along a cosine."""
    if step < settings.warmup:
        return settings.rate * step / settings.warmup
    done = (step - settings.warmup) / max(1, settings.steps - settings.warmup)
    return settings.last_rate + 0.5 * (settings.rate - settings.last_rate) * (1.0 + math.cos(math.pi * min(1.0, done)))
