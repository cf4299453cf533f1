"""Two samples, correlations, chance and trends: SciPy's numbers, and relations that were planted."""

import numpy as np
import pytest
from scipy import stats

from innervoice.statistics.association import (
    best_by_chance,
    chance_of,
    correlations,
    interval_of_correlation,
    linear_trend,
    rank_correlations,
    resampled_correlations,
)
from innervoice.statistics.directions import direction_of, steps_of
from innervoice.statistics.two_samples import mann_whitney, welch


@pytest.mark.parametrize("seed", range(4))
def test_p_values_are_scipys(seed: int) -> None:
    rng = np.random.default_rng(seed)
    one, other = rng.normal(size=64).round(1), rng.normal(0.3 * seed, 1 + seed, size=50 + seed).round(1)
    gap = np.append(one, np.nan)
    expected = stats.mannwhitneyu(one, other)
    assert mann_whitney(gap, other) == (expected.statistic, expected.pvalue)
    expected = stats.ttest_ind(one, other, equal_var=False)
    assert welch(gap, other) == pytest.approx((expected.statistic, expected.pvalue), rel=1e-11)


def test_two_samples_by_hand() -> None:
    """Ranks 1, 2, 3 against 4, 5, 6: U = 0, one order of the twenty in either tail."""
    assert mann_whitney(np.array([1.0, 2, 3]), np.array([4.0, 5, 6])) == (0.0, pytest.approx(0.1))
    assert welch(np.array([1.0, 2, 3]), np.array([4.0, 5, 6])).statistic == pytest.approx(-3 / np.sqrt(2 / 3))


def test_where_nothing_can_be_tested_nothing_is_said() -> None:
    for test in (mann_whitney, welch):
        for one, other in (([1.0], [1.0, 2.0]), ([1.0, 1.0], [1.0, 1.0]), ([np.nan, np.nan, 1.0], [2.0, 3.0])):
            assert np.isnan(test(np.array(one), np.array(other)).p)
    assert np.isnan(welch(np.ones(5), np.zeros(5)).p)
    assert np.isnan(welch(np.full(5, 0.1) * 3, np.full(5, 0.3)).p)
    assert welch(np.ones(5), np.arange(5.0)).p == pytest.approx(stats.ttest_1samp(np.arange(5.0), 1.0).pvalue)
    assert mann_whitney(np.ones(5), np.zeros(5)).p < 0.05


def test_correlations_are_scipys() -> None:
    rng = np.random.default_rng(1)
    columns, values = rng.normal(size=(80, 5)), rng.integers(0, 9, 80).astype(float)
    columns[:, 2] = 7.3
    columns[:, 4] = np.exp(values)
    values[::9] = np.nan
    there = np.isfinite(values)
    found, ranked = correlations(columns, values), rank_correlations(columns, values)
    for column in (0, 1, 3, 4):
        assert found[column] == pytest.approx(stats.pearsonr(columns[there, column], values[there]).statistic)
        assert ranked[column] == pytest.approx(stats.spearmanr(columns[there, column], values[there]).statistic)
    assert np.isnan([found[2], ranked[2]]).all()
    assert ranked[4] == pytest.approx(1.0)
    assert found[4] < 0.9
    assert np.isnan(correlations(columns, np.ones(80))).all()
    assert np.isnan(correlations(columns, np.full(80, np.nan))).all()


def test_the_interval_is_scipys() -> None:
    rng = np.random.default_rng(2)
    x = rng.normal(size=40)
    y = x + rng.normal(size=40)
    found = stats.pearsonr(x, y)
    low, high = found.confidence_interval(0.95)
    assert interval_of_correlation(found.statistic, 40) == pytest.approx((found.statistic, low, high))
    assert interval_of_correlation(1.0, 40) == (1.0, 1.0, 1.0)
    assert np.isnan(interval_of_correlation(0.5, 3).low)


