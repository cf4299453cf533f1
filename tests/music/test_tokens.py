"""Tokens and notes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from innervoice.music.score import NOTE
from innervoice.music.tokens import CLASSES, FIRST_PITCH, HOLD, NOTE_OFF, notes_to_tokens, tokens_to_notes


def canonical(tokens: NDArray[np.int16]) -> NDArray[np.int16]:
    """The same melody without note offs that end nothing."""
    clean, sounding = tokens.copy(), False
    for step, token in enumerate(tokens):
        if token == NOTE_OFF and not sounding:
            clean[step] = HOLD
        sounding = token >= FIRST_PITCH or (sounding and token == HOLD)
    return clean


token = st.one_of(st.just(HOLD), st.just(NOTE_OFF), st.integers(0, CLASSES - 1))


@given(st.lists(token, min_size=32, max_size=32), st.sampled_from((60.0, 97.3, 480.0)))
def test_tokens_survive_notes(line: list[int], qpm: float) -> None:
    tokens = np.array(line, np.int16)
    assert notes_to_tokens(tokens_to_notes(tokens, qpm), 32).tolist() == canonical(tokens).tolist()


def test_a_hand_checked_line() -> None:
    tokens = np.array([41, 0, 0, 1, 0, 43, 45, 0], np.int16)
    notes = tokens_to_notes(tokens, qpm=60.0, velocity=90)
    assert notes["pitch"].tolist() == [60, 62, 64]
    assert notes["start"].tolist() == [0.0, 1.25, 1.5]
    assert notes["end"].tolist() == [0.75, 1.5, 2.0]
    assert notes["velocity"].tolist() == [90, 90, 90]


def test_highest_of_simultaneous_notes_and_cut_ends() -> None:
    notes = np.zeros(4, NOTE)
    notes["start_quarter"] = [0, 0, 0.5, 1.75]
    notes["end_quarter"] = [2, 2, 1, 9]
    notes["pitch"] = [60, 64, 62, 110]
    assert notes_to_tokens(notes, 8).tolist() == [45, 0, 43, 0, 1, 0, 0, 0]


@pytest.mark.parametrize("bad", [-1, CLASSES])
def test_a_token_outside_the_classes_is_refused(bad: int) -> None:
    with pytest.raises(ValueError, match="outside 0 to 89"):
        tokens_to_notes(np.array([bad]))
