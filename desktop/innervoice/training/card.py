"""The model card: what a training was made of and what came of it, as JSON beside the weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import keras

from innervoice.training.corpus import Corpus, corpus_of
from innervoice.training.progress import State
from innervoice.training.recipe import Recipe
from innervoice.training.settings import Settings
from innervoice.training.split import Split


def model_card(
    recipe: Recipe,
    settings: Settings,
    corpus: Corpus,
    parts: Split,
    state: State,
    figures: Mapping[str, Any],
    begun_from: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """Everything that can be known without a person; licences, limits and what was tried are added by hand.

    Returns
    -------
    dict
        ``held_out`` are the figures on ``held_out_songs``, ``held_out_by_corpus`` on those of each corpus alone,
        ``baselines`` the same of trivial answers to all;
        ``curves.held_out`` was measured while training, on ``watched_songs``.
    """
    unseen, watched = ([corpus.songs[song] for song in songs] for songs in (parts.songs[2], parts.songs[1]))
    return {
        "what": recipe.what,
        "data": _corpora(corpus),
        "songs": len(corpus.songs),
        "clips": len(parts.training) + len(parts.watched) + len(parts.unseen),
        "watched_clips": len(parts.watched),
        "held_out_clips": len(parts.unseen),
        "files_without_clips": len(corpus.rejected),
        "held_out_songs": unseen,
        "watched_songs": watched,
        "begun_from": begun_from,
        "settings": asdict(settings),
        "backend": keras.backend.backend(),
        "steps": state.best.step if state.best.weights else state.step,
        "seconds": round(state.seconds),
        "processor_seconds": round(state.processor_seconds),
        **figures,
        "baselines": recipe.baselines(corpus, parts),
        "curves": {"training": state.curves.training, "held_out": state.curves.held_out},
    }


def _corpora(corpus: Corpus) -> list[Mapping[str, Any]]:
    """Name, songs and clips of each folder, in the order they were read: the draw of the songs depends on it."""
    folder = [corpus_of(song) for song in corpus.songs]
    songs = Counter(folder)
    clips = Counter(folder[song] for song in corpus.song.tolist())
    return [{"corpus": name, "songs": songs[name], "clips": clips[name]} for name in songs]
