"""`innervoice train`: what the verb hands to the training, and how it ends."""

import json
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from innervoice.models.errors import ModelError

Command = Callable[..., Any]


@pytest.fixture
def training(monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    """Return a module in the training's place, whose `train` notes what it was given."""
    module = types.ModuleType("innervoice.training.train")
    module.calls = []  # type: ignore[attr-defined]

    def train(*given: Any) -> dict[str, Any]:
        module.calls.append(given)  # type: ignore[attr-defined]
        given[-1](1, 2, "Training")
        return {"name": "mine"}

    module.train = train  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "innervoice.training.train", module)
    return module


def test_the_training_gets_kind_folders_out_and_settings(
    command: Command, training: Any, folder: Path, tmp_path: Path
) -> None:
    words = ("--corpus", folder, folder, "--corpus", tmp_path, "--out", tmp_path / "m", "--set", "steps=3", "--resume")
    words += ("--from", "innervoice-2bar")
    done = command("train", "2bar", *words, "--json")
    assert (done.status, json.loads(done.out)) == (0, {"name": "mine"})
    kind, corpora, out, settings, resume, begin_from, _ = training.calls[0]
    assert (kind, corpora, out) == ("2bar", [folder, folder, tmp_path], tmp_path / "m")
    assert (settings, resume) == ({"steps": "3"}, True)
    assert begin_from == "innervoice-2bar"


def test_a_corpus_that_is_not_there_is_named(command: Command, training: Any, tmp_path: Path) -> None:
    done = command("train", "2bar", "--corpus", tmp_path / "none", "--out", tmp_path / "m")
    assert "none does not exist" in done.error
    assert not training.calls


def test_an_error_of_the_training_is_one_line(command: Command, training: Any, folder: Path, tmp_path: Path) -> None:
    def fail(*given: Any) -> None:
        raise ModelError("Training a model of kind bar is not possible; choose 2bar.")

    training.train = fail
    done = command("train", "bar", "--corpus", folder, "--out", tmp_path / "m")
    assert (done.status, done.error) == (1, "Training a model of kind bar is not possible; choose 2bar.")


def test_ctrl_c_stops_at_the_next_step_and_says_how_to_go_on(
    command: Command, training: Any, folder: Path, tmp_path: Path
) -> None:
    def interrupted(*given: Any) -> None:
        import os
        import signal

        os.kill(os.getpid(), signal.SIGINT)
        given[-1](1, 2, "Training")
        raise AssertionError("the step after Ctrl-C was done")

    training.train = interrupted
    for begun in (False, True):
        if begun:
            (tmp_path / "m.training").mkdir()
        done = command("train", "2bar", "--corpus", folder, "--out", tmp_path / "m")
        assert done.status == 130
        assert ("--resume" in done.err) == begun
