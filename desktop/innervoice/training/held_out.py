"""The figures of a trained model: on all music that was held out, and on each corpus's alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.training.corpus import Corpus, corpus_of
from innervoice.training.recipe import Figures, Measure


def held_out_figures(
    measure: Measure, weights: Mapping[str, Any], corpus: Corpus, unseen: NDArray[np.int64]
) -> dict[str, Any]:
    """Measure a model on examples that it never saw.

    Parameters
    ----------
    measure : callable
        Takes weights and examples.
    weights : mapping of float32 arrays
    corpus : Corpus
    unseen : int64 [n]
        Indices of the examples.

    Returns
    -------
    dict
        ``held_out``, and where they come from several corpora ``held_out_by_corpus``: what one of them makes easy and
        another hard is lost in their mean, which depends on how much each brought.
    """
    figures: dict[str, Any] = {"held_out": measure(weights, corpus.examples[unseen])}
    of = np.array([corpus_of(song) for song in corpus.songs])[corpus.song[unseen]]
    each: dict[str, Figures] = {
        str(name): measure(weights, corpus.examples[unseen[of == name]]) for name in dict.fromkeys(of.tolist())
    }
    return figures | ({"held_out_by_corpus": each} if len(each) > 1 else {})
