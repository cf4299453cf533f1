"""Magenta's drums, trios and grooves through its own TrainedModel: random checkpoints, in a process of their own."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import innervoice_plugins.magenta_music as plugin
from innervoice.engine.brought import open_source
from innervoice.engine.errors import EngineError
from innervoice.host.loading import load_plugins
from innervoice.plugin.testing import small_study
from innervoice_plugins.magenta_music.analysis import MagentaMusic
from innervoice_plugins.magenta_music.configurations import CONFIGURATIONS

PROGRAM = Path(__file__).with_name("magenta_program.py")
NAMES = ("cat-drums_2bar_small", "flat-trio_16bar", "groovae_2bar_humanize")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the plugin made of each checkpoint."""
    if find_spec("magenta") is None:
        pytest.skip("Magenta is not installed here")
    command = [sys.executable, str(PROGRAM), str(tmp_path_factory.mktemp("magenta")), *NAMES]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    answers: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answers


@pytest.mark.parametrize("name", NAMES)
def test_it_samples_encodes_and_decodes(told: dict[str, Any], name: str) -> None:
    one, configuration = told[name], CONFIGURATIONS[name]
    assert one["failures"] == []
    assert one["words"] == [3, configuration.width]
    assert one["mu"] == [3, 6]
    assert one["same"], "the same point gives the same clip"
    assert one["back"], "whole numbers lose nothing of a clip"
    assert min(one["notes"]) > 0
    assert one["drums"] is ("trio" not in name)
    assert configuration.music in one["why_not_melodies"]
    assert {voice for clip in one["voices"] for voice in clip} <= {*range(len(configuration.voices))}


def test_it_keeps_the_promises_of_plugins(told: dict[str, Any]) -> None:
    assert told["faults"] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_midi_file_is_read_and_encoded(told: dict[str, Any], name: str) -> None:
    read = told[name]["there_and_back"]
    assert read["clips"] >= 1
    assert read["finite"]
    trio = {"0": [72, 73, 74, 75], "1": [40, 41, 42, 43], "2": [36]}
    assert read["pitches"] == (trio if "trio" in name else {"0": [36], "1": [], "2": []})


@pytest.mark.parametrize("name", NAMES)
def test_the_analysis_draws_rolls_and_the_same_seed_the_same(told: dict[str, Any], name: str) -> None:
    runs = told[name]["runs"]
    assert {run["figures"] for run in runs.values()} == {3}
    assert all(run["same"] for run in runs.values())
    assert [runs[show]["title"] for show in ("neuron", "way")] == ["1: neuron 1 at -3.0", "1: 0% of the way"]


@pytest.mark.parametrize("name", list(CONFIGURATIONS))
def test_clips_are_written_in_whole_numbers_and_read_again(name: str) -> None:
    one, rng = CONFIGURATIONS[name], np.random.default_rng(0)
    if one.numbers:
        words = rng.integers(-1000, 1001, (2, one.width)).astype(np.int16)
    else:
        words = np.stack([rng.integers(0, size, (2, one.steps)) for size in one.parts], -1).reshape(2, -1)
    np.testing.assert_array_equal(one.words(one.tensors(words)), words)
    assert len(one.inputs(words)[0]) == one.steps


def test_a_drum_set_is_read_drum_by_drum() -> None:
    words = np.zeros((1, 32), np.int16)
    words[0, 0] = 0b101
    roll = CONFIGURATIONS["cat-drums_2bar_small"].inputs(words)[0]
    assert roll[0].tolist() == [1, 0, 1, 0, 0, 0, 0, 0, 0, 0]
    assert roll[1].tolist() == [0] * 9 + [1]


def test_without_a_checkpoint_nothing_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INNERVOICE_MAGENTA", str(tmp_path))
    assert plugin.innervoice_models() == plugin.innervoice_analyses() == []
    with pytest.raises(ValueError, match="holds no checkpoint"):
        MagentaMusic().run(small_study(), MagentaMusic.Parameters())


def test_a_file_that_is_no_checkpoint_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / NAMES[0]
    folder.mkdir()
    (folder / "model.ckpt-1.index").write_bytes(b"no checkpoint")
    (folder / "hparams.json").write_text("{")
    monkeypatch.setenv("INNERVOICE_MAGENTA", str(tmp_path))
    found = load_plugins()
    with pytest.raises(EngineError, match=r"hparams\.json is no JSON"):
        open_source(found.models["magenta-cat-drums-2bar-small"])
