"""The figures of a trained model, by corpus too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.training.corpus import Corpus
from innervoice.training.held_out import held_out_figures


def mean(weights: Mapping[str, Any], examples: NDArray[Any]) -> dict[str, float]:
    return {"mean": float(weights["times"] * examples.mean())}


def corpus(songs: tuple[str, ...]) -> Corpus:
    song = np.array([0, 0, 1, 2], np.int32)
    return Corpus(np.array([[1.0], [2.0], [5.0], [9.0]]), song, np.arange(4), songs, ())


def test_each_corpus_is_measured_alone_besides_all() -> None:
    figures = held_out_figures(mean, {"times": 2}, corpus(("pop/1", "irish/1", "irish/2")), np.array([1, 2, 3]))
    assert figures == {
        "held_out": {"mean": 2 * 16 / 3},
        "held_out_by_corpus": {"pop": {"mean": 4.0}, "irish": {"mean": 14.0}},
    }


def test_one_corpus_is_measured_once() -> None:
    figures = held_out_figures(mean, {"times": 1}, corpus(("pop/1", "irish/1", "irish/2")), np.array([2, 3]))
    assert figures == {"held_out": {"mean": 7.0}}
