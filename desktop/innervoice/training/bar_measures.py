"""How well a model gives bars back that it never saw, and what an answer without a model is worth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.models.bar_spec import BarVAESpec
from innervoice.models.bar_vae import logits, posterior
from innervoice.music.bar_roll import DEPTH, Rolls, onsets
from innervoice.music.tokens import STEPS_PER_BAR
from innervoice.training.bar_corpus import Packed, unpacked
from innervoice.training.corpus import Corpus
from innervoice.training.gradients import compiled
from innervoice.training.neuron_measures import neuron_figures
from innervoice.training.split import Split

BATCH = 256
"""Bars of one call: an epoch of held-out songs never lies unpacked in the memory."""

_KEPT = ("cells_told", "cells_there", "cells_right", "notes_told", "notes_there", "notes_right", "bars_right", "bars")


class BarReconstruction:
    """Decoding of the posterior means at a threshold of one half, compared with the bars."""

    def __init__(self, spec: BarVAESpec) -> None:
        def answer(weights: Any, rolls: Any) -> tuple[Any, ...]:
            mu, log_variance = posterior(spec, weights, rolls)
            return logits(spec, weights, mu) > 0.0, mu, log_variance

        self._answer = compiled(answer)

    def __call__(self, weights: Mapping[str, Any], bars: Packed) -> dict[str, float]:
        """Measure a model.

        Parameters
        ----------
        weights : mapping of float32 arrays
        bars : uint8 [n, 312], or frames of the model's length likewise

        Returns
        -------
        dict
            As :func:`bar_figures`, and of the neurons as
            :func:`~innervoice.training.neuron_measures.neuron_figures`.
        """
        counts = np.zeros(len(_KEPT))
        posteriors = []
        for start in range(0, len(bars), BATCH):
            rolls = unpacked(bars[start : start + BATCH])
            # Always one shape, so that it compiles once.
            full = np.resize(rolls, (min(BATCH, len(bars)), *rolls.shape[1:]))
            told, mu, log_variance = (np.asarray(part)[: len(rolls)] for part in self._answer(dict(weights), full))
            counts += _counts(told, rolls)
            posteriors.append((mu, np.exp(0.5 * log_variance)))
        mu, sigma = (np.concatenate(part) for part in zip(*posteriors, strict=True))
        return _figures(counts) | neuron_figures(mu, sigma)


def bar_figures(answer: Rolls, rolls: Rolls) -> dict[str, float]:
    """What an answer has right, over all bars together.

    Parameters
    ----------
    answer, rolls : bool [n, steps, 156]

    Returns
    -------
    dict
        ``cell_precision``, ``cell_recall``, ``cell_f1`` of the active cells among all 2,496 (of a bar);
        ``note_precision``, ``note_recall``, ``note_f1`` (a note is right when onset and pitch are); ``bars_right``
        (share of bars without a wrong cell).
    """
    return _figures(_counts(answer, rolls))


def bar_baselines(corpus: Corpus, parts: Split) -> dict[str, dict[str, float]]:
    """Figures of two answers without a model: the bar before it in the song, and the best constant one.

    The constant answer sets the commonest cells of the training bars, as many as give the best F1 there.
    """
    unseen = corpus.examples[parts.unseen]
    constant = _commonest(corpus.examples[parts.training])
    before = np.full(len(corpus.song), -1) if corpus.before is None else corpus.before
    earlier = before[parts.unseen]
    again, same = np.zeros(len(_KEPT)), np.zeros(len(_KEPT))
    for start in range(0, len(unseen), BATCH):
        here = slice(start, start + BATCH)
        rolls, last = unpacked(unseen[here]), unpacked(corpus.examples[earlier[here]])
        last &= (earlier[here] >= 0)[:, None, None]
        again += _counts(last, rolls)
        same += _counts(np.broadcast_to(constant.reshape(rolls.shape[1:]), rolls.shape), rolls)
    frame = "bar" if constant.size == STEPS_PER_BAR * DEPTH else "frame"
    return {f"the {frame} before, again": _figures(again), "the commonest cells": _figures(same)}


def _commonest(bars: Packed) -> NDArray[np.bool_]:
    """The constant answer [cells] of the best F1: cells by how common they are, up to the best number of them."""
    cells = bars.shape[1] * 8
    active = np.zeros(cells)
    for start in range(0, len(bars), BATCH):
        active += unpacked(bars[start : start + BATCH]).reshape(-1, cells).sum(axis=0)
    order = np.argsort(-active, kind="stable")
    right = np.cumsum(active[order])
    f1 = 2.0 * right / (np.arange(1, cells + 1) * len(bars) + active.sum())
    chosen = np.zeros(cells, np.bool_)
    chosen[order[: int(f1.argmax()) + 1]] = True
    return chosen


def _counts(answer: Rolls, rolls: Rolls) -> NDArray[np.float64]:
    """The numbers of :data:`_KEPT`."""
    told, there = onsets(answer), onsets(rolls)
    cells, notes = (answer, rolls, answer & rolls), (told, there, told & there)
    whole = (answer == rolls).all(axis=(1, 2)).sum()
    return np.array([*(part.sum() for part in (*cells, *notes)), whole, len(rolls)], np.float64)


def _figures(counts: NDArray[np.float64]) -> dict[str, float]:
    kept = dict(zip(_KEPT, counts.tolist(), strict=True))
    figures: dict[str, float] = {}
    for one, many in (("cell", "cells"), ("note", "notes")):
        told, there, right = (kept[f"{many}_{what}"] for what in ("told", "there", "right"))
        figures[f"{one}_precision"] = right / max(1.0, told)
        figures[f"{one}_recall"] = right / max(1.0, there)
        figures[f"{one}_f1"] = 2.0 * right / max(1.0, told + there)
    return figures | {"bars_right": kept["bars_right"] / max(1.0, kept["bars"])}
