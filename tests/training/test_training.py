"""The training loop, on TensorFlow here and on JAX in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from innervoice.models.catalogue import load_model
from innervoice.models.errors import ModelError
from innervoice.music.errors import MusicError
from innervoice.music.tokens import tokens_to_notes
from innervoice.music.writing import write_midi
from innervoice.training.loop import learning_rate
from innervoice.training.melody_settings import MelodySettings
from innervoice.training.train import _halved, train

TINY = {"neurons": "8", "encoder": "8", "decoder": "8", "batch": "4", "steps": "4", "evaluate_every": "2"}


def silent(done: int, total: int, text: str) -> None:
    """No report."""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "tunes"
    folder.mkdir()
    rng = np.random.default_rng(0)
    for song in range(6):
        tokens = np.zeros(64, dtype=np.int16)
        tokens[::4] = rng.integers(40, 60, 16)
        write_midi(tokens_to_notes(tokens), folder / f"{song}.mid")
    return folder


def test_a_trained_model_is_a_model_with_a_card(corpus: Path, tmp_path: Path) -> None:
    card = train("2bar", [corpus], tmp_path / "mine", TINY, False, None, silent)
    model = load_model(str(tmp_path / "mine.safetensors"))
    assert (model.neurons, model.steps, model.can_encode, model.can_decode) == (8, 32, True, True)
    assert card["songs"] == 6
    assert [len(card[part]) for part in ("held_out_songs", "watched_songs")] == [1, 1]
    assert {"steps_right", "clips_right", "note_f1", "steps_right_given_the_past"} < set(card["held_out"])
    assert card["baselines"]["always hold"]["steps_right"] == pytest.approx(0.75)
    assert json.loads((tmp_path / "mine.json").read_text())["card"]["settings"]["neurons"] == 8
    assert [entry["step"] for entry in card["curves"]["held_out"]] == [2, 4]


def test_one_song_is_enough_to_train_on(corpus: Path, tmp_path: Path) -> None:
    card = train("2bar", [corpus / "0.mid"], tmp_path / "mine", TINY, False, None, silent)
    assert (card["songs"], card["held_out_songs"]) == (1, [])
    assert (tmp_path / "mine.safetensors").is_file()


def test_every_step_is_reported_so_that_ctrl_c_waits_for_no_more_than_one(corpus: Path, tmp_path: Path) -> None:
    steps: list[int] = []
    train("2bar", [corpus], tmp_path / "mine", TINY, False, None, lambda done, _, text: steps.append(done))
    assert steps[-4:] == [1, 2, 3, 4]


def test_a_name_that_no_model_can_have_is_refused_before_the_training(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="my model"):
        train("2bar", [corpus], tmp_path / "my model", TINY, False, None, silent)
    assert not list(tmp_path.glob("my model*"))


def test_two_corpora_of_one_name_are_refused(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(MusicError, match="2 of the given corpora are called 'tunes'"):
        train("2bar", [corpus, tmp_path / "else" / "tunes"], tmp_path / "mine", TINY, False, None, silent)


def test_weights_too_large_for_the_file_are_named() -> None:
    with pytest.raises(ModelError, match="decoder/bias holds weights too large"):
        _halved({"decoder/bias": np.array([1.0, 1e6], np.float32)})


def test_a_damaged_checkpoint_of_a_training_is_named(corpus: Path, tmp_path: Path) -> None:
    state = tmp_path / "mine.training" / "state.safetensors"
    state.parent.mkdir()
    state.write_bytes(b"nothing of the kind")
    with pytest.raises(ModelError, match=r"state\.safetensors is damaged"):
        train("2bar", [corpus], tmp_path / "mine", TINY, True, None, silent)


def test_resuming_killing_and_learning_on_jax(tmp_path: Path) -> None:
    pytest.importorskip("jax", reason="JAX is not installed; the extra [jax] brings it")
    environment = os.environ | {"INNERVOICE_BACKEND": "jax", "KERAS_BACKEND": "jax"}
    # All trainings there have one network: it is compiled once, not once for each.
    environment |= {"JAX_COMPILATION_CACHE_DIR": str(tmp_path), "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0"}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        str(Path(__file__).with_name("on_jax.py")),
    ]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_rate_rises_along_a_line_and_falls_along_a_cosine() -> None:
    settings = MelodySettings(steps=1100, warmup=100, rate=1.0, last_rate=0.1)
    assert [learning_rate(settings, step) for step in (50, 100, 600, 1100)] == pytest.approx([0.5, 1.0, 0.55, 0.1])


OUT_OF_RANGE = [("save_every", "0"), ("transpose", "-1"), ("held_out", "nan"), ("rate", "inf"), ("seed", "-1")]


@pytest.mark.parametrize(
    ("values", "named"),
    [({"speed": "1"}, "speed"), ({"batch": "many"}, "batch=many"), ({"neurons": "0"}, "neurons=0")]
    + [({name: value}, f"{name}={value}") for name, value in OUT_OF_RANGE],
)
def test_a_setting_that_does_not_fit_is_named(values: dict[str, str], named: str) -> None:
    with pytest.raises(ModelError, match=named):
        MelodySettings().changed(values).spec(32, 90)


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="2bar"):
        train("opera", [tmp_path], tmp_path / "opera", TINY, False, None, silent)
