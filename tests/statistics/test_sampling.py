"""Choosing points: strata that are each taken once, SciPy's own points, and distances."""

import numpy as np
import pytest
from scipy.spatial.distance import pdist
from scipy.stats import qmc

from innervoice.statistics.sampling import (
    grid_points,
    in_box,
    latin_hypercube,
    least_distance,
    random_points,
    samples_around,
)


@pytest.mark.parametrize(("count", "dimensions"), [(1, 1), (10, 3), (100, 256)])
def test_every_stratum_is_taken_once(count: int, dimensions: int) -> None:
    points = latin_hypercube(count, dimensions, np.random.default_rng(99))
    strata = np.sort(np.ceil(points * count), axis=0)
    np.testing.assert_array_equal(strata, np.repeat(np.arange(1, count + 1)[:, None], dimensions, axis=1))


def test_the_points_are_scipys() -> None:
    theirs = qmc.LatinHypercube(12, scramble=True, seed=99).random(30)
    np.testing.assert_array_equal(latin_hypercube(30, 12, np.random.default_rng(99)), theirs)


def test_the_papers_distances_come_out() -> None:
    """100 points in [-3, 3]^D: the least distance is near 33.8 for 256 neurons and 50.0 for 512."""
    for neurons, least in ((256, 33.8), (512, 50.0)):
        points = in_box(latin_hypercube(100, neurons, np.random.default_rng(99)), -3, 3)
        assert least_distance(points) == pytest.approx(pdist(points).min())
        assert least_distance(points) == pytest.approx(least, abs=1.0)


def test_points_that_nearly_meet_are_told_apart() -> None:
    points = 1000 + np.random.default_rng(1).normal(size=(50, 4))
    points[7] = points[31] + 1e-7
    assert least_distance(points) == pytest.approx(2e-7, rel=1e-3)
    with pytest.raises(ValueError, match="two or more"):
        least_distance(points[:1])


def test_a_grid_is_even_or_impossible() -> None:
    points = grid_points(100, 2)
    assert len(np.unique(points, axis=0)) == 100
    np.testing.assert_allclose(np.unique(points[:, 0]), np.arange(10) / 10 + 0.05)
    assert len(grid_points(1000, 3)) == 1000
    assert len(grid_points(999, 3)) == 729
    with pytest.raises(ValueError, match=r"2\^256 points, more than 100"):
        grid_points(100, 256)


def test_random_points_and_the_box() -> None:
    points = in_box(random_points(500, 2, np.random.default_rng(1)), -3, 1)
    assert -3 <= points.min() < -2.9
    assert 0.9 < points.max() <= 1
    with pytest.raises(ValueError, match="lower end must be below"):
        in_box(points, 3, -3)


def test_samples_lie_around_their_centre() -> None:
    centres = np.array([[0.0, 10.0], [5.0, -5.0]])
    samples = samples_around(centres, 20_000, 0.5, np.random.default_rng(1))
    np.testing.assert_allclose(samples.mean(axis=1), centres, atol=0.02)
    np.testing.assert_allclose(samples.std(axis=1), 0.5, atol=0.02)
    for count, sigma in ((0, 1.0), (5, 0.0), (5, float("nan"))):
        with pytest.raises(ValueError, match="sigma above 0"):
            samples_around(centres, count, sigma, np.random.default_rng(1))
    with pytest.raises(ValueError, match="1 or more"):
        latin_hypercube(0, 3, np.random.default_rng(1))
