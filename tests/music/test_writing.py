"""Scores survive the way through a MIDI file."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innervoice.music.errors import MusicError
from innervoice.music.midi import score_from_midi
from innervoice.music.score import NOTE, PEDAL, Table
from innervoice.music.writing import TICKS_PER_QUARTER, midi_bytes, write_midi


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Notes on whole ticks of up to four instruments, no two of one pitch overlapping in an instrument."""
    rows = []
    for instrument in range(draw(st.integers(1, 4))):
        program, drum = draw(st.integers(0, 127)), draw(st.booleans())
        for pitch in draw(st.sets(st.integers(0, 127), max_size=4)):
            edges = sorted(draw(st.sets(st.integers(0, 4000), max_size=8)))
            for start, end in zip(edges[::2], edges[1::2], strict=False):
                quarters = (start / TICKS_PER_QUARTER, end / TICKS_PER_QUARTER)
                rows.append((0.0, 0.0, *quarters, pitch, draw(st.integers(1, 127)), instrument, program, drum))
    return np.array(rows, NOTE)


def comparable(notes: Table) -> list[tuple[object, ...]]:
    """Rows in one order, instruments numbered by those that have notes, times on ticks."""
    places = np.unique(notes["instrument"], return_inverse=True)[1] if len(notes) else []
    ticks = [np.rint(notes[field] * TICKS_PER_QUARTER).tolist() for field in ("start_quarter", "end_quarter")]
    rest = notes[["pitch", "velocity", "program", "drum"]].tolist()
    return sorted(zip(places, *ticks, rest, strict=True))


@given(tables(), st.sampled_from((30.0, 120.0, 333.3)))
def test_notes_survive_a_midi_file(notes: Table, qpm: float) -> None:
    score = score_from_midi(midi_bytes(notes, qpm), "test.mid")
    assert comparable(score.notes) == comparable(notes)
    assert score.tempos["qpm"] == pytest.approx([qpm], rel=1e-5)
    again = score_from_midi(midi_bytes(score.notes, qpm), "test.mid")
    assert again.notes.tobytes() == score.notes.tobytes()


def one_note(**fields: object) -> Table:
    notes = np.zeros(1, NOTE)
    notes["end_quarter"], notes["pitch"], notes["velocity"] = 1, 60, 80
    for field, value in fields.items():
        notes[field] = value
    return notes


@pytest.mark.parametrize(
    ("notes", "qpm", "says"),
    [
        (one_note(pitch=128), 120.0, "pitch"),
        (one_note(velocity=0), 120.0, "velocity"),
        (one_note(start_quarter=-1), 120.0, "before the beginning"),
        (one_note(), 0.0, "tempo of 0"),
        (one_note(), 1.0, "choose 4"),
        (one_note(start_quarter=600_000), 120.0, "shorten"),
    ],
)
def test_what_midi_cannot_hold_is_refused(notes: Table, qpm: float, says: str) -> None:
    with pytest.raises(MusicError, match=says):
        midi_bytes(notes, qpm)


def test_the_pedal_survives_with_its_instrument_and_order() -> None:
    notes = np.concatenate([one_note(), one_note(instrument=4, program=5)])
    rows = [(0.25, 0, 127), (0.25, 4, 90), (0.5, 0, 63), (0.5, 0, 64), (0.75, 4, 0), (0.8, 7, 127)]
    score = score_from_midi(midi_bytes(notes, 90.0, np.array(rows, PEDAL)), "test.mid")
    # A pedal of an instrument without notes is left out.
    expected = [(round(time, 3), {0: 0, 4: 1}[instrument], value) for time, instrument, value in rows[:-1]]
    assert [(round(time, 3), instrument, value) for time, instrument, value in score.pedals.tolist()] == expected
    for wrong, says in (((0.0, 0, 128), "pedal value"), ((-1.0, 0, 127), "before the beginning")):
        with pytest.raises(MusicError, match=says):
            midi_bytes(notes, 90.0, np.array([wrong], PEDAL))


def test_a_file_stays_whole_when_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "kept.mid"
    write_midi(one_note(), path)
    before = path.read_bytes()
    with pytest.raises(MusicError):
        write_midi(one_note(pitch=128), path)
    assert path.read_bytes() == before
    with pytest.raises(MusicError, match="cannot be written"):
        write_midi(one_note(), tmp_path / "missing" / "x.mid")
    assert [p.name for p in tmp_path.iterdir()] == ["kept.mid"]
