"""The model that comes with the application."""

from __future__ import annotations

import json

import numpy as np
import pytest

from innervoice.models.catalogue import load_model
from innervoice.models.model import Model
from innervoice.music.melody import MelodyRules, extract_melodies
from innervoice.music.reading import read_score
from innervoice.resources import resource, resource_dir

NAME = "innervoice-2bar"


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model(NAME)


def test_twinkle_comes_back(model: Model) -> None:
    """Decoding mu gives the bundled Twinkle back (seed 1, section 2: "yields back the original")."""
    twinkle = extract_melodies(read_score(resource("tunes", "twinkle.mid")), MelodyRules(per_file=None)).clips[:1]
    assert (twinkle.tokens[0][[0, 4, 8, 12, 16, 20, 24]] + 19).tolist() == [60, 60, 67, 67, 69, 69, 67]
    assert (model.decode(model.encode(twinkle.tokens).mu) == twinkle.tokens).all()


def test_some_neurons_know_the_music_and_most_know_nothing(model: Model) -> None:
    scores = [read_score(path) for path in sorted((resource_dir() / "tunes").glob("*.mid"))]
    clips = [extract_melodies(score, MelodyRules(per_file=None)).clips.tokens for score in scores]
    sigma = np.sort(np.median(model.encode(np.concatenate(clips)).sigma, axis=0))
    assert model.neurons == 512
    assert 12 <= (sigma < 0.5).sum() <= 120
    assert (sigma > 0.9).sum() > 256


def test_it_is_small_and_says_how_it_was_made() -> None:
    tensors = resource("models", f"{NAME}.safetensors")
    assert tensors.stat().st_size <= 40_000_000
    card = json.loads(resource("models", f"{NAME}.json").read_text(encoding="utf-8"))["card"]
    assert {"settings", "corpora", "held_out_songs", "held_out", "curves"} <= set(card)
    assert card["held_out"]["steps_right"] > card["held_out"]["hold_baseline"]
