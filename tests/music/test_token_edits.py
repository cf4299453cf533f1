"""Edits of melodies: always valid tokens of the same length, nothing else changed, and inverses where there are any."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from innervoice.music.token_edits import (
    add_note,
    delete_notes,
    move_notes,
    note_spans,
    reachable,
    resize_notes,
)
from innervoice.music.tokens import CLASSES, MAX_PITCH, MIN_PITCH

Tokens = NDArray[np.int16]
STEPS = 32
few = settings(max_examples=40)
token = st.one_of(st.just(0), st.just(0), st.just(1), st.integers(2, CLASSES - 1))
melodies = st.lists(token, min_size=STEPS, max_size=STEPS).map(lambda line: np.array(line, np.int16))
steps = st.integers(-2 * STEPS, 2 * STEPS)
semitones = st.integers(-100, 100)
chances = st.randoms(use_true_random=False)


def line(text: str) -> Tokens:
    """A melody of one letter a step: ``.`` holds, ``-`` ends, letters are pitches from middle C."""
    return np.array([{".": 0, "-": 1}.get(letter, ord(letter) - ord("a") + 41) for letter in text], np.int16)


def some(tokens: Tokens, chance: object) -> list[int]:
    onsets = note_spans(tokens)[:, 0].tolist()
    return [onset for onset in onsets if chance.random() < 0.5]  # type: ignore[attr-defined]


def check(tokens: Tokens) -> None:
    assert tokens.dtype == np.int16
    assert tokens.shape == (STEPS,)
    assert ((tokens >= 0) & (tokens < CLASSES)).all()


@few
@given(melodies, steps, steps, st.integers(0, 127), semitones, chances)
def test_every_edit_gives_a_melody_of_the_same_length(
    tokens: Tokens, first: int, second: int, pitch: int, up: int, chance: object
) -> None:
    before, chosen = tokens.copy(), some(tokens, chance)
    for edited in (
        add_note(tokens, first, second, pitch),
        move_notes(tokens, chosen, first, up),
        resize_notes(tokens, chosen, second),
        delete_notes(tokens, chosen),
        move_notes(tokens, chosen, 0, up),
    ):
        check(edited)
    np.testing.assert_array_equal(tokens, before)


@few
@given(melodies, st.integers(0, STEPS - 1), st.integers(1, STEPS), st.integers(MIN_PITCH, MAX_PITCH))
def test_a_drawn_note_is_there_whole_and_nothing_beyond_it_sounds_otherwise(
    tokens: Tokens, onset: int, length: int, pitch: int
) -> None:
    end = min(onset + length, STEPS)
    edited = add_note(tokens, onset, end, pitch)
    assert [onset, end, pitch] in note_spans(edited).tolist()
    old, new = (set(map(tuple, note_spans(line).tolist())) for line in (tokens, edited))
    untouched = {span for span in old if span[1] <= onset or span[0] >= end}
    assert untouched <= new
    assert len(new) <= len(old) + 1


@few
@given(melodies, chances, steps, semitones)
def test_a_move_keeps_length_and_interval_of_every_moved_note(tokens: Tokens, chance: object, by: int, up: int) -> None:
    chosen = some(tokens, chance)
    shift, rise = reachable(tokens, chosen, by, up)
    spans, moved = note_spans(tokens), note_spans(move_notes(tokens, chosen, by, up)).tolist()
    for onset, end, pitch in spans[np.isin(spans[:, 0], chosen)].tolist():
        assert [onset + shift, end + shift, pitch + rise] in moved


@few
@given(melodies, chances, semitones)
def test_transposing_down_takes_transposing_up_back(tokens: Tokens, chance: object, up: int) -> None:
    chosen = some(tokens, chance)
    _, rise = reachable(tokens, chosen, 0, up)
    there = move_notes(tokens, chosen, 0, rise)
    np.testing.assert_array_equal(move_notes(there, chosen, 0, -rise), tokens)


@few
@given(melodies, chances)
def test_an_edit_that_changes_nothing_leaves_every_token(tokens: Tokens, chance: object) -> None:
    chosen = some(tokens, chance)
    for edited in (
        move_notes(tokens, chosen, 0, 0),
        resize_notes(tokens, chosen, 0),
        delete_notes(tokens, []),
        move_notes(tokens, [], 3, 3),
    ):
        np.testing.assert_array_equal(edited, tokens)


@few
@given(melodies, st.integers(0, STEPS - 1), st.integers(1, 6), st.integers(MIN_PITCH, MAX_PITCH))
def test_deleting_a_note_drawn_into_silence_takes_it_back(tokens: Tokens, onset: int, length: int, pitch: int) -> None:
    end = min(onset + length, STEPS)
    free = all(span[1] <= onset or span[0] >= end for span in note_spans(tokens).tolist())
    edited = delete_notes(add_note(tokens, onset, end, pitch), [onset])
    if free:
        np.testing.assert_array_equal(note_spans(edited), note_spans(tokens))


@few
@given(melodies, chances)
def test_deleting_leaves_the_others_as_they_were(tokens: Tokens, chance: object) -> None:
    chosen = some(tokens, chance)
    spans = note_spans(tokens)
    np.testing.assert_array_equal(
        note_spans(delete_notes(tokens, chosen)), spans[~np.isin(spans[:, 0], np.array(chosen, np.int64))]
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a.......", "a.d.-..."),  # what began before is cut there
        ("..a.....", "..d.a..."),  # what begins under it begins after it
        ("...a-...", "..d.-..."),  # what lies under it goes
        ("-.......", "-.d.-..."),  # a note off that ends nothing stays
    ],
)
def test_hand_checked_drawings(before: str, after: str) -> None:
    assert add_note(line(before), 2, 4, 63).tolist() == line(after).tolist()


def test_a_moved_note_stops_at_the_edges() -> None:
    tokens = line("a.-.b...")
    assert move_notes(tokens, [4], 9, 0).tolist() == tokens.tolist()
    assert move_notes(tokens, [0, 4], -9, 0).tolist() == tokens.tolist()
    assert move_notes(tokens, [4], -2, 12).tolist() == line("a.n...-.").tolist()
    assert move_notes(tokens, [4], -9, 200)[0] == CLASSES - 1


def test_a_longer_note_covers_and_a_shorter_one_leaves_silence() -> None:
    tokens = line("a.b.c-..")
    assert resize_notes(tokens, [0], 2).tolist() == line("a...c-..").tolist()
    assert resize_notes(tokens, [0], -9).tolist() == line("a-b.c-..").tolist()
    assert resize_notes(tokens, [0, 2, 4], 9).tolist() == line("a.b.c...").tolist()


def test_what_is_no_melody_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        note_spans(np.array([90], np.int16))