def test_chance_is_that_of_the_best_of_all_columns() -> None:
    rng = np.random.default_rng(3)
    columns = rng.normal(size=(100, 200))
    values = rng.normal(size=100)
    told: list[int] = []
    chance = best_by_chance(columns, values, 150, np.random.default_rng(4), told.append)
    assert told == [0, 64, 128]
    assert 0.2 < np.median(chance) < 0.35, "of 200 columns one always goes along with 100 values"
    one = best_by_chance(columns[:, :1], values, 150, np.random.default_rng(4))
    assert np.median(one) < 0.12
    rows = best_by_chance(
        np.repeat(columns, 4, axis=0), np.repeat(values, 4), 150, np.random.default_rng(4), together=4
    )
    np.testing.assert_allclose(rows, chance, err_msg="four rows that are one count as one")
    assert best_by_chance(columns, np.full(100, np.nan), 3, rng).tolist() == [0, 0, 0]
    best = np.abs(correlations(columns, values)).max()
    assert chance_of(best, chance) > 0.01
    values = values + 2 * columns[:, 17]
    assert chance_of(correlations(columns, values)[17], chance) == pytest.approx(1 / 151)
    assert np.isnan(chance_of(float("nan"), chance))
    assert np.isnan(chance_of(0.5, chance[:0]))


def test_groups_drawn_anew_say_how_sure_a_correlation_is() -> None:
    rng = np.random.default_rng(7)
    columns = rng.normal(size=(60, 5, 3)) + 2 * rng.normal(size=(60, 1, 3))
    values = columns[..., 1] + rng.normal(size=(60, 5)) + 2 * rng.normal(size=(60, 1))
    values[3, 2] = np.nan
    found = resampled_correlations(columns, values, 400, np.random.default_rng(8))
    assert found.shape == (400, 3)
    counts = np.bincount(np.random.default_rng(8).integers(0, 60, 60), minlength=60)
    drawn = np.repeat(np.arange(60), counts)
    np.testing.assert_allclose(found[0], correlations(columns[drawn].reshape(-1, 3), values[drawn].ravel()))
    once = correlations(columns.reshape(-1, 3), values.ravel())
    np.testing.assert_allclose(np.median(found, axis=0), once, atol=0.05)
    assert found[:, 1].std() > 1.5 * (1 - once[1] ** 2) / np.sqrt(300), "as if every member counted, it would be surer"
    assert np.isnan(resampled_correlations(columns, np.ones((60, 5)), 2, rng)).all()


def test_the_slope_is_scipys() -> None:
    rng = np.random.default_rng(5)
    x = rng.normal(size=50)
    y = 2.5 * x - 1 + 0.1 * rng.normal(size=50)
    expected = stats.linregress(x, y)
    found = linear_trend(np.append(x, np.nan), np.append(y, 3.0))
    assert found == pytest.approx((expected.slope, expected.intercept, expected.stderr))
    assert linear_trend(np.ones(9), np.arange(9.0)) is None
    assert linear_trend(x[:2], y[:2]) is None


def test_a_planted_direction_is_found_and_leads_where_it_says() -> None:
    rng = np.random.default_rng(6)
    z = rng.normal(size=(2000, 12))
    weights = np.zeros(12)
    weights[[3, 8]] = 0.6, -0.2
    values = z @ weights + 0.05 * rng.normal(size=2000)
    found = direction_of(z, values, np.arange(2000) // 20, 5, rng)
    assert found is not None
    assert found.step @ weights == pytest.approx(1.0, rel=0.01), "one step raises the number by one"
    assert found.r > 0.99
    assert 0 <= found.error < 0.01
    many = steps_of(z, np.stack([rng.normal(size=2000), values, np.ones(2000)], axis=1))
    np.testing.assert_allclose(many[1], found.step, rtol=1e-9)
    assert np.isfinite(many[0]).all()
    assert np.isnan(many[2]).all()
    values[:50] = np.nan
    np.testing.assert_allclose(steps_of(z, values[:, None])[0], found.step, atol=0.05)
    values[:50] = z[:50] @ weights
    noise = direction_of(z, rng.normal(size=2000), np.arange(2000) // 20, 5, rng)
    assert noise is not None
    assert abs(noise.r) < 0.1
    assert direction_of(z, np.ones(2000), np.arange(2000), 5, rng) is None
    assert direction_of(z, values, np.zeros(2000), 5, rng) is None
