"""Rate and distortion of a model against the plain formulas."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from innervoice.statistics.rate_distortion import cell_cross_entropy, encoding_rate, token_cross_entropy


def test_the_prior_itself_costs_nothing() -> None:
    assert encoding_rate(np.zeros((2, 3)), np.ones((2, 3))).tolist() == [0, 0]


def test_the_rate_is_the_mean_logarithm_of_the_two_densities() -> None:
    draws = 0.7 + 0.5 * np.random.default_rng(3).standard_normal(200_000)
    measured = (norm.logpdf(draws, 0.7, 0.5) - norm.logpdf(draws)).mean()
    assert encoding_rate(np.array([[0.7]]), np.array([[0.5]]))[0] == pytest.approx(measured, rel=0.01)


def test_cells_cost_the_logarithm_of_their_probability() -> None:
    logits, cells = np.array([[[0.3, -2.0], [800.0, -800.0]]]), np.array([[[True, False], [True, False]]])
    probability = 1 / (1 + np.exp([-0.3, 2.0]))
    expected = -np.log(probability[0]) - np.log(1 - probability[1])
    assert cell_cross_entropy(logits, cells)[0] == pytest.approx(expected)


def test_tokens_cost_the_logarithm_of_their_share() -> None:
    logits, tokens = np.log(np.array([[[0.5, 0.25, 0.25], [0.1, 0.1, 0.8]]])), np.array([[1, 2]])
    assert token_cross_entropy(logits, tokens)[0] == pytest.approx(-np.log(0.25) - np.log(0.8))
