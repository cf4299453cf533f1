"""A training in a process of its own: it begins, stops, is resumed and ends as a model that opens."""

from __future__ import annotations

import errno
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from innervoice.engine import training_process
from innervoice.engine.service import Engine
from innervoice.engine.training_process import LAST, TrainingProcess
from innervoice.engine.translating import in_words
from innervoice.models.catalogue import find_model, known_models, model_folders
from innervoice.music.tokens import tokens_to_notes
from innervoice.music.writing import write_midi
from innervoice.training.kinds import KINDS

TINY = {"hidden": 8, "neurons": 4, "batch": 2, "evaluate_every": 1000, "patience": 0, "seed": 3}
PATIENCE = 600.0
"""Seconds after which a test gives up; a guard against hanging, not a measure."""


@pytest.fixture(autouse=True)
def usual_priority(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the training not stand back: beside other tests it would wait for them all."""
    monkeypatch.setattr(training_process, "TRAINING", 0)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Three songs of four bars."""
    folder = tmp_path / "tunes"
    folder.mkdir()
    rng = np.random.default_rng(0)
    for song in range(3):
        tokens = np.zeros(64, dtype=np.int16)
        tokens[::4] = rng.integers(40, 60, 16)
        write_midi(tokens_to_notes(tokens), folder / f"{song}.mid")
    return folder


class Ear:
    """Hears a training to its end, and stops it at a step."""

    def __init__(self, order: dict[str, Any], stop_at: int = 0) -> None:
        self.heads: list[dict[str, Any]] = []
        self._ended, self._stop_at = threading.Event(), stop_at
        self.process: TrainingProcess | None = None
        self.process = TrainingProcess(order, self._hear)
        assert self._ended.wait(PATIENCE)
        self.process.end(PATIENCE)

    def _hear(self, head: dict[str, Any]) -> None:
        self.heads.append(head)
        if head["kind"] == "progress" and head["total"] == self.steps and 0 < self._stop_at <= head["done"]:
            assert self.process is not None
            self.process.stop()
        if head["kind"] in LAST:
            self._ended.set()

    steps = 2000

    @property
    def last(self) -> dict[str, Any]:
        """How it ended."""
        return self.heads[-1]


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = Engine()
    yield made
    made.close()


def test_it_stops_is_resumed_and_ends_as_a_model_that_is_listed(corpus: Path, engine: Engine) -> None:
    out = model_folders()[-1] / "mine"
    order = {"kind": "bar", "corpora": [str(corpus)], "out": str(out), "begin_from": "", "backend": "", "resume": False}
    stopped = Ear(order | {"settings": TINY | {"steps": Ear.steps}}, stop_at=1)
    assert stopped.last == {"kind": "stopped"}
    told = engine.call("trainings")[0]
    assert [kind["name"] for kind in told["kinds"]] == list(KINDS)
    (entry,) = told["earlier"]
    assert (entry["name"], entry["kind"], entry["corpora"]) == ("mine", "bar", [str(corpus)])
    assert 0 < entry["step"] < Ear.steps
    settings = entry["settings"] | {"steps": entry["step"] + 2}
    done = Ear(order | {"settings": settings, "resume": True, "corpora": entry["corpora"]})
    assert done.last["kind"] == "done", done.last
    assert done.last["card"]["steps"] == entry["step"] + 2
    assert "mine" in [info.name for info in known_models()]
    assert find_model("mine").card["settings"]["hidden"] == 8


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"kind": "opera"}, "kind opera is not possible"), ({"out": "taken"}, "There is a model taken")],
)
def test_what_cannot_be_is_one_sentence(corpus: Path, tmp_path: Path, changes: dict[str, str], words: str) -> None:
    (tmp_path / "taken.safetensors").write_bytes(b"")
    order = {"kind": "bar", "corpora": [str(corpus)], "out": "new", "settings": {}, "begin_from": "", "backend": ""}
    order |= {"resume": False} | changes
    order["out"] = str(tmp_path / str(order["out"]))
    last = Ear(order).last
    assert last["kind"] == "failed"
    assert words in last["sentence"]


def test_a_full_disk_is_called_so() -> None:
    sentence = in_words(OSError(errno.ENOSPC, "No space left on device", "/m/state.safetensors"), "training").sentence
    assert sentence == "/m/state.safetensors could not be written: the disk is full; make room and try again."
