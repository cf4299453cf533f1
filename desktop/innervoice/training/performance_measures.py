"""How well a model foretells performances it never saw, and what an answer without a model is worth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.models.performance.model import logits_of
from innervoice.models.performance.specs import PerformanceSpec
from innervoice.music.performance.vocabulary import PERFORMANCE
from innervoice.training.gradients import compiled
from innervoice.training.performance_corpus import ROW, Rows

MOST_EVENTS = 1 << 13
"""Events of one batch."""


class NextEvent:
    """Teacher forcing over rows: each event is foretold once, from what its row holds before it.

    A window looks back on its events alone, so the rows are gone through in windows that overlap by half: an event is
    given at least half a window of what came before it, or all of it since the row's beginning. It is the same for
    every kind of model, so models of one window can be compared event by event.
    """

    def __init__(self, spec: PerformanceSpec) -> None:
        from keras import ops

        from innervoice.training.performance_objective import surprise

        self._spec = spec
        self._batch = max(1, MOST_EVENTS // spec.window)
        function = logits_of(spec)

        def answer(weights: Any, events: Any) -> tuple[Any, Any]:
            logits = function(weights, events[:, :-1])
            return surprise(logits, events[:, 1:]), ops.argmax(logits, axis=-1)

        self._answer = compiled(answer)

    def __call__(self, weights: Mapping[str, Any], rows: Rows) -> dict[str, float]:
        """Measure a model.

        Parameters
        ----------
        weights : mapping of float32 arrays
        rows : int16 [n, ROW + 1]

        Returns
        -------
        dict
            ``next_event_accuracy`` (share of events), ``perplexity`` and ``log_likelihood`` (nats per event).
        """
        windows, scored = windows_of(rows, self._spec.window)
        surprises, hits = [], []
        for start in range(0, len(windows), self._batch):
            batch = windows[start : start + self._batch].astype(np.int32)
            # Always one shape, so that it compiles once.
            answers = self._answer(dict(weights), np.resize(batch, (self._batch, batch.shape[1])))
            chosen = scored[start : start + self._batch]
            surprise, likeliest = (np.asarray(answer)[: len(batch)] for answer in answers)
            surprises.append(surprise[chosen])
            hits.append((likeliest == batch[:, 1:])[chosen])
        return _figures(np.concatenate(surprises), np.concatenate(hits))


def windows_of(rows: Rows, window: int) -> tuple[Rows, NDArray[np.bool_]]:
    """Windows of rows, and which of their events count, each event of a row in one window only.

    Returns
    -------
    windows : int16 [m, window + 1]
    scored : bool [m, window]
        Of the events after the first: padding does not count.
    """
    half = max(1, window // 2)
    starts = sorted({*range(0, ROW - window + 1, half), ROW - window})
    windows = np.stack([rows[:, start : start + window + 1] for start in starts])
    scored = windows[:, :, 1:] != PERFORMANCE.padding
    for before, (start, part) in zip(starts[:-1], zip(starts[1:], scored[1:], strict=True), strict=True):
        part[:, : before + window - start] = False
    some = scored.any(axis=-1)
    return windows[some], scored[some]


def performance_baselines(training: Rows, unseen: Rows) -> dict[str, dict[str, float]]:
    """Figures of three answers without a model, counted on the training's songs.

    Always the commonest event, each event as likely as it is common, and as likely as it is common after the one
    before it (absolute discounting, Ney et al. 1994: what is taken from counts goes to the commonness of events).
    """
    pairs = np.zeros((PERFORMANCE.size, PERFORMANCE.size))
    before, after = _pairs(training)
    np.add.at(pairs, (before, after), 1.0)
    common = (pairs.sum(axis=0) + 1.0) / (pairs.sum() + PERFORMANCE.size)
    discount = 0.75
    total = np.maximum(pairs.sum(axis=1, keepdims=True), 1.0)
    given = np.maximum(pairs - discount, 0.0) / total
    given += (1.0 - given.sum(axis=1, keepdims=True)) * common
    previous, event = _pairs(unseen)
    commonest = _figures(-np.log(common[event]), event == common.argmax())
    return {
        "always the commonest event": {"next_event_accuracy": commonest["next_event_accuracy"]},
        "events as common as they are": {name: commonest[name] for name in ("perplexity", "log_likelihood")},
        "the commonest event after the one before": _figures(
            -np.log(given[previous, event]), event == given.argmax(axis=1)[previous]
        ),
    }


def _pairs(rows: Rows) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each event after its row's first, and the one before it."""
    before, after = rows[:, :-1].ravel().astype(np.int64), rows[:, 1:].ravel().astype(np.int64)
    counts = after != PERFORMANCE.padding
    return before[counts], after[counts]


def _figures(surprise: NDArray[Any], hits: NDArray[np.bool_]) -> dict[str, float]:
    mean = float(surprise.mean(dtype=np.float64))
    return {
        "next_event_accuracy": float(hits.mean()),
        "perplexity": float(np.exp(mean)),
        "log_likelihood": -mean,
    }
