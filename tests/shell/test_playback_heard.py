"""The window's playback with the real player, into a file: what a person would hear."""

import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from innervoice.audio.player import Player
from innervoice.audio.synth import audio_problem
from innervoice.shell.facts import ClipFacts, Tune
from innervoice.shell.playback import Playback
from innervoice.shell.session import Session

pytestmark = pytest.mark.skipif(audio_problem() is not None, reason="FluidSynth is missing")

PATIENCE = 20_000
RATE = 44100
ORGAN = 16


def melody(*pitches: int) -> Any:
    """Return one bar of whole and half notes as tokens."""
    tokens = np.zeros(16, np.int16)
    tokens[:: 16 // len(pitches)] = np.array(pitches) - 19
    return tokens


@pytest.fixture
def session(qapp: Any) -> Iterator[Session]:
    made = Session()
    clip = ClipFacts(id=1, source="a.mid", track=0, first_step=0, qpm=80.0, steps=16)
    nothing = np.zeros((1, 0), np.float32)
    made.set_tune(Tune(1, "a.mid", "2bar", (clip,), melody(72, 74)[None], nothing, nothing))
    made.set_decoded(melody(79, 81))
    yield made
    made.deleteLater()


@pytest.fixture
def playback(session: Session, tmp_path: Path) -> Iterator[Playback]:
    def make(changed: Callable[[], None]) -> Player:
        return Player(driver=f"file:{tmp_path / 'heard.wav'}", changed=changed)

    made = Playback(session, make)
    assert made.player.wait_ready(PATIENCE / 1000)
    made.set_program(ORGAN)
    yield made
    made.close()


def loudness(path: Path) -> Any:
    """Return the loudness of each 12 ms of the file: of each of the driver's buffers."""
    deadline = time.monotonic() + PATIENCE / 1000
    while path.stat().st_size < 44:
        assert time.monotonic() < deadline
    with wave.open(str(path)) as wav:
        samples = np.frombuffer(wav.readframes(wav.getnframes()), "<i2") / 32768
    return np.sqrt((samples[: len(samples) // 1024 * 1024].reshape(-1, 1024) ** 2).mean(axis=1))


def test_original_and_decoded_change_places_without_a_gap(playback: Playback, qtbot: QtBot, tmp_path: Path) -> None:
    seen: list[Any] = []
    playback.moved.connect(seen.append)
    playback.play()
    for place in (0.2, 0.4, 0.6, 0.8, 1.0):
        qtbot.waitUntil(lambda place=place: playback.position() > place, timeout=PATIENCE)
        playback.switch_voice()
    qtbot.waitUntil(lambda: not playback.playing, timeout=PATIENCE)
    playback.close()
    times = [place for place in seen if place is not None]
    assert times == sorted(times)
    loud = loudness(tmp_path / "heard.wav") > 0.01
    first, last = np.flatnonzero(loud)[[0, -1]]
    assert loud[first:last].all()
    assert (last - first) * 512 / RATE == pytest.approx(3.0, abs=0.25)


def test_notes_heard_aside_end_by_themselves_and_by_stop(playback: Playback, qtbot: QtBot) -> None:
    notes = playback.notes("original")
    number = playback.hear(notes[:1])
    qtbot.waitUntil(lambda: (playback.heard_at(number) or 0.0) > 0.1, timeout=PATIENCE)
    assert playback.cursor == 0.0
    qtbot.waitUntil(lambda: not playback.playing, timeout=PATIENCE)
    assert playback.heard_at(number) is None
    playback.hear(notes)
    playback.stop()
    assert not playback.playing
    assert not playback.player.playing
