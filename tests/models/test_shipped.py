"""The models that come with the application."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from innervoice.engine.bars import as_clips
from innervoice.models.catalogue import load_model
from innervoice.models.model import Model
from innervoice.music.agreement import agreement
from innervoice.music.bar_words import rolls_to_words
from innervoice.music.bars import cut_bars
from innervoice.music.melody import MelodyRules, extract_melodies
from innervoice.music.reading import read_score
from innervoice.resources import resource, resource_dir

NAME = "innervoice-2bar"
SHIPPED = sorted((resource_dir() / "models").glob("*.safetensors"))


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model(NAME)


def test_twinkle_comes_back(model: Model) -> None:
    """Decoding mu gives the bundled Twinkle back (seed 1, section 2: "yields back the original")."""
    twinkle = extract_melodies(read_score(resource("tunes", "twinkle.mid")), MelodyRules(per_file=None)).clips[:1]
    assert (twinkle.tokens[0][[0, 4, 8, 12, 16, 20, 24]] + 19).tolist() == [60, 60, 67, 67, 69, 69, 67]
    assert (model.decode(model.encode(twinkle.tokens).mu) == twinkle.tokens).all()


def test_bars_come_back() -> None:
    words = rolls_to_words(cut_bars(read_score(resource("tunes", "bach_bourree.mid"))).rolls)
    model = as_clips(load_model("innervoice-bar"))
    assert agreement(model.decode(model.encode(words).mu), words).notes > 0.7


def test_some_neurons_know_the_music_and_the_others_are_silent(model: Model) -> None:
    """What seed 1 is about: a gap in the order of sigma; right of it sigma is 1 and mu is 0."""
    scores = [read_score(path) for path in sorted((resource_dir() / "tunes").glob("*.mid"))]
    clips = [extract_melodies(score, MelodyRules(per_file=None)).clips.tokens for score in scores]
    posterior = model.encode(np.concatenate(clips))
    sigma = np.median(posterior.sigma, axis=0)
    noise = np.abs(sigma - 1.0) < 0.02
    assert model.neurons == 512
    assert 24 <= (sigma < 0.9).sum() <= 120
    assert noise.sum() > 380
    assert np.abs(posterior.mu[:, noise]).mean() < 0.05


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_each_is_small_and_its_card_says_what_it_is_worth(path: Path) -> None:
    assert path.stat().st_size <= 40_000_000
    card = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["card"]
    told = {"what", "data", "settings", "held_out_songs", "held_out", "baselines", "curves", "limits", "tried"}
    assert told | {"licence", "command"} <= set(card)
    assert all(one["licence"] and one["songs"] > 0 for one in card["data"])
    assert card["curves"]["training"]
    assert card["curves"]["held_out"]
    assert path.with_suffix(".split.json").is_file()


def test_all_together_are_small() -> None:
    assert sum(path.stat().st_size for path in SHIPPED) <= 90_000_000


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_each_is_better_than_any_answer_without_a_model(path: Path) -> None:
    card = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["card"]
    compared = [
        (name, figure, card["held_out"][figure])
        for name, figures in card["baselines"].items()
        for figure in figures
        if figure.endswith(("_right", "_f1", "accuracy", "right_given_the_past"))
    ]
    assert compared
    for name, figure, reached in compared:
        assert reached >= card["baselines"][name][figure], (name, figure)
