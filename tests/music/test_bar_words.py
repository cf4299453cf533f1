"""Bars as words, their harmony, and how two bars agree."""

from __future__ import annotations

import numpy as np
import pytest

from innervoice.music.bar_harmony import chords, chroma, note_agreement
from innervoice.music.bar_roll import DEPTH, PITCHES, notes_to_rolls, rolls_to_notes
from innervoice.music.bar_words import clip_notes, clip_steps, frame_width, is_bar, rolls_to_words, words_to_rolls


def rolls(*bars: tuple[int, ...]) -> np.ndarray:
    """Each bar one chord of four quarters, struck at its beginning."""
    rows = [(16 * place, pitch) for place, pitches in enumerate(bars) for pitch in pitches]
    on, pitch = (np.array(column, int) for column in zip(*rows, strict=True)) if rows else (np.zeros(0, int),) * 2
    return notes_to_rolls(on, on + 16, pitch, np.ones(len(on), bool), len(bars))


def test_words_keep_every_cell() -> None:
    cells = np.random.default_rng(0).random((5, 16, DEPTH)) < 0.3
    words = rolls_to_words(cells)
    assert (words.dtype, words.shape) == (np.int16, (5, DEPTH))
    assert (words_to_rolls(words) == cells).all()
    assert (clip_notes(words[0], 90.0) == rolls_to_notes(cells[:1], 90.0)).all()


@pytest.mark.parametrize(("steps", "width"), [(4, 39), (8, 78), (16, 156), (32, 312)])
def test_frames_of_every_length_keep_every_cell_and_tell_their_length(steps: int, width: int) -> None:
    cells = np.random.default_rng(steps).random((3, steps, DEPTH)) < 0.3
    words = rolls_to_words(cells)
    assert (words.shape, clip_steps(words), frame_width(steps), is_bar(words)) == ((3, width), steps, width, True)
    assert (words_to_rolls(words) == cells).all()
    assert (words_to_rolls(words[:0]).shape, rolls_to_words(cells[:0]).shape) == ((0, steps, DEPTH), (0, width))
    assert (clip_notes(words[0]) == rolls_to_notes(cells[:1])).all()


def test_word_and_bit_are_cell_and_step() -> None:
    cells = np.zeros((1, 16, DEPTH), bool)
    cells[0, 3, 7] = cells[0, 15, 80] = True
    words = rolls_to_words(cells)[0].view(np.uint16)
    assert {place: int(words[place]) for place in np.flatnonzero(words)} == {7: 1 << 3, 80: 1 << 15}


def test_a_melody_is_no_bar() -> None:
    melody = np.zeros(32, np.int16)
    melody[0] = 41
    assert clip_steps(melody) == 32
    assert clip_notes(melody)["pitch"].tolist() == [60]
    assert clip_steps(rolls_to_words(rolls((60,)))) == 16


@pytest.mark.parametrize("words", [np.zeros((1, 155), np.int16), np.zeros((1, DEPTH), np.int32), np.zeros(DEPTH)])
def test_other_shapes_are_refused(words: np.ndarray) -> None:
    with pytest.raises(ValueError, match="Packed bars"):
        words_to_rolls(words)


def test_harmonies_are_named() -> None:
    bars = rolls((48, 64, 67, 72), (45, 60, 64), (), (38, 54, 57), (62,))
    assert chords(chroma(bars)) == ("C", "Am", "–", "D", "D")
    assert chroma(bars)[0].tolist() == [32, 0, 0, 0, 16, 0, 0, 16, 0, 0, 0, 0]


def test_agreement_counts_notes_and_pitch_classes() -> None:
    truth = rolls((60, 64, 67), (60,), (), (), (60,))
    answer = rolls((60, 64, 68, 72), (72,), (60,), (), ())
    found = note_agreement(answer, truth)
    np.testing.assert_allclose(found.precision, [0.5, 0, 0, np.nan, np.nan])
    np.testing.assert_allclose(found.recall, [2 / 3, 0, np.nan, np.nan, 0])
    np.testing.assert_allclose(found.pitch_classes, [(2 + 1) / np.sqrt(6 * 3), 1, 0, np.nan, 0])
    np.testing.assert_allclose(found.f1, [4 / 7, 0, 0, np.nan, 0])
    assert PITCHES == 78
