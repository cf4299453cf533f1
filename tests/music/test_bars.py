"""Scores cut into bars: bar lines, meters, what crosses and what is left out."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innervoice.music.bar_roll import CELLS, PITCHES, rolls_to_notes
from innervoice.music.bars import Bars, cut_bars
from innervoice.music.limits import Limits
from innervoice.music.midi import score_from_midi
from innervoice.music.reading import read_score
from innervoice.music.score import METER, NOTE, PEDAL, TEMPO, Score
from innervoice.music.writing import midi_bytes

Row = tuple[int, int, int]
Meters = tuple[tuple[float, int, int], ...]


def score(rows: list[tuple[float, float, int]], meters: Meters = (), tempos: Any = ((0.0, 0.0, 120.0),)) -> Score:
    """Score of (first step, last step, pitch) rows; meters are (step, numerator, denominator)."""
    notes = np.zeros(len(rows), NOTE)
    for number, (first, last, pitch) in enumerate(sorted(rows)):
        notes[number] = (first / 8, last / 8, first / 4, last / 4, pitch, 80, 0, 0, False)
    meter_table = np.array([(step / 8, step / 4, *meter) for step, *meter in meters], METER)
    return Score("hand.mid", "", notes, np.array(list(tempos), TEMPO), meter_table, np.zeros(0, PEDAL), 480, "ab12")


def struck(bars: Bars) -> list[tuple[int, int, int]]:
    """Articulations as (bar, step, pitch)."""
    return [(bar, step, row + 24) for bar, step, row in np.argwhere(bars.rolls[..., PITCHES:]).tolist()]


def sounding(bars: Bars) -> list[int]:
    """Cells that sound, in each bar."""
    return bars.rolls[..., :PITCHES].sum(axis=(1, 2)).tolist()


def reasons(bars: Bars) -> list[str]:
    return [one.reason for one in bars.rejected]


def test_a_note_across_a_bar_line_is_struck_once() -> None:
    bars = cut_bars(score([(12, 20, 60)]))
    assert struck(bars) == [(0, 12, 60)]
    assert sounding(bars) == [4, 4]
    assert bars.rolls[1, :5, 36].tolist() == [True] * 4 + [False]
    notes = rolls_to_notes(bars.rolls)
    assert notes[["start_quarter", "end_quarter", "pitch"]].tolist() == [(3.0, 5.0, 60)]


def test_repeated_notes_are_struck_again() -> None:
    bars = cut_bars(score([(0, 4, 60), (4, 8, 60)]))
    assert struck(bars) == [(0, 0, 60), (0, 4, 60)]
    assert sounding(bars) == [8]


def test_notes_go_to_the_nearest_sixteenth_and_last_one_at_least() -> None:
    bars = cut_bars(score([(0.4, 0.45, 60), (1.5, 3.4, 62), (15.6, 15.9, 64)]))
    assert struck(bars) == [(0, 0, 60), (0, 2, 62), (1, 0, 64)]
    assert sounding(bars) == [2, 1]


def test_silent_bars_between_are_bars() -> None:
    bars = cut_bars(score([(0, 4, 60), (64, 68, 60)]))
    assert sounding(bars) == [4, 0, 0, 0, 4]
    assert bars.first_quarter.tolist() == [0, 4, 8, 12, 16]


def test_tempo_changes_move_no_bar_line() -> None:
    one = score([(0, 8, 60), (24, 40, 62)])
    tempos = np.array([(0.0, 0.0, 120.0), (0.9, 1.8, 60.0), (5.0, 5.9, 200.0)], TEMPO)
    other = Score(**{**one.__dict__, "tempos": tempos})
    np.testing.assert_array_equal(cut_bars(one).rolls, cut_bars(other).rolls)
    assert cut_bars(other).qpm.tolist() == [120, 60, 200]
    assert cut_bars(Score(**{**one.__dict__, "tempos": tempos[:0]})).qpm.tolist() == [120, 120, 120]


@pytest.mark.parametrize(("numerator", "denominator"), [(4, 4), (2, 4), (2, 2), (4, 8)])
def test_meters_of_two_and_four_beats_are_cut_by_sixteen(numerator: int, denominator: int) -> None:
    bars = cut_bars(score([(0, 4, 60), (24, 28, 62)], meters=((0, numerator, denominator),)))
    assert struck(bars) == [(0, 0, 60), (1, 8, 62)]
    assert bars.rejected == ()


def test_bars_of_other_meters_are_left_out_and_the_rest_begins_anew() -> None:
    rows = [(0, 4, 60), (14, 30, 61), (18, 20, 62), (28, 32, 63), (44, 48, 64)]
    bars = cut_bars(score(rows, meters=((0, 4, 4), (16, 3, 4), (28, 4, 4))))
    assert bars.first_quarter.tolist() == [0, 7, 11]
    assert struck(bars) == [(0, 0, 60), (0, 14, 61), (1, 0, 63), (2, 0, 64)]
    assert sounding(bars) == [6, 6, 4], "61 sounds through the bar in 3/4"
    assert reasons(bars) == ["meter 3/4 is neither of 2 nor of 4 beats"]
    assert bars.rejected[0].what == "hand.mid from quarter 4"


def test_a_bar_that_a_change_of_meter_cuts_short_is_left_out() -> None:
    bars = cut_bars(score([(0, 4, 60), (16, 18, 62), (24, 28, 64)], meters=((16, 2, 4), (24, 4, 4))))
    assert struck(bars) == [(0, 0, 60), (1, 0, 64)]
    assert reasons(bars) == ["8 sixteenths before the next meter, at quarter 6, fill no bar"]


def test_a_meter_told_again_cuts_nothing() -> None:
    bars = cut_bars(score([(0, 40, 60)], meters=((0, 3, 4), (0, 4, 4), (8, 4, 4), (24, 3, 4), (24, 4, 4))))
    assert bars.first_quarter.tolist() == [0, 4, 8]
    assert bars.rejected == ()


def test_a_note_that_rounds_to_a_bar_line_belongs_behind_it() -> None:
    rows = [(0, 4, 59), (15.6, 20, 60), (27.6, 30, 62)]
    assert struck(cut_bars(score(rows))) == [(0, 0, 59), (1, 0, 60), (1, 12, 62)]
    bars = cut_bars(score(rows, meters=((16, 3, 4), (28, 4, 4))))
    assert struck(bars) == [(0, 0, 59), (1, 0, 62)], "60 is in the bar of 3/4"
    assert sounding(bars) == [4, 2]


def test_drums_and_far_pitches_are_not_heard() -> None:
    one = score([(0, 4, 23), (0, 4, 102), (0, 4, 24), (0, 4, 101), (0, 400, 60)])
    one.notes["drum"] = one.notes["pitch"] == 60
    bars = cut_bars(one)
    assert struck(bars) == [(0, 0, 24), (0, 0, 101)]
    assert (len(bars), bars.out_of_range) == (1, 2)


@pytest.mark.parametrize(("rows", "reason"), [([], "no notes"), ([(0, 4, 60)], "no notes but drums")])
def test_nothing_to_hear_is_said(rows: list[tuple[float, float, int]], reason: str) -> None:
    one = score(rows)
    one.notes["drum"] = True
    bars = cut_bars(one)
    assert bars.rolls.shape == (0, 16, 156)
    assert bars.first_quarter.shape == bars.qpm.shape == (0,)
    assert reasons(bars) == [reason]


def test_a_song_in_three_four_has_no_bar() -> None:
    bars = cut_bars(score([(0, 4, 60)], meters=((0, 3, 4),)))
    assert len(bars) == 0
    assert reasons(bars) == ["meter 3/4 is neither of 2 nor of 4 beats"]


def test_more_cells_than_allowed_are_left_out() -> None:
    bars = cut_bars(score([(0, 4, 60), (16 * 10**9, 16 * 10**9 + 4, 62)]), Limits(cells=5 * CELLS + 1))
    assert len(bars) == 5
    assert struck(bars) == [(0, 0, 60)]
    assert reasons(bars) == [f"more than {5 * CELLS + 1} grid cells; the rest is left out"]


row = st.tuples(st.integers(0, 200), st.integers(0, 40), st.sampled_from((24, 60, 101)))
meter = st.tuples(st.integers(0, 200), st.sampled_from((2, 3, 4)), st.sampled_from((4, 8)))


@given(st.lists(row, max_size=20), st.lists(meter, max_size=4))
def test_bars_hold_what_a_plain_loop_writes(
    rows: list[tuple[int, int, int]], meters: list[tuple[int, int, int]]
) -> None:
    notes = [(on, on + length, pitch) for on, length, pitch in rows]
    bars = cut_bars(score(notes, meters=tuple(sorted(meters, key=lambda one: one[0]))))
    expected = np.zeros(bars.rolls.shape, bool)
    for bar, first in enumerate((bars.first_quarter * 4).astype(int).tolist()):
        for on, off, pitch in notes:
            for step in range(max(on, first), min(max(off, on + 1), first + 16)):
                expected[bar, step - first, pitch - 24] = True
            if first <= on < first + 16:
                expected[bar, on - first, PITCHES + pitch - 24] = True
    np.testing.assert_array_equal(bars.rolls, expected)


@given(st.lists(row, min_size=1, max_size=20))
def test_a_file_made_of_bars_gives_the_same_bars(rows: list[Row]) -> None:
    bars = cut_bars(score([(on, on + length, pitch) for on, length, pitch in rows]))
    again = cut_bars(score_from_midi(midi_bytes(rolls_to_notes(bars.rolls)), "again.mid"))
    np.testing.assert_array_equal(again.rolls, bars.rolls)


@pytest.mark.parametrize("length", [4, 8, 32])
@pytest.mark.parametrize("numerator", [2, 4])
def test_frames_of_other_lengths_hold_the_same_steps(length: int, numerator: int) -> None:
    rows = [(0, 22, 60), (4, 5, 72), (16, 32, 64), (39, 40, 50), (68, 84, 70)]
    whole, parts = (cut_bars(score(rows, meters=((0, numerator, 4),)), length=steps) for steps in (16, length))
    steps = min(len(whole) * 16, len(parts) * length)
    assert (whole.rolls.reshape(-1, 156)[:steps] == parts.rolls.reshape(-1, 156)[:steps]).all()
    assert not whole.rolls.reshape(-1, 156)[steps:].any()
    assert parts.first_quarter.tolist() == (np.arange(len(parts)) * length / 4).tolist()


def test_a_real_song(shared: Path) -> None:
    song = read_score(shared / "corpora" / "pop909-cl" / "001.mid")
    bars = cut_bars(song)
    assert bars.rejected == ()
    notes = rolls_to_notes(bars.rolls)
    places = [np.floor(one["start_quarter"] * 4 + 0.5).astype(int) for one in (song.notes, notes)]
    in_file, in_rolls = (
        set(zip(place, one["pitch"], strict=True)) for place, one in zip(places, (song.notes, notes), strict=True)
    )
    assert in_rolls == in_file
