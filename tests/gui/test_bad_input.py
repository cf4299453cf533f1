"""Each bad input is a sentence that names the thing; the tune in view, the study and the window stay."""

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from innervoice.music.score import NOTE
from innervoice.music.writing import midi_bytes


def header(tracks: int = 1) -> bytes:
    """Return a MIDI header of 480 ticks a quarter."""
    return b"MThd" + struct.pack(">IHHH", 6, 1, tracks, 480)


def track(events: bytes) -> bytes:
    """Return a track chunk."""
    return b"MTrk" + struct.pack(">I", len(events)) + events


def tune(drum: bool = False) -> bytes:
    """Return a MIDI file of eight quarters, for a melody or for drums."""
    notes = np.zeros(8, NOTE)
    notes["start_quarter"], notes["end_quarter"] = np.arange(8), np.arange(8) + 0.9
    notes["start"], notes["end"] = notes["start_quarter"] / 2, notes["end_quarter"] / 2
    notes["pitch"], notes["velocity"], notes["drum"] = 60, 80, drum
    return midi_bytes(notes)


def waltz() -> bytes:
    """Return a MIDI file in 3/4."""
    notes = b"".join(b"\x00\x90\x3c\x50" + b"\x83\x60\x80\x3c\x40" for _ in range(24))
    return header() + track(b"\x00\xff\x58\x04\x03\x02\x18\x08" + notes + b"\x00\xff\x2f\x00")


def bomb() -> bytes:
    """Return the small file whose one note lasts for years."""
    return header() + track(b"\x00\x90\x3c\x40\xff\xff\xff\x7f\x80\x3c\x40\x00\xff\x2f\x00")


BAD: dict[str, Callable[[], bytes]] = {
    "truncated.mid": lambda: tune()[:60],
    "text.mid": lambda: b"This is a letter and no music.\n" * 20,
    "empty.mid": lambda: b"",
    "drums.mid": lambda: tune(drum=True),
    "waltz.mid": waltz,
    "bomb.mid": bomb,
    "empty.musicxml": lambda: b"",
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_score_is_a_sentence_and_nothing_is_lost(
    desktop: Any, tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest
) -> None:
    request.node.add_marker(pytest.mark.expects_log(name))
    path = tmp_path / name
    path.write_bytes(BAD[name]())
    before = desktop.session.tune
    desktop.work.open_paths([path])
    sentence = desktop.until_said(name)
    assert "\n" not in sentence
    assert "Traceback" not in sentence
    desktop.until(lambda: not desktop.work.jobs.running)
    assert desktop.session.tune is before
    desktop.session.set_neuron(0, 1.0)
    desktop.until_settled()
    assert desktop.session.decoded[0] == 60


@pytest.mark.expects_log("huge.mid")
def test_a_file_of_300_megabytes_is_refused_unread(desktop: Any, tmp_path: Path) -> None:
    path = tmp_path / "huge.mid"
    with path.open("wb") as stream:
        stream.write(header())
        stream.truncate(300_000_000)
    desktop.work.open_paths([path])
    assert "huge.mid" in desktop.until_said("huge.mid")
    desktop.until(lambda: not desktop.work.jobs.running)


@pytest.mark.expects_log("does not exist")
def test_a_file_that_is_gone_is_said(desktop: Any, tmp_path: Path) -> None:
    desktop.work.open_paths([tmp_path / "gone.mid"])
    assert "gone.mid" in desktop.until_said("does not exist")
