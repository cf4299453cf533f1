"""Trainings that go on from a model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from innervoice.models.checkpoints.native import write_native
from innervoice.models.errors import ModelError
from innervoice.models.specs import MusicVAESpec
from innervoice.training.melody_objective import initial_weights
from innervoice.training.recipes import find_recipe
from innervoice.training.start import begin, never_learnt

SPEC = MusicVAESpec(32, 90, 6, (5,), (4, 4))


def test_a_fine_tuning_begins_with_the_model_as_it_is(tmp_path: Path) -> None:
    card = {"held_out_songs": ["tunes/1.mid"], "watched_songs": ["tunes/2.mid"], "curves": {"training": []}}
    weights = initial_weights(SPEC, 3)
    write_native(tmp_path / "mine", weights, SPEC, card)
    recipe = find_recipe("2bar")
    start = begin(recipe, recipe.settings(), str(tmp_path / "mine.safetensors"))
    assert start.spec == SPEC
    assert all((start.weights[name] == weights[name]).all() for name in weights)
    assert start.origin is not None
    assert start.origin["name"] == "mine"
    assert start.origin["card"]["held_out_songs"] == ["tunes/1.mid"]


def test_a_model_that_can_only_decode_is_given_an_encoder(shared: Path) -> None:
    recipe = find_recipe("2bar")
    start = begin(recipe, recipe.settings(), str(shared / "weights" / "mel_2bar_small"))
    assert isinstance(start.spec, MusicVAESpec)
    assert start.spec.encoder == (256,)
    assert start.weights["encoder/mu/kernel"].shape == (512, start.spec.neurons)
    assert all(np.isfinite(value).all() for value in start.weights.values())
    assert start.origin is not None
    assert never_learnt(start.origin["card"], ("tunes/1.mid",)) == ("tunes/1.mid",)


def test_a_model_of_another_length_is_refused(tmp_path: Path) -> None:
    spec = replace(SPEC, steps=256)
    write_native(tmp_path / "long", initial_weights(spec, 1), spec)
    recipe = find_recipe("2bar")
    with pytest.raises(ModelError, match="2bar training cannot go on from a model of musicvae, 16bar"):
        begin(recipe, recipe.settings(), str(tmp_path / "long"))


@pytest.mark.parametrize("data", [[{"corpus": "tunes"}], {"tunes": "Tunes, as cards told before 2026-11-21"}])
def test_what_a_model_never_learnt_is_told_by_its_card_and_those_before(data: object) -> None:
    songs = ("tunes/1.mid", "tunes/2.mid", "tunes/3.mid", "other/1.mid", "new/1.mid")
    first = {"data": data, "held_out_songs": ["tunes/1.mid"], "watched_songs": ["tunes/2.mid"]}
    assert never_learnt(first, songs) == ("tunes/1.mid", "tunes/2.mid", "other/1.mid", "new/1.mid")
    second = {"data": [{"corpus": "other"}, {"corpus": "tunes"}], "held_out_songs": ["tunes/2.mid", "tunes/3.mid"]}
    assert never_learnt(second | {"begun_from": {"card": first}}, songs) == ("tunes/2.mid", "new/1.mid")


@pytest.mark.parametrize(
    "card", [{}, {"data": 3, "begun_from": "x"}, {"data": [None, {"corpus": []}], "held_out_songs": 1}]
)
def test_a_strangers_card_says_nothing_of_any_song(card: dict[str, object]) -> None:
    assert never_learnt(card, ("tunes/1.mid",)) == ("tunes/1.mid",)
