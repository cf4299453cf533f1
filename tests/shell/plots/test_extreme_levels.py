"""A matrix at several scales: every view of it shows the extremes of what is there, and the same ones at any offset."""

import numpy as np
import pytest

from innervoice.shell.plots.extreme_levels import MISSING, STEPS, encode, extremes, make_levels

EVERY = np.arange(3, dtype=np.int64)


def test_codes_are_even_around_zero_and_know_what_is_missing() -> None:
    values = np.array([[-9.0, -2.0, 0.0, 1.0, 2.0, np.nan, np.inf]], dtype=np.float16)
    assert encode(values, 2.0).tolist() == [[-STEPS, -STEPS, 0, 64, STEPS, MISSING, STEPS]]


def test_an_extreme_keeps_its_sign_and_beats_what_is_missing() -> None:
    codes = np.array([[1, MISSING], [-5, MISSING], [4, 0], [2, MISSING], [-1, 7]], dtype=np.int8)
    assert extremes(codes, 4).tolist() == [[-5, 0], [-1, 7]]
    assert extremes(codes, 1) is codes


def test_rows_and_columns_are_put_in_order() -> None:
    values = np.array([[0.0, 1.0, 2.0], [0.5, -1.0, -2.0]], dtype=np.float16)
    levels = make_levels(values, np.array([1, 0]), np.array([2, 0, 1]), 2.0)
    assert levels.part((0, 2), (0, 3), (1.0, 1.0)).codes.tolist() == [[-127, 32, -64], [127, 0, 64]]


@pytest.mark.parametrize("down", [1, 2, 4, 8, 16, 32, 64])
def test_a_cell_is_the_extreme_of_its_block_at_every_scale(down: int) -> None:
    values = np.random.default_rng(3).normal(size=(999, 3)).astype(np.float16)
    levels = make_levels(values, np.arange(999), EVERY, 3.0)
    part = levels.part((500, 700), (0, 3), (down * 0.9, 0.1))
    assert (part.down, part.across) == (down, 1)
    assert part.top % down == 0
    assert part.top <= 500
    assert part.top + down * len(part.codes) >= 700
    whole = levels.levels[0][part.top : part.top + down]
    expected = whole[np.abs(whole.astype(int)).argmax(axis=0), np.arange(3)]
    assert np.array_equal(np.abs(part.codes[0]), np.abs(expected))


def test_columns_are_joined_where_they_are_too_many() -> None:
    values = np.zeros((4, 10), dtype=np.float16)
    values[2, 5] = -2.0
    levels = make_levels(values, np.arange(4), np.arange(10), 2.0)
    part = levels.part((0, 4), (3, 10), (0.5, 3.0))
    assert (part.left, part.across, part.codes.shape) == (0, 4, (4, 3))
    assert part.codes[2].tolist() == [0, -127, 0]


def test_few_rows_and_none_have_a_level() -> None:
    for rows in (0, 1, 5):
        levels = make_levels(np.zeros((rows, 3), dtype=np.float16), np.arange(rows), EVERY, 1.0)
        assert levels.shape == (rows, 3)
