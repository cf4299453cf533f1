"""How far two melodies agree, by hand."""

import numpy as np
import pytest

from innervoice.music.agreement import agreement


def test_by_hand() -> None:
    truth = np.array([41, 0, 1, 43, 0, 45, 0, 0])
    answer = np.array([41, 0, 0, 44, 0, 45, 0, 1])
    found = agreement(answer, truth)
    assert found.steps == 5 / 8
    assert found.notes == pytest.approx(2 * 2 / 6)


def test_equal_and_silent_melodies_agree() -> None:
    assert agreement(np.zeros((2, 4)), np.zeros((2, 4))) == (1.0, 1.0)


def test_a_note_too_many_and_no_note_at_all() -> None:
    assert agreement(np.array([41, 0]), np.array([0, 0])) == (0.5, 0.0)


def test_other_lengths_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="cannot be compared"):
        agreement(np.zeros(3), np.zeros(4))
