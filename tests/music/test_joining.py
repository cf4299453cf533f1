"""Clips one after the other."""

import numpy as np

from innervoice.music.joining import join_clips
from innervoice.music.tokens import tokens_to_notes


def test_notes_end_with_their_clip_and_the_clips_stay_as_they_are() -> None:
    first, second = np.array([41, 0, 0, 0], np.int16), np.array([0, 0, 43, 0], np.int16)
    joined = join_clips([first, second])
    notes = tokens_to_notes(joined)
    assert notes["start_quarter"].tolist() == [0.0, 1.5]
    assert notes["end_quarter"].tolist() == [1.0, 2.0]
    assert second.tolist() == [0, 0, 43, 0]


def test_clips_of_different_lengths_and_none_at_all() -> None:
    assert len(join_clips([np.zeros(32, np.int16), np.zeros(0, np.int16), np.zeros(256, np.int16)])) == 288
    assert join_clips([]).dtype == np.int16
