"""`innervoice render`."""

import json
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from innervoice.audio.synth import audio_problem

Command = Callable[..., Any]


def test_a_file_becomes_sound(command: Command, folder: Path, tmp_path: Path) -> None:
    if problem := audio_problem():
        pytest.skip(problem)
    done = command("render", folder / "a.mid", "--out", tmp_path / "a.wav", "--json")
    assert (done.status, done.err) == (0, "")
    assert json.loads(done.out)["notes"] == 16
    with wave.open(str(tmp_path / "a.wav")) as wav:
        assert wav.getnframes() == pytest.approx((8 + 1) * 44100, abs=100)


@pytest.mark.parametrize("name", ["text.mid", "empty.mid", "truncated.mid", "bomb.mid", "none.mid"])
def test_what_cannot_be_heard_is_one_line(command: Command, mixed_folder: Path, tmp_path: Path, name: str) -> None:
    done = command("render", mixed_folder / name, "--out", tmp_path / "a.wav")
    assert done.status == 1
    assert name in done.error
    assert not (tmp_path / "a.wav").exists()


def test_without_fluidsynth_the_remedy_is_named(
    command: Command, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INNERVOICE_FLUIDSYNTH", "libnothing.so.9")
    done = command("render", folder / "a.mid", "--out", tmp_path / "a.wav")
    assert done.status == 1
    assert "apt install libfluidsynth3" in done.error


def test_a_soundfont_that_is_none_is_named(command: Command, folder: Path, tmp_path: Path) -> None:
    done = command("render", folder / "a.mid", "--out", tmp_path / "a.wav", "--soundfont", folder / "b.mid")
    assert "b.mid: not a soundfont" in done.error
