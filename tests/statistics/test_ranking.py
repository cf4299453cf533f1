"""Ranking and the cut, on planted sigmas."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from innervoice.statistics.ranking import find_cut, rank_neurons, typical_sigma

RNG = np.random.default_rng(7)


def spread(music: int, noise: int, below: float = 0.9, level: float = 0.99, jitter: float = 0.004) -> np.ndarray:
    kept = np.linspace(0.08, below, music) if music else np.zeros(0)
    return np.sort(np.concatenate([kept, level + jitter * RNG.standard_normal(noise)]))


@pytest.mark.parametrize(
    ("sigma", "cut"),
    [
        pytest.param(spread(81, 175), 81, id="as Google's 2-bar weights"),
        pytest.param(spread(37, 475, level=1.0), 37, id="as the paper's 2-bar model"),
        pytest.param(spread(81, 175, jitter=0.0), 81, id="noise exactly level"),
        pytest.param(spread(0, 512, level=1.0), 0, id="collapsed posterior"),
        pytest.param(np.ones(512), 0, id="collapsed exactly to the prior"),
        pytest.param(spread(0, 64, level=1.3), 0, id="sigma above one"),
        pytest.param(np.linspace(0.05, 0.6, 32), 32, id="all music"),
        pytest.param(np.zeros(8), 8, id="sigma underflown to zero"),
        pytest.param(spread(20, 100, below=0.5, level=0.94, jitter=0.002), 20, id="noise that did not quite collapse"),
        pytest.param(np.array([0.3, 1.0]), 1, id="two neurons, one each"),
        pytest.param(np.array([0.3, 0.31]), 2, id="two music neurons"),
        pytest.param(np.array([0.99, 1.0]), 0, id="two noise neurons"),
        pytest.param(np.array([0.2]), 1, id="one neuron"),
        pytest.param(np.zeros(0), 0, id="no neurons"),
    ],
)
def test_cut_of_planted_neurons(sigma: np.ndarray, cut: int) -> None:
    assert find_cut(sigma) == cut


def test_cut_stays_put_on_noisy_music_neurons() -> None:
    for seed in range(50):
        rng = np.random.default_rng(seed)
        sigma = np.sort(np.concatenate([rng.uniform(0.05, 0.88, 37), rng.normal(0.998, 0.003, 475)]))
        assert find_cut(sigma) == 37


def test_without_a_gap_the_cut_is_at_the_stated_sigma() -> None:
    sigma = np.linspace(0.3, 1.0, 1000)
    assert sigma[find_cut(sigma) - 1] < 0.918 < sigma[find_cut(sigma)] + 1e-3


@pytest.mark.parametrize(
    "sigma",
    [np.array([0.5, np.nan]), np.array([0.9, 0.1]), np.array([-0.1, 0.2]), np.ones((2, 2)), np.array([0.1, np.inf])],
)
def test_cut_refuses_what_is_no_ranking(sigma: np.ndarray) -> None:
    with pytest.raises(ValueError, match="cut needs"):
        find_cut(sigma)


@given(arrays(np.float64, st.integers(0, 40), elements=st.floats(0, 2)))
def test_cut_never_splits_the_certain_from_their_side(sigma: np.ndarray) -> None:
    ordered = np.sort(sigma)
    cut = find_cut(ordered)
    assert np.count_nonzero(ordered < 0.7) <= cut <= np.count_nonzero(ordered < 0.976)


def test_order_is_by_typical_sigma_and_ties_by_index() -> None:
    sigma = np.array([[0.9, 0.2, 0.9, 0.2], [0.9, 0.2, 0.9, 0.2]], np.float32)
    assert rank_neurons(sigma).tolist() == [1, 3, 0, 2]
    assert rank_neurons(sigma).dtype == np.int64


def test_median_and_mean_differ_where_one_clip_is_odd() -> None:
    sigma = np.array([[0.1, 0.3], [0.1, 0.3], [1.0, 0.3]])
    assert rank_neurons(sigma, "median").tolist() == [0, 1]
    assert rank_neurons(sigma, "mean").tolist() == [1, 0]


@pytest.mark.parametrize("clips", [1, 2])
def test_few_clips_are_enough(clips: int) -> None:
    assert rank_neurons(np.array([[0.9, 0.1]] * clips)).tolist() == [1, 0]


@pytest.mark.parametrize(
    ("sigma", "by", "said"),
    [
        (np.array([[np.nan, 1.0]]), "median", "finite"),
        (np.zeros((0, 4)), "median", "at least one clip"),
        (np.zeros(4), "median", "at least one clip"),
        (np.ones((2, 2)), "mode", "median or mean"),
    ],
)
def test_ranking_says_what_is_wrong(sigma: np.ndarray, by: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        typical_sigma(sigma, by)


def test_finds_the_81_music_neurons_of_googles_2_bar_model(shared: Path) -> None:
    # Its encoder's sigmas are not published, but 1 - Var(mu) comes close to sigma**2 in a trained model.
    with np.load(shared / "weights" / "mel_2bar_small_reference.npz", allow_pickle=False) as reference:
        variance = reference["mu"].var(axis=0)
    assert find_cut(np.sort(np.sqrt(np.clip(1 - variance, 0, None)))) == 81
