"""Velocities and pedal of clips, looked up where the clips were cut from the score."""

from pathlib import Path

import numpy as np
import pytest

from innervoice.music.bar_clips import extract_bars
from innervoice.music.bar_words import clip_notes
from innervoice.music.clips import no_clips
from innervoice.music.dynamics import dynamics
from innervoice.music.melody import MelodyRules, extract_melodies
from innervoice.music.reading import read_score
from innervoice.music.score import NOTE, PEDAL, Score
from innervoice.music.writing import write_midi


@pytest.fixture
def played(tmp_path: Path) -> Score:
    """Four bars at 90 to the minute: a quarter note each beat, louder and louder; pedal in beats 3-4 and 10 on."""
    notes = np.zeros(16, NOTE)
    notes["start_quarter"], notes["end_quarter"] = np.arange(16) + 0.04, np.arange(16) + 0.9
    notes["pitch"], notes["velocity"] = 60 + np.arange(16) % 5, 40 + 5 * np.arange(16)
    pedals = np.zeros(4, PEDAL)
    pedals["time"], pedals["value"] = np.array([2.0, 3.5, 3.75, 10.0]) * 60 / 90, [127, 70, 10, 64]
    write_midi(notes, tmp_path / "played.mid", 90.0, pedals)
    return read_score(tmp_path / "played.mid")


def test_every_note_has_the_velocity_it_was_struck_with(played: Score) -> None:
    clips = extract_melodies(played, MelodyRules(per_file=None)).clips
    assert clips.first_step.tolist() == [0, 16, 32]
    for first, tokens, found in zip([0, 4, 8], clips.tokens, dynamics(played, clips), strict=True):
        assert found.of(clip_notes(tokens)).tolist() == [40 + 5 * (first + beat) for beat in range(8)]


def test_a_note_that_is_not_in_the_score_has_no_velocity(played: Score) -> None:
    clips = extract_melodies(played, MelodyRules(per_file=None)).clips
    edited = clips.tokens[0].copy()
    edited[8] += 1
    assert dynamics(played, clips)[0].of(clip_notes(edited)).tolist() == [40, 45, 0, 55, 60, 65, 70, 75]


def test_a_bar_has_the_velocities_of_all_its_voices_and_every_pedal(played: Score) -> None:
    bass = played.notes[::4].copy()
    bass["instrument"], bass["pitch"], bass["velocity"], bass["end_quarter"] = 1, 36, 100 + np.arange(4), 16.0
    pedals = played.pedals[2:].copy()
    pedals["instrument"], pedals["value"], pedals["time"] = 1, [127, 0], np.array([3.0, 5.0]) * 60 / 90
    both = Score(
        "both", "", np.concatenate([played.notes, bass]), played.tempos, played.meters,
        np.concatenate([played.pedals, pedals]), played.ticks_per_quarter, "0",
    )  # fmt: skip
    clips = extract_bars(both).clips
    assert clips.first_step.tolist() == [0, 16, 32, 48]
    first, second, *_ = dynamics(both, clips)
    notes = clip_notes(clips.tokens[0])
    struck = dict(zip(notes["pitch"].tolist(), first.of(notes).tolist(), strict=True))
    assert struck == {36: 100, 60: 40, 61: 45, 62: 50, 63: 55}
    np.testing.assert_allclose(first.pedal, [[2.0, 4.0]], atol=0.01)
    np.testing.assert_allclose(second.pedal, [[0.0, 1.0]], atol=0.01)


def test_the_pedal_is_told_in_quarters_of_the_clip_and_cut_to_it(played: Score) -> None:
    clips = extract_melodies(played, MelodyRules(per_file=None)).clips
    first, second, third = (found.pedal for found in dynamics(played, clips))
    np.testing.assert_allclose(first, [[2.0, 3.75]], atol=0.01)
    np.testing.assert_allclose(second, [[6.0, 8.0]], atol=0.01)  # never let go: it lasts to the end
    np.testing.assert_allclose(third, [[2.0, 8.0]], atol=0.01)


def test_the_places_follow_a_change_of_tempo(played: Score) -> None:
    """The second half is twice as fast: the clip's quarters are still quarters."""
    tempos = np.array([(0.0, 0.0, 90.0), (8 * 60 / 90, 8.0, 180.0)], played.tempos.dtype)
    notes, pedals = played.notes.copy(), played.pedals.copy()
    for table, name in ((notes, "start"), (notes, "end"), (pedals, "time")):
        late = table[name] > 8 * 60 / 90
        table[name][late] = 8 * 60 / 90 + (table[name][late] - 8 * 60 / 90) / 2
    faster = Score("faster", "", notes, tempos, played.meters, pedals, played.ticks_per_quarter, "0")
    clips = extract_melodies(faster, MelodyRules(per_file=None)).clips
    assert clips.qpm.tolist() == [90.0, 180.0]
    _, second = dynamics(faster, clips)
    assert second.of(clip_notes(clips.tokens[1])).tolist() == [40 + 5 * beat for beat in range(8, 16)]
    np.testing.assert_allclose(second.pedal, [[2.0, 8.0]], atol=0.01)


def test_what_the_score_does_not_hold_is_unknown(played: Score) -> None:
    clips = extract_melodies(played, MelodyRules(per_file=None)).clips
    other = Score("other", "", played.notes[:0], played.tempos, played.meters, played.pedals[:0], 480, "0")
    assert not any(len(found.velocities) or len(found.pedal) for found in dynamics(other, clips))
    assert dynamics(played, no_clips(32)) == ()
