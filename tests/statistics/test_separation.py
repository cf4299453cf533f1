"""Telling two groups apart: SciPy and scikit-learn say the same."""

import numpy as np
import pytest
from scipy.stats import mannwhitneyu
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.metrics import roc_auc_score

from innervoice.statistics.separation import area, discriminant_scores, separation


@pytest.mark.parametrize("round_to", [None, 0])
def test_the_area_is_scikit_learns_and_mann_whitneys(round_to: int | None) -> None:
    rng = np.random.default_rng(1)
    first, second = rng.standard_normal(70), rng.standard_normal(50) + 0.7
    if round_to is not None:
        first, second = np.round(first), np.round(second)
    found = separation(first, second)
    labels = np.r_[np.zeros(70), np.ones(50)]
    assert found.auc == pytest.approx(roc_auc_score(labels, np.r_[first, second]))
    assert found.auc == pytest.approx(mannwhitneyu(second, first).statistic / (70 * 50))
    assert area(first, second) == pytest.approx(found.auc, abs=1e-12)


def test_the_interval_covers_the_truth_as_often_as_it_says() -> None:
    rng = np.random.default_rng(2)
    truth = 0.7602  # of two normal groups one standard deviation apart: the normal distribution at 1 / sqrt 2
    inside = 0
    for _ in range(400):
        found = separation(rng.standard_normal(60), rng.standard_normal(60) + 1.0)
        inside += found.low < truth < found.high
    assert 0.92 < inside / 400 < 0.98


def test_groups_that_are_apart_or_the_same() -> None:
    assert separation(np.arange(5.0), np.arange(5.0) + 9) == (1.0, 1.0, 1.0)
    assert separation(np.zeros(5), np.zeros(5)).auc == 0.5
    with pytest.raises(ValueError, match="two of each"):
        separation(np.zeros(1), np.zeros(5))


def test_many_numbers_part_what_no_single_one_does() -> None:
    rng = np.random.default_rng(3)
    common = rng.standard_normal((400, 1))
    noise = 0.2 * rng.standard_normal((400, 2))
    values = np.hstack([common, common]) + noise + np.where(np.arange(400)[:, None] < 200, [[0.2, -0.2]], 0.0)
    alone = separation(values[:200, 0], values[200:, 0]).auc
    scores = discriminant_scores(values[:200], values[200:], 5, rng)
    assert abs(alone - 0.5) < 0.12
    assert separation(*scores).auc > 0.8


def test_the_direction_is_scikit_learns_where_nothing_is_shrunk(monkeypatch: pytest.MonkeyPatch) -> None:
    from innervoice.statistics import separation as room

    monkeypatch.setattr(room, "SHRINKAGE", 0.0)
    rng = np.random.default_rng(4)
    first, second = rng.standard_normal((80, 4)), rng.standard_normal((60, 4)) + np.array([1, 0, -1, 0.5])
    weights, _ = room._discriminant(*(room._moments(values) for values in (first, second)))
    theirs = LinearDiscriminantAnalysis(solver="lsqr").fit(np.vstack([first, second]), np.r_[np.zeros(80), np.ones(60)])
    direction = theirs.coef_[0] / np.linalg.norm(theirs.coef_[0])
    np.testing.assert_allclose(weights / np.linalg.norm(weights), direction, atol=1e-8)


def test_noise_is_not_told_apart_by_learning_it_by_heart() -> None:
    rng = np.random.default_rng(5)
    scores = discriminant_scores(rng.standard_normal((60, 50)), rng.standard_normal((60, 50)), 5, rng)
    assert 0.3 < separation(*scores).auc < 0.7


def test_too_few_for_the_folds_are_refused() -> None:
    with pytest.raises(ValueError, match="folds"):
        discriminant_scores(np.zeros((3, 2)), np.zeros((9, 2)), 5, np.random.default_rng(1))


def test_numbers_that_never_differ_break_nothing() -> None:
    scores = discriminant_scores(np.zeros((10, 3)), np.ones((10, 3)), 2, np.random.default_rng(1))
    assert separation(*scores).auc == 1.0
