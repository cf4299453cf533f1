"""The training loop on a tiny network."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from innervoice.models.catalogue import load_model
from innervoice.music.writing import write_midi

from innervoice.models.errors import ModelError
from innervoice.music.tokens import tokens_to_notes
from innervoice.training.progress import load_state
from innervoice.training.settings import Settings
from innervoice.training.train import train

TINY = {
    "neurons": "8",
    "encoder": "8",
    "decoder": "8",
    "batch": "4",
    "steps": "8",
    "evaluate_every": "4",
    "save_every": "2",
    "held_out": "0.3",
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


def test_a_trained_model_is_a_model_with_a_card(corpus: Path, tmp_path: Path) -> None:
    card = train("2bar", [corpus], tmp_path / "mine", TINY, False, silent)
    model = load_model(str(tmp_path / "mine.safetensors"))
    assert (model.neurons, model.steps, model.can_encode, model.can_decode) == (8, 32, True, True)
    assert card["songs"] == 6
    assert len(card["held_out_songs"]) == 2
    assert set(card["held_out"]) == {"steps_right", "clips_right", "hold_baseline", "music_neurons"}
    assert json.loads((tmp_path / "mine.json").read_text())["card"]["settings"]["neurons"] == 8
    assert [entry["step"] for entry in card["curves"]["held_out"]] == [4, 8]


def test_the_same_seed_gives_the_same_losses_and_a_killed_training_goes_on(corpus: Path, tmp_path: Path) -> None:
    def die(done: int, total: int, text: str) -> None:
        if total == 60 and done == 50:
            raise Stop

    longer = TINY | {"steps": "60", "evaluate_every": "60", "save_every": "7"}
    whole = train("2bar", [corpus], tmp_path / "whole", longer, False, silent)
    with pytest.raises(Stop):
        train("2bar", [corpus], tmp_path / "killed", longer, False, die)
    assert load_state(tmp_path / "killed.training", Settings().changed(longer).__dict__).step == 50
    resumed = train("2bar", [corpus], tmp_path / "killed", longer, True, silent)
    assert resumed["curves"] == whole["curves"]
    first, second = weights_of(tmp_path / "whole"), weights_of(tmp_path / "killed")
    assert all((first[name] == second[name]).all() for name in first)


def test_training_learns(corpus: Path, tmp_path: Path) -> None:
    setting = TINY | {"steps": "150", "evaluate_every": "150", "rate": "0.02", "warmup": "5"}
    curves = train("2bar", [corpus], tmp_path / "learner", setting, False, silent)["curves"]["training"]
    assert curves[-1]["loss"] < 0.7 * curves[0]["loss"]


def test_a_training_is_never_overwritten_by_accident(corpus: Path, tmp_path: Path) -> None:
    train("2bar", [corpus], tmp_path / "twice", TINY, False, silent)
    with pytest.raises(ModelError, match="--resume"):
        train("2bar", [corpus], tmp_path / "twice", TINY, False, silent)


def test_resuming_with_other_settings_or_nothing_is_refused(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no training to resume"):
        train("2bar", [corpus], tmp_path / "none", TINY, True, silent)
    train("2bar", [corpus], tmp_path / "other", TINY, False, silent)
    with pytest.raises(ModelError, match="beta"):
        train("2bar", [corpus], tmp_path / "other", TINY | {"beta": "0.5"}, True, silent)


@pytest.mark.parametrize(
    ("values", "named"), [({"speed": "1"}, "speed"), ({"batch": "many"}, "batch=many"), ({"neurons": "0"}, "positive")]
)
def test_a_setting_that_does_not_fit_is_named(values: dict[str, str], named: str) -> None:
    with pytest.raises(ModelError, match=named):
        Settings().changed(values).spec(32, 90)


def test_an_unknown_kind_is_refused(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="2bar"):
        train("opera", [corpus], tmp_path / "opera", TINY, False, silent)
