"""Bits by reverse water-filling: the published example, what must hold for all variances, and refusals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innervoice.statistics.water_filling import allocate_bits, distortion_of, fill_water

variances = st.lists(st.floats(1e-6, 1e3), min_size=1, max_size=12).map(np.array)


def test_the_published_example() -> None:
    assert allocate_bits(np.array([1, 0.25, 0.0625, 0.01]), 6).tolist() == [3, 2, 1, 0]


def test_of_equals_the_first_is_served_first() -> None:
    assert allocate_bits(np.ones(3), 4).tolist() == [2, 1, 1]


@given(variances, st.integers(0, 60))
def test_no_other_choice_of_whole_bits_loses_less(variance: np.ndarray, bits: int) -> None:
    given_bits = allocate_bits(variance, bits)
    assert given_bits.sum() == bits
    best = distortion_of(variance, given_bits)
    for one in np.flatnonzero(given_bits):
        for other in range(len(variance)):
            moved = given_bits.copy()
            moved[one] -= 1
            moved[other] += 1
            assert distortion_of(variance, moved) >= best * (1 - 1e-12)


@given(variances, st.floats(0.01, 60))
def test_the_closed_form_spends_all_and_levels_what_it_serves(variance: np.ndarray, bits: float) -> None:
    water = fill_water(variance, bits)
    assert water.bits.sum() == pytest.approx(bits)
    left = variance * 4.0**-water.bits
    np.testing.assert_allclose(left[water.bits > 0], water.level, rtol=1e-9)
    assert (variance[water.bits == 0] <= water.level * (1 + 1e-9)).all()
    whole = distortion_of(variance, allocate_bits(variance, int(bits)))
    assert distortion_of(variance, water.bits) <= whole * (1 + 1e-9)


@given(variances, st.floats(0.01, 60))
def test_the_closed_form_is_on_shannons_curve(variance: np.ndarray, bits: float) -> None:
    level = fill_water(variance, bits).level
    assert np.maximum(0.5 * np.log2(variance / level), 0).sum() == pytest.approx(bits)


def test_no_bits_and_no_variance() -> None:
    assert allocate_bits(np.zeros(3), 0).tolist() == [0, 0, 0]
    assert fill_water(np.array([4.0, 1.0]), 0).level == 4.0
    with pytest.raises(ValueError, match="ask for 0 bits"):
        allocate_bits(np.zeros(3), 1)
    with pytest.raises(ValueError, match="ask for 0 bits"):
        fill_water(np.zeros(3), 1.0)


@pytest.mark.parametrize("variance", [np.array([-1.0]), np.array([np.nan]), np.ones((2, 2))])
def test_variances_that_are_none_are_refused(variance: np.ndarray) -> None:
    with pytest.raises(ValueError, match="finite numbers of 0 or more"):
        allocate_bits(variance, 1)


def test_a_million_bits_are_the_most() -> None:
    with pytest.raises(ValueError, match="give from 0 to 1,000,000"):
        allocate_bits(np.ones(2), 1_000_001)
