"""The training loop: batches, optimiser steps, measurements, checkpoints."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.models.errors import ModelError
from innervoice.models.specs import MusicVAESpec
from innervoice.training.adam import Tensors, no_moments
from innervoice.training.corpora import transpose
from innervoice.training.gradients import compiled_step
from innervoice.training.measures import Reconstruction
from innervoice.training.objective import elbo_loss, initial_weights
from innervoice.training.progress import Curves, State, load_state, save_state
from innervoice.training.settings import Settings

Tokens = NDArray[np.int16]
Report = Callable[[int, int, str], None]

LOG_EVERY = 50


def run(
    spec: MusicVAESpec, settings: Settings, training: Tokens, unseen: Tokens, folder: Path, resume: bool, report: Report
) -> State:
    """Train, from the start or from the last checkpoint in ``folder``.

    Parameters
    ----------
    training, unseen : int16 [clips, steps]
        Clips of the songs trained on, and of the songs held out.
    report : callable
        ``report(step, steps, text)``; an exception raised in it ends the training after a checkpoint.
    """
    state = load_state(folder, asdict(settings)) if resume else _fresh(spec, settings)
    step = compiled_step(partial(elbo_loss, spec))
    reconstruction = Reconstruction(spec)
    live, moments = state.weights, state.moments
    recent: list[dict[str, Any]] = []
    said = "training"
    try:
        while state.step < settings.steps:
            batch = _batch(spec, settings, training, state.step)
            state.step += 1
            rate = learning_rate(settings, state.step)
            live, moments, measures = step(live, moments, np.float32(state.step), np.float32(rate), *batch)
            recent.append(measures)
            if state.step % LOG_EVERY == 0 or state.step == settings.steps:
                said = _log(state, recent, settings)
            if state.step % settings.evaluate_every == 0 or state.step == settings.steps:
                state.curves.held_out.append({"step": state.step} | reconstruction.of(live, unseen[:1024]))
            if state.step % settings.save_every == 0:
                _keep(folder, state, live, moments, settings)
            report(state.step, settings.steps, said)
    finally:
        # Also on cancel or error: what was learnt is kept.
        _keep(folder, state, live, moments, settings)
    return state


def _fresh(spec: MusicVAESpec, settings: Settings) -> State:
    weights = initial_weights(spec, settings.seed)
    return State(0, weights, no_moments(weights), Curves())


def learning_rate(settings: Settings, step: int) -> float:
    """Rate of one step: up along a line for the warm-up, then down along a cosine."""
    if step < settings.warmup:
        return settings.rate * step / settings.warmup
    done = (step - settings.warmup) / max(1, settings.steps - settings.warmup)
    return settings.last_rate + 0.5 * (settings.rate - settings.last_rate) * (1.0 + math.cos(math.pi * min(1.0, done)))


def _batch(spec: MusicVAESpec, settings: Settings, clips: Tokens, step: int) -> tuple[Any, ...]:
    """Batch of one step; it depends on the seed and the step alone, so a resumed training sees the same ones."""
    rng = np.random.default_rng([settings.seed, step])
    tokens = clips[rng.integers(0, len(clips), settings.batch)]
    semitones = rng.integers(-settings.transpose, settings.transpose + 1, settings.batch).astype(np.int16)
    tokens = transpose(tokens, semitones).astype(np.int32)
    epsilon = rng.standard_normal((settings.batch, spec.neurons), dtype=np.float32)
    keep = rng.random((settings.batch, spec.steps)) >= settings.dropout
    beta = np.float32(settings.beta * min(1.0, step / max(1, settings.beta_steps)))
    return tokens, epsilon, keep, beta


def _log(state: State, recent: list[dict[str, Any]], settings: Settings) -> str:
    """Note the means of the steps since the last entry; return them in words."""
    means = {name: float(np.mean([float(m[name]) for m in recent])) for name in recent[0]}
    recent.clear()
    if not np.isfinite(means["loss"]):
        raise ModelError(
            f"The loss is no longer a number at step {state.step}; try a smaller rate than {settings.rate}."
        )
    state.curves.training.append({"step": state.step} | means)
    held = state.curves.held_out[-1] if state.curves.held_out else {}
    text = f"loss {means['loss']:.2f}, steps right {means['accuracy']:.1%}"
    if held:
        text += f"; held out: clips right {held['clips_right']:.1%}, music neurons {held['music_neurons']:.0f}"
    return text


def _keep(folder: Path, state: State, live: Tensors, moments: tuple[Tensors, Tensors], settings: Settings) -> None:
    state.weights = {name: np.asarray(value) for name, value in live.items()}
    first, second = ({name: np.asarray(value) for name, value in part.items()} for part in moments)
    state.moments = (first, second)
    # Weights that have run away never take the place of those of the last checkpoint.
    if all(np.isfinite(value).all() for value in state.weights.values()):
        save_state(folder, state, asdict(settings))
