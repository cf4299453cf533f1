"""The songs that the shipped models were measured on: none was trained on, in no key and under no other name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from innervoice.resources import resource_dir
from innervoice.training.corpus import corpus_of
from innervoice.training.recipes import RECIPES
from innervoice.training.split import split, tunes
from innervoice.training.start import names_in, never_learnt

SPLITS = sorted((resource_dir() / "models").glob("*.split.json"))
KIND = {
    "innervoice-2bar": "2bar",
    "innervoice-16bar": "16bar",
    "innervoice-bar": "bar",
    "innervoice-performance": "performance",
    "innervoice-performance-lstm": "performance-lstm",
}


def silent(done: int, total: int, text: str) -> None:
    """No report."""


def card_of(path: Path) -> dict[str, Any]:
    card = json.loads(path.with_name(path.name.replace(".split", "")).read_text())["card"]
    assert isinstance(card, dict)
    return card


@pytest.mark.parametrize("path", SPLITS, ids=lambda path: path.name.split(".")[0])
def test_the_parts_share_no_song_and_the_card_names_those_held_out(path: Path) -> None:
    parts = json.loads(path.read_text())
    assert set(parts) == {"training", "watched", "held_out"}
    songs = [song for part in parts.values() for song in part]
    assert len(songs) == len(set(songs))
    assert all(parts.values())
    card = card_of(path)
    assert (card["held_out_songs"], card["watched_songs"]) == (parts["held_out"], parts["watched"])
    if before := card.get("begun_from"):
        # A model that was fine-tuned: the earlier training never saw these songs either.
        assert never_learnt(before["card"], parts["held_out"]) == tuple(parts["held_out"])


@pytest.mark.parametrize("path", SPLITS, ids=lambda path: path.name.split(".")[0])
def test_no_song_is_in_training_transposed_or_as_another_version(path: Path, shared: Path) -> None:
    name = path.name.split(".")[0]
    card, parts = card_of(path), json.loads(path.read_text())
    recipe = RECIPES[KIND[name]]
    # Each part names its songs in the order they were read.
    order = dict.fromkeys(corpus_of(song) for song in parts["training"])
    assert set(order) == {one["corpus"] for one in card["data"]}
    folders = [shared / "corpora" / name for name in order]
    corpus = recipe.read(folders, silent)
    settings = card["settings"]
    before = card.get("begun_from")
    never = never_learnt(before["card"], corpus.songs) if before else None
    first = names_in(before["card"], "held_out_songs") if before else ()
    drawn = split(corpus, settings["held_out"], settings["watched"], settings["seed"], never, first)
    assert [[corpus.songs[song] for song in part] for part in drawn.songs] == list(parts.values())
    assert not np.isin(corpus.shape[drawn.unseen], corpus.shape[drawn.training]).any()
    assert not np.isin(corpus.shape[drawn.unseen], corpus.shape[drawn.watched]).any()
    tune = tunes(corpus)
    assert not np.isin(tune[drawn.songs[2]], tune[np.concatenate(drawn.songs[:2])]).any()
    assert len(drawn.unseen) == card["held_out_clips"]
