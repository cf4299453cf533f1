"""Folders of music as training clips."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from innervoice.music.errors import MusicError
from innervoice.music.melody import MelodyRules
from innervoice.music.tokens import tokens_to_notes
from innervoice.music.writing import write_midi
from innervoice.training.corpus import song_name
from innervoice.training.melody_corpus import read_melodies, transpose
from innervoice.training.pop909 import melody_score, parts_file

RULES = MelodyRules(per_file=None)


def silent(done: int, total: int, text: str) -> None:
    """No report."""


def scale(first: int) -> np.ndarray:
    """Two bars of quarter notes going up from a pitch."""
    tokens = np.zeros(32, dtype=np.int16)
    tokens[::4] = first - 19 + np.arange(8)
    return tokens


def tune(path: Path, first: int) -> Path:
    write_midi(tokens_to_notes(scale(first)), path)
    return path


def test_each_song_keeps_each_of_its_clips_once(tmp_path: Path) -> None:
    for name, first in (("a.mid", 60), ("b.mid", 60), ("c.mid", 64)):
        tune(tmp_path / name, first)
    corpus = read_melodies([tmp_path], RULES, silent)
    assert [Path(song).name for song in corpus.songs] == ["a.mid", "b.mid", "c.mid"]
    assert corpus.song.tolist() == [0, 1, 2]
    # The same scale three times, once in another key.
    assert len(set(corpus.shape.tolist())) == 1
    assert any((clip == scale(60)).all() for clip in corpus.examples)


def test_what_gives_no_clip_is_listed_with_a_reason(tmp_path: Path) -> None:
    tune(tmp_path / "good.mid", 60)
    (tmp_path / "bad.mid").write_bytes(b"no music at all")
    corpus = read_melodies([tmp_path], RULES, silent)
    assert len(corpus.songs) == 1
    (name, reason) = corpus.rejected[0]
    assert name.endswith("bad.mid")
    assert "bad.mid" in reason


def test_a_folder_without_clips_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MusicError, match="no clip to train on"):
        read_melodies([tmp_path], RULES, silent)


def test_transposition_moves_notes_and_nothing_else() -> None:
    tokens = np.array([[0, 1, 41, 0], [1, 41, 0, 43]], dtype=np.int16)
    moved = transpose(tokens, np.array([3, -2], dtype=np.int16))
    assert moved.tolist() == [[0, 1, 44, 0], [1, 39, 0, 41]]


def test_a_clip_that_would_leave_the_keyboard_stays() -> None:
    tokens = np.array([[2, 0, 50, 1], [89, 0, 50, 1]], dtype=np.int16)
    assert (transpose(tokens, np.array([-1, 1], dtype=np.int16)) == tokens).all()


def test_the_melody_of_pop909_is_found_by_pitch_in_time_order(shared: Path) -> None:
    songs = sorted((shared / "corpora" / "pop909-cl").glob("*.mid"))[1:200:40]
    for song in songs:
        parts = parts_file(song)
        assert parts is not None
        melody = melody_score(song, parts)
        assert 50 < len(melody.notes) < 2000
        # A sung line: hardly two notes begin together.
        starts = np.round(melody.notes["start_quarter"] * 4)
        assert len(np.unique(starts)) > 0.9 * len(starts)


def test_a_song_is_named_by_its_folder_and_file_in_signs_that_a_card_can_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert song_name(Path("a/tunes"), Path("a/tunes/deep/1.mid")) == "tunes/deep/1.mid"
    assert song_name(Path(), Path("1.mid")) == f"{tmp_path.name}/1.mid"
    assert song_name(Path("1.mid"), Path("1.mid")) == "1.mid"
    # A name that is no UTF-8, as Python reads it from a Linux disk.
    assert song_name(Path("tunes"), Path("tunes/\udcff.mid")) == "tunes/?.mid"
