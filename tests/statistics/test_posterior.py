"""The posterior refuses what would spoil every figure after it."""

import numpy as np
import pytest

from innervoice.statistics.posterior import Posterior


def test_holds_float32_and_its_sizes() -> None:
    posterior = Posterior(np.zeros((3, 4)), np.ones((3, 4)))
    assert (posterior.mu.dtype, posterior.sigma.dtype) == (np.float32, np.float32)
    assert (posterior.clips, posterior.neurons, len(posterior)) == (3, 4, 3)


def test_rows_are_chosen_by_slice_and_index() -> None:
    posterior = Posterior(np.arange(12.0).reshape(4, 3), np.ones((4, 3)))
    assert posterior[1:3].mu.tolist() == [[3, 4, 5], [6, 7, 8]]
    assert posterior[np.array([3, 0])].mu[:, 0].tolist() == [9, 0]


def test_sample_is_mu_plus_sigma_epsilon_and_seeded() -> None:
    posterior = Posterior(np.full((20000, 1), 2.0), np.full((20000, 1), 0.5))
    sample = posterior.sample(np.random.default_rng(3))
    assert sample.dtype == np.float32
    assert abs(sample.mean() - 2.0) < 0.02
    assert abs(sample.std() - 0.5) < 0.02
    assert np.array_equal(sample, posterior.sample(np.random.default_rng(3)))


@pytest.mark.parametrize(
    ("mu", "sigma", "said"),
    [
        (np.zeros((2, 3)), np.ones((3, 2)), "shape"),
        (np.zeros(3), np.ones(3), r"\[clips, neurons\]"),
        (np.zeros((2, 3)), -np.ones((2, 3)), "cannot be negative"),
        (np.array([[0.0], [np.nan]]), np.ones((2, 1)), "mu of clip 1 holds NaN"),
        (np.zeros((2, 1)), np.array([[np.inf], [1.0]]), "sigma of clip 0 holds NaN"),
    ],
)
def test_says_what_is_wrong(mu: np.ndarray, sigma: np.ndarray, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Posterior(mu, sigma)
