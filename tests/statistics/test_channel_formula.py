"""The channel against its closed form: error, variance, and both ends of the rate."""

from __future__ import annotations

import numpy as np
import pytest

from innervoice.statistics.noisy_channel import through_channel, through_published_channel

DRAWS = 400_000


def draws(mean: float, variance: float, bits: float) -> tuple[np.ndarray, np.ndarray]:
    """What was sent and what came, of a source that is what the channel was told."""
    rng = np.random.default_rng(5)
    z = mean + np.sqrt(variance) * rng.standard_normal((DRAWS, 1))
    ways = np.array([mean]), np.array([variance]), np.array([bits])
    return z, through_channel(z, *ways, rng.standard_normal(z.shape))


@pytest.mark.parametrize("bits", [0.0, 0.5, 1.0, 2.0, 4.0])
@pytest.mark.parametrize(("mean", "variance"), [(0.0, 1.0), (-2.0, 0.3)])
def test_error_and_variance_are_the_formulas(mean: float, variance: float, bits: float) -> None:
    z, y = draws(mean, variance, bits)
    lost = 2.0 ** (-2.0 * bits)
    assert ((z - y) ** 2).mean() / variance == pytest.approx(lost, rel=0.02)
    assert y.var() / variance == pytest.approx(1.0 - lost, rel=0.02, abs=1e-12)
    assert y.mean() == pytest.approx(mean, abs=0.01)


def test_no_bits_give_exactly_the_mean() -> None:
    z, noise = np.random.default_rng(1).standard_normal((2, 6, 4))
    mean = np.array([0.1, -3.0, 7.5, 0.0])
    for channel in (through_channel, through_published_channel):
        assert (channel(z, mean, np.ones(4), np.zeros(4), noise) == mean).all()


def test_many_bits_give_exactly_what_was_sent() -> None:
    z, noise = np.random.default_rng(1).standard_normal((2, 6, 4))
    for channel in (through_channel, through_published_channel):
        y = channel(z, np.full(4, 3.0), np.ones(4), np.full(4, 100), noise)
        np.testing.assert_allclose(y, z, atol=1e-15)


def test_neurons_are_sent_each_at_its_own_rate() -> None:
    z, noise = np.random.default_rng(1).standard_normal((2, 6, 2))
    y = through_channel(z, np.array([5.0, 0.0]), np.ones(2), np.array([0, 60]), noise)
    assert (y[:, 0] == 5.0).all()
    np.testing.assert_allclose(y[:, 1], z[:, 1], atol=1e-12)


def test_the_published_slip_has_another_error() -> None:
    rng = np.random.default_rng(5)
    z, noise = rng.standard_normal((2, DRAWS, 1))
    ways = np.zeros(1), np.ones(1), np.ones(1)
    y = through_published_channel(z, *ways, noise)
    # (z / 4)^2 + (3/16)^2 in place of 1/4.
    assert ((z - y) ** 2).mean() == pytest.approx(1 / 16 + 9 / 256, rel=0.02)
