"""Multidimensional scaling: scikit-learn's steps, its stress in fewer of them, and what can be known beforehand."""

import tracemalloc

import numpy as np
import pytest
from scipy.spatial import procrustes
from scipy.spatial.distance import pdist, squareform
from sklearn.manifold import smacof as theirs

from innervoice.statistics.guttman import guttman_transform, raw_stress
from innervoice.statistics.scaling import Scaling, classical_scaling, pairwise_distances, smacof


def cloud(count: int, dimensions: int = 40, seed: int = 1) -> np.ndarray:
    """Return regions of ten points each around centres of a box, as the analysis makes them."""
    rng = np.random.default_rng(seed)
    centres = rng.uniform(-3, 3, (-(-count // 10), dimensions))
    return (np.repeat(centres, 10, axis=0) + rng.standard_normal((len(centres) * 10, dimensions)))[:count]


def scikit_learns(distances: np.ndarray, start: np.ndarray, steps: int, eps: float = 0.0) -> tuple[np.ndarray, float]:
    points, stress = theirs(
        distances.astype(float), init=start, n_init=1, max_iter=steps, eps=eps, normalized_stress=False
    )
    return points, float(stress)


def test_distances_are_scipys() -> None:
    points = cloud(70)
    np.testing.assert_allclose(pairwise_distances(points), squareform(pdist(points)), rtol=1e-6)


@pytest.mark.parametrize("dimensions", [1, 2, 3])
def test_plain_steps_are_scikit_learns(dimensions: int) -> None:
    distances = pairwise_distances(cloud(60))
    start = np.random.default_rng(2).uniform(size=(60, dimensions))
    points, stress = scikit_learns(distances, start, 20)
    found = smacof(distances, start, dimensions, most_steps=21, tolerance=-1.0, memory=0)
    assert found.steps == 21
    assert found.stress == pytest.approx(stress, rel=1e-5)
    assert procrustes(points, found.points)[2] < 1e-8


@pytest.mark.parametrize("count", [30, 400])
def test_the_stress_is_scikit_learns_or_less(count: int) -> None:
    distances = pairwise_distances(cloud(count, 256, seed=count))
    start = classical_scaling(distances)
    _points, stress = scikit_learns(distances, start.points, 300, eps=1e-6)
    found = smacof(distances)
    assert found.stress < 1.01 * stress
    assert found.stress < start.stress
    assert found.steps < 150
    assert found.stress == pytest.approx(((pdist(found.points) - squareform(distances, checks=False)) ** 2).sum(), 1e-5)
    assert found.normalised == pytest.approx(np.sqrt(found.stress / (pdist(found.points) ** 2).sum()), 1e-5)


def test_a_plane_comes_back_exactly() -> None:
    plane = np.random.default_rng(3).normal(size=(310, 2)) * (3.0, 1.0)
    distances = squareform(pdist(plane))
    for found in (classical_scaling(distances), smacof(distances)):
        assert procrustes(plane, found.points)[2] < 1e-9
        assert found.normalised < 1e-3
        assert found.points[:, 0].std() > found.points[:, 1].std()


def test_few_and_many_points_have_the_same_classical_scaling(monkeypatch: pytest.MonkeyPatch) -> None:
    distances = pairwise_distances(cloud(120) * np.linspace(3, 1, 40))
    at_once = classical_scaling(distances)
    monkeypatch.setattr("innervoice.statistics.scaling.FEW", 10)
    first = classical_scaling(distances)
    monkeypatch.setattr("innervoice.statistics.scaling.HELD", 10)
    blocks = classical_scaling(distances)
    np.testing.assert_allclose(first.points, at_once.points, atol=2e-2)
    np.testing.assert_allclose(blocks.points, at_once.points, atol=2e-2)


def test_a_step_never_raises_the_stress_and_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    distances = pairwise_distances(cloud(90))
    points = np.random.default_rng(4).normal(size=(90, 2))
    whole = guttman_transform(distances, points)
    assert raw_stress(distances, whole.image) < raw_stress(distances, points)
    monkeypatch.setattr("innervoice.statistics.guttman.CACHED", 800)
    blocks = guttman_transform(distances, points)
    np.testing.assert_allclose(blocks.image, whole.image, rtol=1e-4, atol=1e-4)
    assert blocks.stress == pytest.approx(whole.stress, rel=1e-4)


def test_points_that_meet_and_points_that_are_one() -> None:
    points = np.repeat(cloud(10), 2, axis=0)
    distances = pairwise_distances(points)
    found = smacof(distances, np.zeros((20, 2)) + np.arange(20)[:, None] // 4)
    assert np.isfinite(found.points).all()
    same = smacof(np.zeros((5, 5)), np.zeros((5, 2)))
    assert (same.stress, same.normalised) == (0.0, 0.0)


def test_it_is_the_same_every_time_and_can_be_ended() -> None:
    distances = pairwise_distances(cloud(50))
    one, again = smacof(distances), smacof(distances)
    assert one.points.tobytes() == again.points.tobytes()

    def enough(done: int, _most: int) -> None:
        if done == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        smacof(distances, tell=enough)


def test_memory_is_the_matrix_and_little_more() -> None:
    points = np.random.default_rng(5).normal(size=(2500, 30))
    tracemalloc.start()
    found: Scaling = smacof(pairwise_distances(points), points[:, :2], most_steps=4)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.points.shape == (2500, 2)
    assert most < 2500 * 2500 * 4 + 110e6


@pytest.mark.parametrize(
    ("distances", "dimensions", "said"),
    [
        (np.zeros((3, 4)), 2, "as a square"),
        (np.zeros((2, 2)), 2, "cannot be placed"),
        (np.zeros((3, 3)), 0, "cannot be placed"),
    ],
)
def test_what_makes_no_sense_is_refused(distances: np.ndarray, dimensions: int, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        smacof(distances, dimensions=dimensions)
    with pytest.raises(ValueError, match="12000 points"):
        pairwise_distances(np.zeros((12_001, 1)))
