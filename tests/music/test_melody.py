"""The rules of extraction, one at a time, on melodies that can be checked by hand."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from innervoice.music.limits import Limits
from innervoice.music.melody import MelodyRules, extract_melodies
from innervoice.music.midi import score_from_midi
from innervoice.music.score import METER, NOTE, PEDAL, TEMPO, Score

Rows = list[tuple[float, float, int]]
ALL = MelodyRules(per_file=None)


@pytest.fixture
def score() -> Callable[..., Score]:
    """Function that makes a score of (first step, last step, pitch) rows at 120 quarter notes a minute."""

    def make(
        rows: Rows, program: int = 0, drum: bool = False, meters: tuple[tuple[float, int, int], ...] = ()
    ) -> Score:
        notes = np.zeros(len(rows), NOTE)
        for number, (first, last, pitch) in enumerate(sorted(rows)):
            quarters = (first / 4, last / 4)
            notes[number] = (quarters[0] / 2, quarters[1] / 2, *quarters, pitch, 80, 0, program, drum)
        meter_table = np.array([(time, time * 2, *meter) for time, *meter in meters], METER)
        tempos = np.array([(0.0, 0.0, 120.0)], TEMPO)
        return Score("hand.mid", "", notes, tempos, meter_table, np.zeros(0, PEDAL), 480, "ab12")

    return make


def tokens(score: Score, rules: MelodyRules = ALL) -> list[dict[int, int]]:
    """Each clip as {step: token}, holds left out."""
    clips = extract_melodies(score, rules).clips.tokens
    return [{step: token for step, token in enumerate(clip.tolist()) if token} for clip in clips]


def test_the_last_bar_is_filled_and_its_note_ended(score: Callable[..., Score]) -> None:
    assert tokens(score([(0, 4, 60), (16, 20, 62)])) == [{0: 41, 4: 1, 16: 43, 20: 1}]


def test_a_last_note_that_ends_with_its_bar_has_no_note_off(score: Callable[..., Score]) -> None:
    assert tokens(score([(0, 4, 60), (16, 32, 62)])) == [{0: 41, 4: 1, 16: 43}]


def test_a_melody_begins_at_the_bar_line_before_its_first_note(score: Callable[..., Score]) -> None:
    extraction = extract_melodies(score([(35, 36, 60), (49, 60, 62)]), ALL)
    assert extraction.clips.first_step.tolist() == [32]
    assert extraction.clips.tokens[0].nonzero()[0].tolist() == [3, 4, 17, 28]


def test_a_window_moves_by_one_bar_and_forgets_a_note_that_began_before(score: Callable[..., Score]) -> None:
    assert tokens(score([(0, 20, 60), (32, 48, 62)])) == [{0: 41, 20: 1}, {16: 43}]


def test_a_silence_of_a_bar_ends_a_melody(score: Callable[..., Score]) -> None:
    whole = [(0, 4, 60), (16, 30, 62), (45, 48, 64), (64, 70, 65)]
    broken = [(0, 4, 60), (16, 30, 62), (46, 48, 64), (64, 70, 65)]
    assert tokens(score(whole))[1] == {0: 43, 14: 1, 29: 45}
    assert tokens(score(broken)) == [{0: 41, 4: 1, 16: 43, 30: 1}]
    longer = [*broken[:3], (48, 60, 65)]
    assert tokens(score(longer)) == [{0: 41, 4: 1, 16: 43, 30: 1}, {14: 45, 16: 46, 28: 1}]


def test_the_highest_of_simultaneous_onsets_is_kept_or_the_instrument_left(score: Callable[..., Score]) -> None:
    chord = score([(0, 8, 60), (0, 2, 67), (16, 32, 62)])
    assert tokens(chord) == [{0: 48, 2: 1, 16: 43}]
    skipped = extract_melodies(chord, MelodyRules(per_file=None, polyphony="skip"))
    assert len(skipped.clips) == 0
    assert [r.reason for r in skipped.rejected] == ["two notes begin together", "no melody of 2bar"]


def test_onsets_are_rounded_to_the_grid_and_a_note_is_a_step_long_at_least(score: Callable[..., Score]) -> None:
    assert tokens(score([(0.49, 0.5, 60), (2.5, 2.6, 62), (16, 32, 64)])) == [{0: 41, 1: 1, 3: 43, 4: 1, 16: 45}]


def test_equal_clips_are_kept_once_unless_asked(score: Callable[..., Score]) -> None:
    bars = [(16 * bar, 16 * bar + 16, 60) for bar in range(4)]
    assert len(tokens(score(bars))) == 1
    assert len(tokens(score(bars), MelodyRules(per_file=None, dedupe=False))) == 3


def test_long_melodies_are_cut(score: Callable[..., Score]) -> None:
    bars = [(16 * bar, 16 * bar + 16, 40 + bar) for bar in range(30)]
    assert len(tokens(score(bars), MelodyRules(per_file=None, max_bars=10))) == 9
    assert len(tokens(score(bars), MelodyRules("16bar", per_file=None))) == 15


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"program": 40}, "no note of the programs"),
        ({"drum": True}, "no note of the programs"),
        ({"meters": ((0.0, 3, 4),)}, "meter 3/4"),
    ],
)
def test_what_is_left_out_has_a_reason(options: dict[str, object], reason: str, score: Callable[..., Score]) -> None:
    extraction = extract_melodies(score([(0, 32, 60)], **options), ALL)
    assert len(extraction.clips) == 0
    assert reason in extraction.rejected[0].reason
    assert extraction.rejected[0].what.startswith("hand.mid")


def test_all_programs_count_for_16_bars(score: Callable[..., Score]) -> None:
    bars = [(16 * bar, 16 * bar + 16, 40 + bar) for bar in range(16)]
    assert len(tokens(score(bars, program=73), MelodyRules("16bar", per_file=None))) == 1


def test_meters_of_sixteen_sixteenths_are_taken(score: Callable[..., Score]) -> None:
    assert len(tokens(score([(0, 32, 60)], meters=((0.0, 2, 2),)))) == 1


def test_a_change_of_meter_begins_a_new_grid(score: Callable[..., Score]) -> None:
    # 3/4 for one bar (12 steps, 1.5 s), then 4/4.
    waltz = score([(0, 12, 60), (12, 28, 62), (28, 44, 64)], meters=((0.0, 3, 4), (1.5, 4, 4)))
    extraction = extract_melodies(waltz, ALL)
    assert extraction.clips.first_step.tolist() == [12]
    assert tokens(waltz) == [{0: 43, 16: 45}]


def test_a_note_is_cut_where_the_tempo_changes(smf: Callable[..., bytes]) -> None:
    bar = 4 * 480
    track = [(0, b"\x90\x3c\x40"), (2 * bar, b"\xff\x51\x03\x04\x00\x00"), (3 * bar, b"\x80\x3c\x40")]
    later = [(3 * bar, b"\x90\x3e\x40"), (5 * bar, b"\x80\x3e\x40")]
    clips = extract_melodies(score_from_midi(smf(track + later), "t.mid"), ALL).clips
    assert clips.first_step.tolist() == [0, 48]
    assert clips.qpm.tolist() == pytest.approx([120.0, 60e6 / 0x40000])


def test_the_draw_depends_on_seed_and_file_only(score: Callable[..., Score]) -> None:
    bars = score([(16 * bar, 16 * bar + 16, 40 + bar) for bar in range(30)])
    first, again = (extract_melodies(bars, MelodyRules(per_file=5, seed=3)).clips for _ in range(2))
    other = extract_melodies(bars, MelodyRules(per_file=5, seed=4)).clips
    assert len(first) == 5
    assert first.first_step.tolist() == again.first_step.tolist() == sorted(first.first_step.tolist())
    assert first.first_step.tolist() != other.first_step.tolist()


def test_grid_cells_are_bounded(score: Callable[..., Score]) -> None:
    bars = score([(16 * bar, 16 * bar + 16, 40 + bar) for bar in range(30)])
    extraction = extract_melodies(bars, ALL, Limits(cells=100))
    assert len(extraction.clips) == 0
    assert "grid cells" in extraction.rejected[0].reason


def test_a_note_of_hours_at_a_hostile_tempo_asks_for_no_memory(smf: Callable[..., bytes]) -> None:
    longest = 0x0FFFFFFF
    track = [(0, b"\xff\x51\x03\x00\x00\x01"), (0, b"\x90\x3c\x40"), (longest, b"\x80\x3c\x40")]
    hostile = score_from_midi(smf(track, division=1), "hours.mid")
    extraction = extract_melodies(hostile, MelodyRules(per_file=None, max_bars=None))
    assert len(extraction.clips) == 0
    assert "grid cells" in extraction.rejected[0].reason
    assert len(extract_melodies(hostile, ALL).clips) == 2


def test_rules_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="2bar"):
        MelodyRules(clip="3bar")
    with pytest.raises(ValueError, match="21 to 108"):
        MelodyRules(min_pitch=0)


@pytest.mark.parametrize(
    "knob",
    [{"clip": "3bar"}, {"min_pitch": 10}, {"polyphony": "lowest"}, {"gap_bars": -1.0}, {"gap_bars": float("nan")}],
)
def test_a_knob_that_cannot_be_set_is_refused(knob: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"give|must"):
        MelodyRules(**knob)
