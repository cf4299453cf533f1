"""Performances survive the way through events, generated ones and real ones."""

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from innervoice.music.midi import score_from_midi
from innervoice.music.performance.decoding import decode
from innervoice.music.performance.encoding import EncodingRules, encode
from innervoice.music.performance.sustain import DOWN_FROM
from innervoice.music.performance.vocabulary import PERFORMANCE, PUBLISHED, Vocabulary
from innervoice.music.reading import find_scores, read_score
from innervoice.music.score import METER, NOTE, PEDAL, TEMPO, Score, Table
from innervoice.music.writing import midi_bytes

FILES = 500
"""Real performances that come back, spread over all there are."""

STEP = 0.01 + 1e-6
"""How far a note may move, in seconds."""


@st.composite
def performances(draw: st.DrawFn) -> Score:
    """Up to 30 notes of few pitches and up to 10 pedal changes, of up to three tracks, at any time within 30 s."""
    times = st.floats(0.0, 30.0)
    note = st.tuples(times, st.floats(0.0, 3.0), st.integers(58, 62), st.integers(1, 127), st.integers(0, 2))
    rows = draw(st.lists(note, max_size=30))
    notes = np.zeros(len(rows), NOTE)
    for at, (start, length, pitch, velocity, track) in enumerate(rows):
        notes[at] = (start, start + length, 0, 0, pitch, velocity, track, 0, False)
    changes = draw(st.lists(st.tuples(times, st.integers(0, 2), st.integers(0, 127)), max_size=10))
    pedals = np.array(sorted(changes), PEDAL)
    return Score("drawn", "", notes, np.array([(0, 0, 120)], TEMPO), np.zeros(0, METER), pedals, 480, "")


def key_states(notes: Table, times: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether each key is down at each time, [keys, times]: what one hears, whatever the notes are called."""
    down = np.zeros((128, len(times)), bool)
    for start, end, pitch in zip(notes["start"], notes["end"], notes["pitch"], strict=True):
        down[pitch] |= (start <= times) & (times < end)
    return down


@given(performances())
def test_keys_are_down_when_they_were_within_a_step(score: Score) -> None:
    back = decode(encode(score))
    # At a time that is farther than a step from every beginning and end, the same keys are down.
    edges = np.sort(np.concatenate([score.notes["start"], score.notes["end"], [0.0, 40.0]]))
    middles = (edges[1:] + edges[:-1])[np.diff(edges) > 2 * STEP] / 2
    np.testing.assert_array_equal(key_states(back.notes, middles), key_states(score.notes, middles))
    assert (back.notes["end"] - back.notes["start"] > 0.009).all()


@given(performances())
def test_every_stroke_is_kept_with_its_velocity(score: Score) -> None:
    back = decode(encode(score)).notes
    for start, pitch, velocity in score.notes[["start", "pitch", "velocity"]].tolist():
        near = back[(back["pitch"] == pitch) & (np.abs(back["start"] - start) <= STEP)]
        assert len(near)
        # Strokes of one key within a step are one, with the greatest velocity.
        assert PERFORMANCE.velocity_bins(near["velocity"]).max() >= PERFORMANCE.velocity_bins(np.array(velocity))


@given(performances(), st.sampled_from(("none", "extend", "events")), st.booleans())
def test_what_came_through_once_comes_through_unchanged(score: Score, sustain: str, published: bool) -> None:
    vocabulary = PUBLISHED if published else PERFORMANCE
    events = encode(score, EncodingRules(sustain), vocabulary)  # type: ignore[arg-type]
    back = decode(events, vocabulary)
    assert encode(back, vocabulary=vocabulary).tolist() == events.tolist()
    through_file = score_from_midi(midi_bytes(back.notes, 120.0, back.pedals), "test.mid")
    assert encode(through_file, vocabulary=vocabulary).tolist() == events.tolist()


@given(st.lists(st.integers(0, PERFORMANCE.size - 1), max_size=60))
def test_any_events_decode_and_settle(events: list[int]) -> None:
    once = encode(decode(np.array(events, np.int16)))
    assert encode(decode(once)).tolist() == once.tolist()


@given(performances(), st.integers(1, 7), st.integers(1, 128))
def test_smaller_vocabularies_keep_the_same_times(score: Score, shifts: int, velocities: int) -> None:
    small = Vocabulary(pitches=5, first_pitch=58, shifts=shifts, velocities=velocities)
    notes = decode(encode(score, vocabulary=small), small).notes
    assert notes[["start", "end", "pitch"]].tolist() == decode(encode(score)).notes[["start", "end", "pitch"]].tolist()


def alone(notes: Table) -> Table:
    """Notes, by pitch and start, that no other note of their pitch touches within a step."""
    rows = notes[np.lexsort((notes["start"], notes["pitch"]))]
    line = rows["pitch"] * 1e5
    ends = np.maximum.accumulate(rows["end"] + line)
    free = np.ones(len(rows), bool)
    apart = rows["start"][1:] + line[1:] > ends[:-1] + STEP
    free[1:] &= apart
    free[:-1] &= apart
    return rows[free]


def test_real_performances_come_back(shared: Path) -> None:
    files = [*find_scores([shared / "corpora" / "giantmidi"]), *find_scores([shared / "corpora" / "pop909"])]
    assert len(files) >= FILES
    for number in np.linspace(0, len(files) - 1, FILES).astype(int):
        path = files[number]
        score = read_score(path)
        events = encode(score)
        back = decode(events)
        assert encode(back).tolist() == events.tolist()
        before, after = alone(score.notes), back.notes
        after = after[np.lexsort((after["start"], after["pitch"]))]
        place = (after["start"] + after["pitch"] * 1e5).searchsorted(before["start"] + before["pitch"] * 1e5 - STEP)
        found = after[place]
        assert (found["pitch"] == before["pitch"]).all()
        assert np.abs(found["start"] - before["start"]).max() <= STEP
        assert np.abs(found["end"] - before["end"]).max() <= STEP
        assert (found["velocity"] // 4 == before["velocity"] // 4).all()
        same_pedal(score, back)


def same_pedal(score: Score, back: Score) -> None:
    """Assert that the pedal is down at the same times, looked at more than a step away from any change."""
    times = np.sort(np.append(score.pedals["time"], [0.0, score.seconds]))
    times = times[times <= score.seconds]  # what is pressed after the last note sounds nothing
    middles = (times[1:] + times[:-1])[np.diff(times) > 2 * STEP] / 2
    np.testing.assert_array_equal(pedal_down(back.pedals, middles), pedal_down(score.pedals, middles))


def pedal_down(pedals: Table, times: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether any instrument's pedal is down at each time [t]."""
    down = np.zeros(len(times), bool)
    for instrument in np.unique(pedals["instrument"]):
        own = pedals[pedals["instrument"] == instrument]
        values = np.append(0, own["value"])[own["time"].searchsorted(times, side="right")]
        down |= values >= DOWN_FROM
    return down
