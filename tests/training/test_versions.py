"""Which songs are the same music."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from innervoice.music.reading import read_score
from innervoice.music.score import METER, NOTE, PEDAL, TEMPO, Score
from innervoice.training.versions import lines, tunes


def played(pitches: np.ndarray, seed: int, accompaniment: bool = True) -> Score:
    """A melody in free time with random velocities, over random chords of another instrument."""
    rng = np.random.default_rng(seed)
    times = np.cumsum(rng.uniform(0.2, 0.5, len(pitches)))
    notes = np.zeros(len(pitches) * (1 + accompaniment), NOTE)
    notes["start"] = np.tile(times, 1 + accompaniment)
    notes["end"], notes["velocity"] = notes["start"] + 0.1, rng.integers(1, 128, len(notes))
    notes["pitch"][: len(pitches)] = pitches
    notes["pitch"][len(pitches) :] = rng.integers(30, 50, len(notes) - len(pitches))
    notes["instrument"][len(pitches) :] = 1
    return Score("x", "", notes, np.zeros(0, TEMPO), np.zeros(0, METER), np.zeros(0, PEDAL), 480, "")


def test_versions_are_found_in_any_key_time_and_accompaniment() -> None:
    rng = np.random.default_rng(0)
    one, other = rng.integers(60, 80, 100), rng.integers(60, 80, 100)
    songs = [played(one, 1), played(other, 2), played(one + 3, 3), played(one[30:70], 4, False), played(other - 5, 5)]
    assert tunes([lines(song) for song in songs]).tolist() == [0, 1, 0, 0, 1]


def test_what_everybody_plays_makes_no_version() -> None:
    scale, ostinato = np.tile(np.arange(60, 72), 12), np.full(100, 60)
    assert tunes(
        [lines(played(line, seed, False)) for seed, line in enumerate((scale, ostinato, ostinato))]
    ).tolist() == [
        0,
        1,
        2,
    ]
    assert tunes([lines(played(np.zeros(0, int), 1, False))] * 2).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("017", "018", True), ("101", "103", True), ("492", "666", True), ("262", "805", True), ("001", "002", False)],
)
def test_versions_in_pop909(shared: Path, one: str, other: str, same: bool) -> None:
    folder = shared / "corpora" / "pop909"
    found = tunes([lines(read_score(folder / song / f"{song}.mid")) for song in (one, other)])
    assert (found[0] == found[1]) == same
