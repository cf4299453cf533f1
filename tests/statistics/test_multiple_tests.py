"""p-values of many tests, adjusted."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from innervoice.statistics.multiple_tests import benjamini_hochberg, holm

chances = st.lists(st.floats(0, 1), min_size=1, max_size=30).map(np.array)


@given(chances)
def test_the_share_of_false_findings_is_scipys(p: np.ndarray) -> None:
    np.testing.assert_allclose(benjamini_hochberg(p), false_discovery_control(p), atol=1e-14)


@given(chances)
def test_holm_steps_down(p: np.ndarray) -> None:
    adjusted = holm(p)
    assert (adjusted >= p).all()
    assert (adjusted <= np.minimum(1.0, p * len(p))).all()
    assert (np.diff(adjusted[np.argsort(p, kind="stable")]) >= 0).all()
    assert adjusted.min() == min(1.0, p.min() * len(p))


def test_holm_by_hand() -> None:
    np.testing.assert_allclose(holm(np.array([0.04, 0.01, 0.03])), [0.06, 0.03, 0.06])


def test_what_was_not_tested_counts_for_nothing() -> None:
    p = np.array([[0.01, np.nan], [0.04, np.nan]])
    for rule in (holm, benjamini_hochberg):
        adjusted = rule(p)
        assert np.isnan(adjusted[:, 1]).all()
        np.testing.assert_array_equal(adjusted[:, 0], rule(p[:, 0]))
    assert np.isnan(holm(np.array([np.nan]))).all()


def test_what_is_no_chance_is_refused() -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        holm(np.array([1.5]))
