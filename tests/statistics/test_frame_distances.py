"""Distances of frames: by formula, with zeros, and likeness."""

from __future__ import annotations

import numpy as np
import pytest

from innervoice.statistics.frame_distances import (
    cosine_distances,
    divergences,
    self_similarity,
    tonal_centroids,
)


def test_divergences_are_the_formula_both_ways() -> None:
    rng = np.random.default_rng(2)
    mu, sigma = rng.standard_normal((5, 3)), rng.uniform(0.2, 2.0, (5, 3))

    def one_way(a: int, b: int) -> float:
        ratio = sigma[a] ** 2 / sigma[b] ** 2
        return float(0.5 * (ratio + (mu[a] - mu[b]) ** 2 / sigma[b] ** 2 - 1 - np.log(ratio)).sum())

    expected = [[0.5 * (one_way(a, b) + one_way(b, a)) for b in range(5)] for a in range(5)]
    np.testing.assert_allclose(divergences(mu, sigma), expected, atol=1e-9)


def test_a_sigma_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="sigma above 0"):
        divergences(np.zeros((2, 2)), np.zeros((2, 2)))


def test_frames_of_zeros_have_no_direction() -> None:
    apart = cosine_distances(np.array([[1.0, 0], [0, 0], [0, 0], [2, 0], [-1, 0]]))
    assert apart[0].tolist() == pytest.approx([0, 1, 1, 0, 2])
    assert apart[1].tolist() == [1, 0, 0, 1, 1]


def test_likeness_runs_from_none_to_one() -> None:
    assert self_similarity(np.array([[0.0, 4], [4, 0]])).tolist() == [[1, 0], [0, 1]]
    assert self_similarity(np.zeros((2, 2))).tolist() == [[1, 1], [1, 1]]


def test_a_chroma_of_another_width_is_refused() -> None:
    with pytest.raises(ValueError, match="12 pitch classes"):
        tonal_centroids(np.zeros((2, 11)))
