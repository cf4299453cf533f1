"""Rolls of bars and notes: what is written comes back."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from innervoice.music.bar_roll import (
    CELLS,
    DEPTH,
    HIGHEST,
    LOWEST,
    PITCHES,
    Rolls,
    in_one_key,
    notes_to_rolls,
    onsets,
    rolls_to_notes,
    transposed,
)

BARS = 3
STEPS = BARS * 16
Row = tuple[int, int, int]

# Onset, length and pitch; a few pitches only, so that notes of one pitch meet.
rows = st.lists(
    st.tuples(st.integers(0, STEPS - 1), st.integers(1, 40), st.sampled_from((LOWEST, 60, 61, HIGHEST))), max_size=30
)


def written(notes: Sequence[Row], bars: int = BARS) -> Rolls:
    """Rolls of struck notes (onset, end, pitch)."""
    on, off, pitch = np.array(notes, np.int64).reshape(-1, 3).T
    return notes_to_rolls(on, off, pitch, np.ones(len(on), bool), bars)


def read(rolls: Rolls) -> list[Row]:
    """Notes of rolls as (onset, end, pitch) in steps."""
    notes = rolls_to_notes(rolls)
    steps = np.rint(np.stack([notes["start_quarter"], notes["end_quarter"]]) * 4).astype(int)
    return list(zip(*steps.tolist(), notes["pitch"].tolist(), strict=True))


def without_overlaps(drawn: list[Row]) -> list[Row]:
    """Notes of which none begins before another of its pitch has ended."""
    free: dict[int, int] = {}
    kept = []
    for on, length, pitch in sorted(drawn):
        if on >= free.get(pitch, 0):
            kept.append((on, min(on + length, STEPS), pitch))
            free[pitch] = kept[-1][1]
    return sorted(kept, key=lambda row: (row[0], row[2]))


def test_a_bar_has_the_published_number_of_cells() -> None:
    assert (PITCHES, DEPTH, CELLS) == (78, 156, 2496)
    assert written([], 1).reshape(1, -1).shape == (1, 2496)


def test_a_hand_checked_bar() -> None:
    bar = written([(0, 2, 60), (2, 3, 60), (1, 4, 64)], 1)[0]
    sounding, struck = bar[:, :78], bar[:, 78:]
    assert np.argwhere(sounding).tolist() == [[0, 36], [1, 36], [1, 40], [2, 36], [2, 40], [3, 40]]
    assert np.argwhere(struck).tolist() == [[0, 36], [1, 40], [2, 36]]


@given(rows)
def test_notes_on_the_grid_come_back(drawn: list[Row]) -> None:
    notes = without_overlaps(drawn)
    assert read(written(notes)) == notes


@given(rows)
def test_overlapping_notes_are_each_other_s_end(drawn: list[Row]) -> None:
    rolls = written([(on, on + length, pitch) for on, length, pitch in drawn])
    onsets = {(on, pitch) for on, _, pitch in drawn}
    cells = {(step, pitch) for on, length, pitch in drawn for step in range(on, min(on + length, STEPS))}
    notes = read(rolls)
    assert {(on, pitch) for on, _, pitch in notes} == onsets
    assert sorted((step, pitch) for on, off, pitch in notes for step in range(on, off)) == sorted(cells)
    np.testing.assert_array_equal(written(notes), rolls)


@given(st.integers(0, 2**32 - 1), st.floats(0, 1))
def test_any_cells_are_music_and_the_music_stays_the_same(seed: int, share: float) -> None:
    rolls: NDArray[np.bool_] = np.random.default_rng(seed).random((2, 16, DEPTH)) < share
    notes = read(rolls)
    again = written(notes, 2)
    assert read(again) == notes
    np.testing.assert_array_equal(again[..., :PITCHES], rolls[..., :PITCHES])


def test_what_is_not_struck_sounds_on_from_before() -> None:
    here = np.array([0]), np.array([4]), np.array([60]), np.array([False])
    bar = notes_to_rolls(*here, 1)
    assert not bar[..., PITCHES:].any()
    assert read(bar) == [(0, 4, 60)], "of the bar alone it is a note"
    both = np.concatenate([written([(8, 16, 60)], 1), bar])
    assert read(both) == [(8, 20, 60)], "behind its beginning it is one note with it"


def test_other_pitches_and_notes_of_no_length() -> None:
    assert read(written([(0, 4, LOWEST - 1), (0, 4, HIGHEST + 1), (3, 3, 60)])) == [(3, 4, 60)]


def test_an_articulation_of_silence_is_no_note() -> None:
    rolls = np.zeros((1, 16, DEPTH), bool)
    rolls[0, 3, PITCHES + 5] = True
    assert read(rolls) == []


def test_times_follow_the_tempo() -> None:
    notes = rolls_to_notes(written([(4, 8, 60)]), qpm=60.0, velocity=90)
    assert notes[["start", "end", "velocity"]].tolist() == [(1.0, 2.0, 90)]
    assert rolls_to_notes(written([(0, 1, 60)]))["velocity"].tolist() == [120]


@given(st.lists(rows, min_size=1, max_size=4), st.lists(st.integers(-80, 80), min_size=4, max_size=4))
def test_transposing_rolls_is_transposing_notes(bars: list[list[Row]], semitones: list[int]) -> None:
    drawn = [without_overlaps([(on % 16, length % 5 + 1, pitch) for on, length, pitch in bar]) for bar in bars]
    drawn = [[(on, min(off, 16), pitch) for on, off, pitch in bar] for bar in drawn]
    rolls = np.concatenate([written(bar, 1) for bar in drawn])
    moved = transposed(rolls, np.array(semitones[: len(bars)]))
    for bar, roll, by in zip(drawn, moved, semitones, strict=False):
        fits = all(LOWEST <= pitch + by <= HIGHEST for _, _, pitch in bar)
        assert read(roll[None]) == [(on, off, pitch + by * fits) for on, off, pitch in bar]


def test_in_one_key_transpositions_are_equal() -> None:
    rolls = np.concatenate([written([(0, 4, 60 + up), (4, 6, 67 + up)], 1) for up in (0, 5, 34, -36)])
    assert read(in_one_key(rolls)[2][None]) == [(0, 4, LOWEST), (4, 6, LOWEST + 7)]
    assert (in_one_key(rolls) == in_one_key(rolls)[:1]).all()
    assert not in_one_key(np.zeros((1, 16, DEPTH), bool)).any()


@given(st.integers(0, 2**32 - 1), st.floats(0, 1))
def test_onsets_are_where_the_notes_of_each_bar_begin(seed: int, share: float) -> None:
    rolls: NDArray[np.bool_] = np.random.default_rng(seed).random((3, 16, DEPTH)) < share
    for roll, begins in zip(rolls, onsets(rolls), strict=True):
        found = [(step, row + LOWEST) for step, row in np.argwhere(begins).tolist()]
        assert found == [(on, pitch) for on, _, pitch in read(roll[None])]


@pytest.mark.parametrize(
    "bad", [np.zeros((1, 16, 78), bool), np.zeros((16, DEPTH), bool), np.zeros((1, 16, DEPTH), np.float32)]
)
def test_what_is_no_roll_is_refused(bad: NDArray[np.generic]) -> None:
    with pytest.raises(ValueError, match=r"truth values \[bars, 16, 156\]"):
        rolls_to_notes(bad)
