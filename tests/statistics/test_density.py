"""Densities of counted numbers, by hand and against SciPy's kernel density."""

import numpy as np
import pytest
from scipy.stats import gaussian_kde, norm

from innervoice.statistics.density import binned_density, scott_bandwidth


def test_one_number_is_one_bell_on_the_middle_of_its_bin() -> None:
    grid = np.linspace(-3, 3, 7)
    density = binned_density(np.array([0, 1, 0]), -1.5, 1.5, grid, 2.0)
    np.testing.assert_allclose(density, norm.pdf(grid, 0.0, 2.0))


def test_a_kernel_is_never_narrower_than_a_bin() -> None:
    density = binned_density(np.array([4]), 0.0, 1.0, np.array([0.5]), 0.0)
    np.testing.assert_allclose(density, norm.pdf(0.0))


@pytest.mark.parametrize("seed", range(4))
def test_agrees_with_scipy(seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = np.concatenate([rng.normal(-1, 0.3, 300), rng.standard_t(3, 500)])
    low, high = values.min() - 1, values.max() + 1
    counts, _edges = np.histogram(values, 2000, (low, high))
    grid = np.linspace(low, high, 200)
    exact = gaussian_kde(values)
    width = scott_bandwidth(values.std(ddof=1), len(values))
    np.testing.assert_allclose(width, np.sqrt(exact.covariance[0, 0]))
    np.testing.assert_allclose(
        binned_density(counts, low, high, grid, width), exact(grid), atol=2e-3 * exact(grid).max()
    )


def test_nothing_has_no_density_and_no_room_is_an_error() -> None:
    assert binned_density(np.zeros(5), 0.0, 1.0, np.linspace(0, 1, 3), 0.1).tolist() == [0, 0, 0]
    with pytest.raises(ValueError, match="needs bins between"):
        binned_density(np.ones(5), 1.0, 1.0, np.zeros(1), 0.1)
