"""How well a MusicVAE gives clips back that it never saw, and what an answer without a model is worth."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.models.musicvae import NO_TOKEN, decode, posterior, teacher_forced_logits
from innervoice.models.specs import MusicVAESpec
from innervoice.music.tokens import FIRST_PITCH, HOLD
from innervoice.training.gradients import compiled
from innervoice.training.neuron_measures import neuron_figures

MOST_CELLS = 1 << 16
"""Clips times steps of one batch."""

Tokens = NDArray[np.int16]


class Reconstruction:
    """Greedy decoding of the posterior means, compared with the clips."""

    def __init__(self, spec: MusicVAESpec) -> None:
        self._spec = spec
        self._batch = max(1, MOST_CELLS // spec.steps)
        self._answer = compiled(partial(_answer, spec))

    def __call__(self, weights: Mapping[str, Any], clips: Tokens) -> dict[str, float]:
        """Measure a model.

        Parameters
        ----------
        weights : mapping of float32 arrays
        clips : int16 [n, steps]

        Returns
        -------
        dict
            Of the greedy answer ``steps_right`` and ``clips_right`` (shares of all) and ``note_f1``,
            ``note_precision``, ``note_recall`` (a note is right when onset and pitch are);
            ``steps_right_given_the_past``, when each step is told the true token before it; ``music_neurons`` (median
            sigma below 0.9), ``noise_neurons`` (within 0.02 of 1) and ``noise_mean`` (the largest mean of abs(mu) of a
            noise neuron).
        """
        size = min(self._batch, len(clips))
        silence = np.zeros((size, self._spec.steps, self._spec.classes), dtype=np.float32)
        parts = []
        for start in range(0, len(clips), size):
            batch = clips[start : start + size].astype(np.int32)
            # Always one shape, so that it compiles once.
            answers = self._answer(dict(weights), np.resize(batch, (size, self._spec.steps)), silence)
            parts.append([np.asarray(answer)[: len(batch)] for answer in answers])
        greedy, told, mu, sigma = (np.concatenate(part) for part in zip(*parts, strict=True))
        given = {"steps_right_given_the_past": float((told == clips).mean())}
        return reconstruction_figures(greedy, clips) | given | neuron_figures(mu, sigma)


def reconstruction_figures(answer: NDArray[Any], clips: Tokens) -> dict[str, float]:
    """Shares of steps, clips and notes that an answer [n, steps] has right."""
    hits = answer == clips
    right = float((hits & (clips >= FIRST_PITCH)).sum())
    given, there = float((answer >= FIRST_PITCH).sum()), float((clips >= FIRST_PITCH).sum())
    return {
        "steps_right": float(hits.mean()),
        "clips_right": float(hits.all(axis=1).mean()),
        "note_f1": 2.0 * right / max(1.0, given + there),
        "note_precision": right / max(1.0, given),
        "note_recall": right / max(1.0, there),
    }


def melody_baselines(training: Tokens, unseen: Tokens) -> dict[str, dict[str, float]]:
    """Figures of three answers without a model: hold always, the commonest token of each step, the token before.

    The last is told the true token before each step, so it stands beside ``steps_right_given_the_past``.
    """
    commonest = np.array([np.bincount(column).argmax() for column in training.T])
    before = np.concatenate([np.full_like(unseen[:, :1], HOLD), unseen[:, :-1]], axis=1)
    return {
        "always hold": reconstruction_figures(np.zeros_like(unseen), unseen),
        "commonest token of each step": reconstruction_figures(np.broadcast_to(commonest, unseen.shape), unseen),
        "the token before, again": {"steps_right_given_the_past": float((before == unseen).mean())},
    }


def _answer(spec: MusicVAESpec, weights: Any, tokens: Any, silence: Any) -> tuple[Any, ...]:
    from keras import ops

    mu, sigma = posterior(spec, weights, tokens)
    before = ops.concatenate([ops.full_like(tokens[:, :1], NO_TOKEN), tokens[:, :-1]], axis=1)
    told = ops.argmax(teacher_forced_logits(spec, weights, mu, before), axis=-1)
    return decode(spec, weights, mu, silence), told, mu, sigma
