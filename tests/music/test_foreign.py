"""Scores from pretty_midi and note_seq objects."""

from pathlib import Path

import note_seq
import numpy as np
import pretty_midi
import pytest

from innervoice.music.errors import MusicError
from innervoice.music.limits import Limits
from innervoice.music.melody import MelodyRules, extract_melodies
from innervoice.music.reading import read_score, score_from_note_sequence, score_from_pretty_midi
from innervoice.music.score import Score

# What pretty_midi says of real files whose later tracks repeat the tempo.
pytestmark = pytest.mark.filterwarnings("ignore:Tempo, Key or Time signature:RuntimeWarning")

RULES = MelodyRules(per_file=None)
KINDS = ["pretty_midi", "note_seq"]


def foreign(kind: str, path: Path) -> Score:
    if kind == "pretty_midi":
        return score_from_pretty_midi(pretty_midi.PrettyMIDI(str(path)))
    return score_from_note_sequence(note_seq.midi_file_to_note_sequence(str(path)))


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_clips_as_from_the_file(kind: str, shared: Path) -> None:
    for path in sorted((shared / "corpora" / "pop-music").glob("*.midi"))[::40]:
        score, direct = foreign(kind, path), read_score(path)
        assert (
            extract_melodies(score, RULES).clips.tokens.tolist()
            == extract_melodies(direct, RULES).clips.tokens.tolist()
        )
        assert score.notes["start_quarter"] == pytest.approx(direct.notes["start_quarter"], abs=1e-6)
        assert np.array_equal(score.meters[["numerator", "denominator"]], direct.meters[["numerator", "denominator"]])
        assert len(score.pedals) == len(direct.pedals)
        assert score.sha256 == foreign(kind, path).sha256


def test_quarters_follow_the_tempo() -> None:
    sequence = note_seq.NoteSequence()
    sequence.tempos.add(time=0, qpm=60)
    sequence.tempos.add(time=2, qpm=120)
    sequence.notes.add(pitch=60, velocity=80, start_time=1, end_time=3, instrument=7)
    score = score_from_note_sequence(sequence)
    assert score.notes[["start_quarter", "end_quarter", "instrument"]].tolist() == [(1.0, 4.0, 7)]
    assert score.tempos["quarter"].tolist() == [0.0, 2.0]


def test_an_empty_sequence_is_a_score_without_notes() -> None:
    score = score_from_note_sequence(note_seq.NoteSequence())
    assert (len(score.notes), score.seconds) == (0, 0.0)
    assert extract_melodies(score, RULES).rejected[0].reason == "no notes"


def test_limits_hold_here_too() -> None:
    midi = pretty_midi.PrettyMIDI()
    midi.instruments.append(pretty_midi.Instrument(0))
    midi.instruments[0].notes.append(pretty_midi.Note(80, 60, 0.0, 1e9))
    with pytest.raises(MusicError, match="above the limit"):
        score_from_pretty_midi(midi, "long", Limits())
