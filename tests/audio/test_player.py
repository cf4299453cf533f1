"""Playing, through the driver that writes a file, so that no sound card is needed."""

import gc
import subprocess
import sys
import threading
import time
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from innervoice.audio.cue import Cue
from innervoice.audio.player import Player
from innervoice.audio.soundfont import default_soundfont

pytestmark = pytest.mark.usefixtures("needs_fluidsynth")

Make = Callable[..., Any]
PATIENCE = 10.0
RATE = 44100


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.005)


def heard(path: Path) -> Any:
    """Return what the file driver wrote, as loudness (0 to 1) of each 10 ms."""
    with wave.open(str(path)) as wav:
        samples = np.frombuffer(wav.readframes(wav.getnframes()), "<i2") / 32768
    hop = 2 * RATE // 100
    return np.abs(samples[: len(samples) // hop * hop]).reshape(-1, hop).max(axis=1)


def test_notes_are_heard_in_time_and_playing_ends_by_itself(make_notes: Make, file_driver: str, tmp_path: Path) -> None:
    notes = make_notes([(0.0, 0.1, 69), (0.4, 0.5, 69)], program=16)
    seen = []
    with Player(driver=file_driver, changed=lambda: seen.append(1)) as player:
        assert player.wait_ready(PATIENCE)
        assert player.problem is None
        assert player.position() is None
        player.play(notes)
        assert player.playing
        until(lambda: (player.position() or 0.0) > 0.1)
        until(lambda: not player.playing)
        assert player.position() is None
    assert len(seen) == 2  # ready, and ended
    loud = heard(tmp_path / "played.wav") > 0.03
    starts = np.flatnonzero(loud[1:] & ~loud[:-1]) / 100
    assert np.diff(starts) == pytest.approx([0.4], abs=0.03)


def test_stopping_silences_the_rest(make_notes: Make, file_driver: str, tmp_path: Path) -> None:
    with Player(driver=file_driver) as player:
        player.play(make_notes([(0.0, 60.0, 69)], program=16))
        until(lambda: (player.position() or 0.0) > 0.2)
        player.stop()
        assert not player.playing
        assert player.position() is None
        player.play(make_notes([(0.5, 0.6, 69)]))  # half a second of silence is recorded before it
        until(lambda: not player.playing)
    loudness = heard(tmp_path / "played.wav")
    loud = np.flatnonzero(loudness > 0.05)
    gap = np.diff(loud).max() / 100
    assert gap > 0.4  # the organ was cut off and the second note came half a second later


def test_a_loop_goes_on_until_it_is_stopped(make_notes: Make, file_driver: str) -> None:
    with Player(driver=file_driver) as player:
        player.play(make_notes([(0.0, 0.1, 69)]), loop=True, length=0.2)
        rounds, last = 0, 0.0
        deadline = time.monotonic() + PATIENCE
        while rounds < 3 and time.monotonic() < deadline:
            now = player.position()
            if now is not None:
                assert 0.0 <= now < 0.2
                rounds += now < last
                last = now
            time.sleep(0.005)
        assert rounds == 3
        assert player.playing


def test_it_starts_where_it_is_told(make_notes: Make, file_driver: str) -> None:
    with Player(driver=file_driver) as player:
        player.play(make_notes([(0.0, 10.0, 69)]), start=5.0)
        until(lambda: player.position() is not None)
        position = player.position()
        assert position is not None
        assert 5.0 <= position < 10.0


def test_a_new_tune_replaces_the_old(make_notes: Make, file_driver: str) -> None:
    with Player(driver=file_driver) as player:
        for pitch in range(60, 70):
            player.play(make_notes([(0.0, 30.0, pitch)]))
        player.play(make_notes([(0.0, 0.1, 60)]))
        until(lambda: not player.playing)


def test_notes_that_cannot_be_played_are_a_problem_until_the_next_that_can(make_notes: Make, file_driver: str) -> None:
    with Player(driver=file_driver) as player:
        player.play(make_notes([(2.0, 1.0, 60)]))
        until(lambda: not player.playing)
        assert player.problem is not None
        assert "cannot be played" in player.problem
        player.play(make_notes([(0.0, 0.05, 60)]))
        until(lambda: not player.playing)
        assert player.problem is None


def test_voices_changes_and_taps_keep_the_music_going(make_notes: Make, file_driver: str, tmp_path: Path) -> None:
    voices = make_notes([(0.0, 1.2, 72)]), make_notes([(0.0, 1.2, 79)])
    with Player(driver=file_driver) as player:
        player.perform(Cue(voices, program=16))
        until(lambda: (player.position() or 0.0) > 0.2)
        player.choose(1)
        player.set_volume(0.8)
        until(lambda: (player.position() or 0.0) > 0.5)
        place = player.position()
        player.change(Cue(voices, heard=1, program=16, speed=0.9))
        player.tap(60, 100)
        until(lambda: (player.position() or 0.0) > 0.8)
        assert place is not None
        assert player.playing
        until(lambda: not player.playing)
        assert player.position() is None
    loud = heard(tmp_path / "played.wav") > 0.02
    first, last = np.flatnonzero(loud)[[0, -1]]
    assert loud[first:last].all()


def test_a_soundfont_is_changed_while_playing_and_a_bad_one_is_refused(
    make_notes: Make, file_driver: str, tmp_path: Path
) -> None:
    (tmp_path / "bad.sf2").write_bytes(b"RIFF\x40\x00\x00\x00sfbk" + bytes(64))
    good = default_soundfont()
    assert good is not None
    news: list[str | None] = []
    with Player(driver=file_driver, changed=lambda: news.append(player.refusal)) as player:
        player.play(make_notes([(0.0, 30.0, 72)]))
        until(lambda: (player.position() or 0.0) > 0.1)
        player.use_soundfont(tmp_path / "bad.sf2")
        until(lambda: player.refusal is not None)
        assert "bad.sf2: the soundfont is damaged" in str(player.refusal)
        assert player.playing
        player.use_soundfont(good)
        until(lambda: player.refusal is None)
        place = player.position()
        assert place is None or place > 0.1
        assert player.playing


def test_a_player_without_a_soundfont_gets_one_later(make_notes: Make, file_driver: str, tmp_path: Path) -> None:
    good = default_soundfont()
    assert good is not None
    with Player(soundfont=tmp_path / "missing.sf2", driver=file_driver) as player:
        assert player.wait_ready(PATIENCE)
        assert "cannot be read" in str(player.problem)
        player.use_soundfont(good)
        until(lambda: player.problem is None)
        player.play(make_notes([(0.0, 0.1, 72)]))
        until(lambda: player.position() is not None)


def test_two_players_at_once(make_notes: Make, tmp_path: Path) -> None:
    drivers = [f"file:{tmp_path / name}" for name in ("one.wav", "two.wav")]
    with Player(driver=drivers[0]) as one, Player(driver=drivers[1]) as two:
        one.play(make_notes([(0.0, 0.2, 60)]))
        two.play(make_notes([(0.0, 0.2, 67)]))
        until(lambda: not one.playing)
        one.close()
        until(lambda: not two.playing)
    assert heard(tmp_path / "one.wav").max() > 0.02
    assert heard(tmp_path / "two.wav").max() > 0.02


def test_closing_while_playing_and_asking_afterwards(make_notes: Make, file_driver: str) -> None:
    player = Player(driver=file_driver)
    player.play(make_notes([(0.0, 60.0, 60)]), loop=True)
    until(lambda: player.position() is not None)
    player.close()
    player.close()
    assert not player.playing
    assert player.position() is None
    player.play(make_notes([(0.0, 1.0, 60)]))
    assert not player.playing


def test_without_a_sound_card_there_is_a_sentence_and_no_harm(make_notes: Make, tmp_path: Path) -> None:
    driver = f"file:{tmp_path / 'no' / 'such' / 'folder' / 'x.wav'}"
    with Player(driver=driver) as player:
        player.play(make_notes([(0.0, 1.0, 60)]))
        assert player.wait_ready(PATIENCE)
        assert player.problem is not None
        assert "no sound output could be opened" in player.problem
        assert not player.playing
        player.play(make_notes([(0.0, 1.0, 60)]))
        assert not player.playing
        assert player.position() is None
        player.stop()


def test_an_unknown_driver_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INNERVOICE_AUDIO_DRIVER", "gramophone")
    with Player() as player:
        assert player.wait_ready(PATIENCE)
        assert player.problem is not None
        assert "gramophone" in player.problem


def test_200_turns_do_not_grow(make_notes: Make, file_driver: str) -> None:
    notes = make_notes([(k / 10, k / 10 + 0.1, 60 + k) for k in range(20)])
    process = psutil.Process()
    with Player(driver=file_driver) as player:
        assert player.wait_ready(PATIENCE)
        before = 0
        for turn in range(200):
            player.play(notes, loop=bool(turn % 2))
            if turn % 20 == 0:
                until(lambda: player.position() is not None)
            player.stop()
            if turn == 20:
                gc.collect()
                before = process.memory_info().rss
        assert process.memory_info().rss - before < 8 << 20


def test_40_players_leave_no_thread_and_no_file(make_notes: Make, file_driver: str) -> None:
    process = psutil.Process()
    threads, files = process.num_threads(), process.num_fds()
    for turn in range(40):
        with Player(driver=file_driver) as player:
            if turn % 2:
                player.wait_ready(PATIENCE)
            player.play(make_notes([(0.0, 1.0, 60)]))
    until(lambda: process.num_threads() <= threads)
    assert process.num_fds() <= files
    assert "innervoice-audio" not in {thread.name for thread in threading.enumerate()}


def test_a_process_that_never_closes_its_player_still_ends_quietly(file_driver: str) -> None:
    code = (
        "import numpy as np\n"
        "from innervoice.audio.player import Player\n"
        "from innervoice.music.score import NOTE\n"
        "notes = np.zeros(1, NOTE); notes['end'] = 60; notes['pitch'] = 60; notes['velocity'] = 90\n"
        f"player = Player(driver={file_driver!r}); player.wait_ready(10); player.play(notes, loop=True)\n"
        "while player.position() is None: pass\n"
        "Player().wait_ready(10)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
