"""Local regression against weighted least squares done place by place, and against what must come out."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from innervoice.statistics.local_regression import local_regression


def by_least_squares(x: NDArray[np.float64], y: NDArray[np.float64], place: float, span: float) -> float:
    """Height of Cleveland's line at a place, by NumPy's general solver."""
    distance = np.abs(x - place)
    reach = np.sort(distance)[max(3, int(np.ceil(span * len(x)))) - 1]
    weights = np.clip(1 - (distance / reach) ** 3, 0, None) ** 3
    root = np.sqrt(weights)
    design = np.stack([root, root * (x - place)], axis=1)
    return float(np.linalg.lstsq(design, root * y, rcond=None)[0][0])


@pytest.mark.parametrize("span", [0.2, 0.5, 1.0])
def test_each_place_is_a_weighted_line(span: float) -> None:
    rng = np.random.default_rng(1)
    x = rng.standard_normal(300)
    y = np.sin(2 * x) + 0.3 * rng.standard_normal(300)
    curve = local_regression(x, y, span, places=17)
    np.testing.assert_allclose(curve.y, [by_least_squares(x, y, place, span) for place in curve.x], atol=1e-9)


def test_a_line_is_found_as_it_is() -> None:
    x = np.random.default_rng(2).random(200)
    curve = local_regression(x, 3.0 - 2.0 * x, 0.4)
    np.testing.assert_allclose(curve.y, 3.0 - 2.0 * curve.x, atol=1e-9)
    assert curve.error.max() < 1e-6


def test_the_error_covers_the_truth_as_often_as_it_says() -> None:
    rng = np.random.default_rng(3)
    x = np.sort(rng.random(400))
    inside = []
    for _ in range(60):
        curve = local_regression(x, x + rng.standard_normal(400), 0.6, places=11)
        inside.append(np.abs(curve.y - curve.x) < 1.96 * curve.error)
    assert 0.9 < np.mean(inside) < 0.99


def test_features_of_few_values_have_a_curve_too() -> None:
    x = np.repeat([0.0, 1.0, 2.0], 100)
    curve = local_regression(x, np.repeat([1.0, 5.0, 2.0], 100), 0.3)
    assert np.isfinite(curve.y).all()
    assert curve.y[0] == pytest.approx(1.0)
    assert curve.y[-1] == pytest.approx(2.0)


@pytest.mark.parametrize("x", [[], [1.0, 2.0], [1.0, 1.0, 1.0, 1.0], [1.0, 2.0, np.nan, np.nan]])
def test_of_too_little_nothing_is_said(x: list[float]) -> None:
    assert len(local_regression(np.array(x), np.arange(float(len(x)))).x) == 0


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="span"):
        local_regression(np.arange(4.0), np.arange(4.0), 0.0)
    with pytest.raises(ValueError, match="pairs"):
        local_regression(np.arange(4.0), np.arange(5.0))
