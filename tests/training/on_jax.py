"""The training loop on a tiny network, on JAX: `test_training.py` runs this file in a process of its own.

A process keeps its first backend, and XLA through JAX compiles the tiny network in seconds.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from innervoice.models.errors import ModelError
from innervoice.music.tokens import tokens_to_notes
from innervoice.music.writing import write_midi
from innervoice.training.melody_settings import MelodySettings
from innervoice.training.progress import load_state
from innervoice.training.train import train

LONGER = {
    "neurons": "8",
    "encoder": "8",
    "decoder": "8",
    "batch": "4",
    "steps": "150",
    "evaluate_every": "75",
    "save_every": "40",
    "held_out": "0.3",
    "rate": "0.02",
    "warmup": "5",
}


class Stop(Exception):
    """Stands for a user's Ctrl-C."""


def silent(done: int, total: int, text: str) -> None:
    """No report."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    rng = np.random.default_rng(0)
    for song in range(6):
        tokens = np.zeros(64, dtype=np.int16)
        tokens[::4] = rng.integers(40, 60, 16)
        write_midi(tokens_to_notes(tokens), folder / f"{song}.mid")
    return folder


def weights_of(path: Path) -> dict[str, np.ndarray]:
    from safetensors.numpy import load_file

    return load_file(str(path.with_suffix(".safetensors")))


@pytest.fixture(scope="module")
def whole(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A training that ran through: the model's path and its card."""
    out = tmp_path_factory.mktemp("models") / "whole"
    return out, train("2bar", [corpus], out, LONGER, False, None, silent)


def test_the_same_seed_gives_the_same_losses_and_a_killed_training_goes_on(
    corpus: Path, whole: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    def die(done: int, total: int, text: str) -> None:
        if total == 150 and done == 50:
            raise Stop

    with pytest.raises(Stop):
        train("2bar", [corpus], tmp_path / "killed", LONGER, False, None, die)
    settings = MelodySettings().changed(LONGER)
    shapes = settings.spec(32, 90).shapes()
    assert load_state(tmp_path / "killed.training", asdict(settings), shapes).step == 50
    resumed = train("2bar", [corpus], tmp_path / "killed", LONGER, True, None, silent)
    assert resumed["curves"] == whole[1]["curves"]
    # Not approximately: every batch and every sum is the same.
    first, second = weights_of(whole[0]), weights_of(tmp_path / "killed")
    assert all((first[name] == second[name]).all() for name in first)


def test_training_learns(whole: tuple[Path, dict[str, Any]]) -> None:
    curve = whole[1]["curves"]["training"]
    assert curve[-1]["loss"] < 0.7 * curve[0]["loss"]


def test_a_training_is_never_overwritten_by_accident(corpus: Path, whole: tuple[Path, dict[str, Any]]) -> None:
    with pytest.raises(ModelError, match="--resume"):
        train("2bar", [corpus], whole[0], LONGER, False, None, silent)


def test_resuming_with_other_settings_or_nothing_is_refused(
    corpus: Path, whole: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    with pytest.raises(ModelError, match="no training to resume"):
        train("2bar", [corpus], tmp_path / "none", LONGER, True, None, silent)
    with pytest.raises(ModelError, match="beta"):
        train("2bar", [corpus], whole[0], LONGER | {"beta": "0.5"}, True, None, silent)


def test_a_training_that_no_longer_gets_better_ends_and_takes_its_best_weights(corpus: Path, tmp_path: Path) -> None:
    still = LONGER | {"rate": "0", "last_rate": "0", "patience": "2", "evaluate_every": "10"}
    card = train("2bar", [corpus], tmp_path / "still", still, False, None, silent)
    # Nothing moves, so the first measurement is the best and the two after it are no better.
    assert [entry["step"] for entry in card["curves"]["held_out"]] == [10, 20, 30]
    assert card["steps"] == 10


def test_a_fine_tuning_begins_where_the_model_stood(
    corpus: Path, whole: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    short = LONGER | {"steps": "50", "rate": "0", "last_rate": "0"}
    card = train("2bar", [corpus], tmp_path / "tuned", short, False, str(whole[0]), silent)
    first, second = weights_of(whole[0]), weights_of(tmp_path / "tuned")
    assert all((first[name] == second[name]).all() for name in first)
    assert card["begun_from"]["name"] == "whole"
    assert set(card["held_out_songs"]) <= set(whole[1]["held_out_songs"] + whole[1]["watched_songs"])


def test_resuming_on_other_music_or_from_another_model_is_refused(
    corpus: Path, whole: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    with pytest.raises(ModelError, match="other music or from another model"):
        train("2bar", [corpus / "0.mid", corpus / "1.mid"], whole[0], LONGER, True, None, silent)
    with pytest.raises(ModelError, match="other music or from another model"):
        train("2bar", [corpus], whole[0], LONGER, True, str(whole[0]), silent)


def test_resuming_a_training_that_is_done_gives_the_same_model(
    corpus: Path, whole: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    for name, settings in (("done", {}), ("still", {"rate": "0", "last_rate": "0", "patience": "1"})):
        short = LONGER | {"steps": "20", "evaluate_every": "5"} | settings
        card = train("2bar", [corpus], tmp_path / name, short, False, None, silent)
        first = weights_of(tmp_path / name)
        again = train("2bar", [corpus], tmp_path / name, short, True, None, silent)
        assert again == card
        assert all((value == first[key]).all() for key, value in weights_of(tmp_path / name).items())


def test_a_measure_that_is_no_number_ends_the_training(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def measured(weights: Any, clips: Any) -> dict[str, float]:
        return {"clips_right": 0.0, "note_f1": float("nan"), "music_neurons": 0.0}

    monkeypatch.setattr("innervoice.training.melody_recipe.MelodyRecipe.measure", lambda *_: measured)
    with pytest.raises(ModelError, match="note f1 is no longer a number at step 75"):
        train("2bar", [corpus], tmp_path / "lost", LONGER, False, None, silent)
