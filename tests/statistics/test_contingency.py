"""Bins and counts of pairs of bins."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phik.binning import bin_array, bin_edges

from innervoice.statistics.contingency import MISSING, equal_width_bins, tables

numbers = st.lists(st.floats(-1e6, 1e6, allow_subnormal=False), min_size=2, max_size=40)


@given(numbers, st.integers(2, 12))
def test_bins_are_the_phik_packages(values: list[float], bins: int) -> None:
    column = np.array(values)
    theirs, _ = bin_array(column, bin_edges(column, bins))
    ours = equal_width_bins(column[:, None], bins)[:, 0]
    if np.ptp(column) > 1e-9 * max(1.0, np.abs(column).max()):
        assert ours.tolist() == [place - 1 for place in theirs]
    else:
        assert set(ours.tolist()) <= set(range(bins))


def test_what_is_not_there_has_no_bin() -> None:
    assert equal_width_bins(np.array([[np.nan], [0.0], [1.0], [np.inf]]), 2)[:, 0].tolist() == [MISSING, 0, 1, MISSING]
    assert equal_width_bins(np.full((3, 1), np.nan), 4)[:, 0].tolist() == [MISSING] * 3


def test_one_bin_is_refused() -> None:
    with pytest.raises(ValueError, match="two bins"):
        equal_width_bins(np.zeros((3, 1)), 1)


def test_every_pair_is_counted_as_histograms_count() -> None:
    rng = np.random.default_rng(1)
    rows = rng.integers(-1, 4, (5000, 3)).astype(np.int16)
    columns = rng.integers(-1, 4, (5000, 5)).astype(np.int16)
    seen = 0
    for some, counts in tables(rows, columns, 4, at_once=2):
        for one in range(3):
            for place, other in enumerate(range(some.start, some.stop)):
                both = (rows[:, one] >= 0) & (columns[:, other] >= 0)
                expected, _, _ = np.histogram2d(rows[both, one], columns[both, other], bins=[range(5)] * 2)
                np.testing.assert_array_equal(counts[one, place], expected)
                seen += 1
    assert seen == 15


def test_clips_must_be_the_same() -> None:
    with pytest.raises(ValueError, match="paired"):
        next(tables(np.zeros((3, 1), np.int16), np.zeros((4, 1), np.int16), 2))
