"""The network's bound of mutual information: its gradient, Gaussians whose information is known, and what has none."""

from __future__ import annotations

import numpy as np
import pytest

from innervoice.statistics.neural_information import UNITS, _Network, neural_information


def gaussians(rho: float, count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw pairs of correlated normal numbers, float64 [count, 1] each."""
    first, second = np.random.default_rng(seed).standard_normal((2, count, 1))
    return first, rho * first + np.sqrt(1 - rho**2) * second


def test_the_gradient_is_that_of_the_bound() -> None:
    rng = np.random.default_rng(0)
    network = _Network(2, 3, rng)
    pairs = rng.standard_normal((12, 5))
    masks = [(rng.random((12, UNITS)) >= 0.3) / 0.7 for _ in range(2)]
    bound, slopes = network.slopes(pairs, masks)
    for tensor, slope in zip((*network.kernels, *network.biases), slopes, strict=True):
        place = np.unravel_index(np.abs(slope).argmax(), slope.shape)
        tensor[place] += 1e-6
        assert (network.slopes(pairs, masks)[0] - bound) / 1e-6 == pytest.approx(slope[place], rel=1e-3, abs=1e-6)
        tensor[place] -= 1e-6


def test_information_of_gaussians_is_found_and_not_passed() -> None:
    found = neural_information(*gaussians(0.95, 256, 1), 60, np.random.default_rng(2))
    known = -0.5 * np.log2(1 - 0.95**2)
    assert 0.6 * known < found.held_out[-1] < known + 0.3
    assert found.learnt[-1] <= np.log2(192)


def test_what_has_nothing_to_do_with_each_other_tells_nothing_that_holds() -> None:
    found = neural_information(*gaussians(0.0, 256, 3), 20, np.random.default_rng(4))
    assert found.held_out[-1] < 0.15


def test_the_same_seed_learns_the_same() -> None:
    runs = [neural_information(*gaussians(0.5, 40, 5), 3, np.random.default_rng(6)).held_out for _ in range(2)]
    assert (runs[0] == runs[1]).all()


def test_too_few_pairs_are_refused() -> None:
    with pytest.raises(ValueError, match="15 and 15 values are not 16 pairs"):
        neural_information(*gaussians(0.5, 15, 7), 1, np.random.default_rng(8))
