"""Muon: steps along a momentum whose directions are equally long."""

from __future__ import annotations

import numpy as np
import pytest

from innervoice.training.adam import adam, no_moments
from innervoice.training.muon import LIKE_ADAM, muon, orthogonal, parts


@pytest.mark.parametrize("shape", [(8, 8), (6, 20), (20, 6)])
def test_all_directions_become_about_equally_long(shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(1)
    matrix = rng.standard_normal(shape).astype(np.float32)
    left, before, right = np.linalg.svd(matrix, full_matrices=False)
    after = left.T @ np.asarray(orthogonal(matrix)) @ right.T
    assert np.abs(after - np.diag(np.diag(after))).max() < 1e-4, "the singular vectors stay"
    assert before.max() / before.min() > 2
    assert 0.6 < np.diag(after).min() <= np.diag(after).max() < 1.25


def test_nothing_to_follow_moves_nothing() -> None:
    still = np.zeros((4, 6), np.float32)
    weight, momentum = muon(still + 1, still, still, 0.1, 3)
    assert (np.asarray(weight) == 1).all()
    assert not np.asarray(momentum).any()


def test_matrices_side_by_side_move_each_for_itself() -> None:
    rng = np.random.default_rng(2)
    left, right = rng.standard_normal((2, 5, 5)).astype(np.float32)
    still = np.zeros((5, 10), np.float32)
    both, _ = muon(still, still, np.hstack([left, 1000 * right]), 0.1, 2)
    alone, _ = muon(still[:, :5], still[:, :5], left, 0.1, 1)
    np.testing.assert_allclose(np.asarray(both)[:, :5], np.asarray(alone), atol=1e-6)


def test_a_step_is_as_long_as_one_of_adam() -> None:
    slope = np.random.default_rng(3).standard_normal((64, 256)).astype(np.float32)
    still = np.zeros_like(slope)
    moved, _ = muon(still, still, slope, 0.01, 1)
    assert np.sqrt(np.square(np.asarray(moved)).mean()) == pytest.approx(LIKE_ADAM * 0.01, rel=0.15)


def test_only_matrices_of_hidden_layers_go_this_way() -> None:
    rng = np.random.default_rng(4)
    names = {"layer_0/feedforward/inner/kernel": True, "embedding/event": False, "encoder/mu/kernel": False}
    weights = {name: rng.standard_normal((6, 6)).astype(np.float32) for name in names}
    slopes = {name: rng.standard_normal((6, 6)).astype(np.float32) for name in names}
    one, rate = np.float32(1), np.float32(0.01)
    plain, _ = adam(weights, no_moments(weights), slopes, one, rate)
    turned, (_, seconds) = adam(weights, no_moments(weights), slopes, one, rate, 2.0)
    for name, by_muon in names.items():
        assert bool(parts(name)) == by_muon
        assert np.allclose(np.asarray(plain[name]), np.asarray(turned[name]), atol=1e-7) != by_muon
        assert np.asarray(seconds[name]).any() != by_muon
