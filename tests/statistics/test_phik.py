"""Phi_k against the package of its authors, live, and against what is known of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import phik
import pytest
from numpy.typing import NDArray
from phik import bivariate
from phik.phik import phik_from_hist2d
from scipy import optimize, stats

from innervoice.statistics.contingency import equal_width_bins
from innervoice.statistics.phik import phik_matrix, phik_of_tables

OWN_TOLERANCE = 1e-5
"""The package's root is found to within this (``xtol`` of its ``brentq``)."""


def related(clips: int, seed: int) -> NDArray[np.float64]:
    """Variables that follow one another in many ways: straight, bent, not at all, in steps."""
    rng = np.random.default_rng(seed)
    first, noise = rng.standard_normal((2, clips))
    return np.stack(
        [first, first + noise, first**2 + 0.2 * noise, noise, np.sign(first), np.round(first + 2 * noise)], axis=1
    )


@pytest.fixture
def precise(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the package find its root to the last digits, as its formula has it."""
    search = optimize.brentq

    def tight(*given: Any, xtol: float, **named: Any) -> Any:
        assert xtol == OWN_TOLERANCE
        return search(*given, xtol=1e-13, rtol=1e-13, **named)

    monkeypatch.setattr(bivariate.optimize, "brentq", tight)


@pytest.mark.usefixtures("precise")
@pytest.mark.parametrize("seed", range(30))
def test_a_table_gives_the_packages_value(seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = related(int(rng.integers(60, 3000)), seed)
    one, other = rng.choice(values.shape[1], 2, replace=False)
    counts, _, _ = np.histogram2d(values[:, one], values[:, other], bins=tuple(rng.integers(2, 12, 2)))
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    assert float(phik_of_tables(counts).phik) == pytest.approx(phik_from_hist2d(counts), abs=1e-7)


def test_a_matrix_is_the_packages_from_the_values_on() -> None:
    values = related(2000, 3)
    frame = pd.DataFrame(values, columns=list("abcdef"))
    theirs = phik.phik_matrix(frame, interval_cols=list("abcdef"), bins=10, verbose=False, njobs=1).to_numpy()
    binned = equal_width_bins(values, 10)
    np.testing.assert_allclose(phik_matrix(binned, binned, 10).phik, theirs, atol=OWN_TOLERANCE)


def test_clips_that_lack_a_value_are_left_out_of_its_pairs_alone() -> None:
    values = related(400, 5)
    values[::3, 0] = np.nan
    binned = equal_width_bins(values, 8)
    with_gaps = phik_matrix(binned, binned, 8).phik
    there = np.isfinite(values[:, 0])
    alone = phik_matrix(binned[there], binned[there], 8).phik
    np.testing.assert_array_equal(with_gaps[0], alone[0])
    assert with_gaps[1, 2] != alone[1, 2]


def test_a_shape_without_direction_is_seen() -> None:
    x = np.linspace(-1, 1, 2001)
    binned = equal_width_bins(np.stack([x, x**2, np.random.default_rng(1).permutation(x)], axis=1), 10)
    found = phik_matrix(binned, binned, 10)
    assert abs(np.corrcoef(x, x**2)[0, 1]) < 1e-10
    assert found.phik[0, 1] > 0.9
    assert found.phik[0, 2] < 0.1
    assert np.diag(found.phik) == pytest.approx(1.0)
    np.testing.assert_allclose(found.phik, found.phik.T, atol=1e-12)


def test_its_chance_is_scipys() -> None:
    counts = np.random.default_rng(2).integers(1, 40, (5, 4, 6)).astype(float)
    expected = [stats.chi2_contingency(table).pvalue for table in counts]
    np.testing.assert_allclose(phik_of_tables(counts).p, expected, rtol=1e-10)
    square = np.array([[12.0, 5.0], [3.0, 9.0]])
    assert float(phik_of_tables(square).p) == pytest.approx(stats.chi2_contingency(square).pvalue, rel=1e-10)


@pytest.mark.parametrize("values", [np.ones(50), np.full(50, np.nan), np.array([np.nan] * 49 + [1.0])])
def test_of_a_constant_or_absent_variable_nothing_is_said(values: NDArray[Any]) -> None:
    other = np.arange(50.0)
    binned = equal_width_bins(np.stack([values, other], axis=1), 5)
    found = phik_matrix(binned[:, :1], binned[:, 1:], 5)
    assert np.isnan(found.phik).all()
    assert np.isnan(found.p).all()


def test_one_clip_says_nothing() -> None:
    found = phik_of_tables(np.array([[1.0, 0.0], [0.0, 0.0]]))
    assert np.isnan(found.phik)
