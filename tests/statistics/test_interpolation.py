"""Ways between latent vectors: exact ends, mirrored, of constant length where they turn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from innervoice.statistics.interpolation import in_square, interpolate, way_between

NEURONS = 5
vectors = arrays(np.float32, NEURONS, elements=st.floats(-100, 100, width=32))
shares = st.floats(0, 1)
ways = st.sampled_from(["spherical", "linear"])


@given(vectors, vectors, ways)
def test_both_ends_are_exact(first: np.ndarray, second: np.ndarray, way: str) -> None:
    path = way_between(first, second, 7, way)
    assert path[0].tolist() == first.tolist()
    assert path[-1].tolist() == second.tolist()


@given(vectors, vectors, shares, ways)
def test_the_way_back_is_the_way(first: np.ndarray, second: np.ndarray, t: float, way: str) -> None:
    there, back = interpolate(first, second, t, way), interpolate(second, first, 1 - t, way)
    np.testing.assert_allclose(there, back, rtol=1e-6, atol=1e-5)


@given(vectors, vectors, shares)
def test_vectors_of_one_length_keep_it(first: np.ndarray, second: np.ndarray, t: float) -> None:
    lengths = [np.linalg.norm(v.astype(np.float64)) for v in (first, second)]
    if min(lengths) < 1e-3:
        return
    one, two = first / lengths[0], second / lengths[1]
    if np.linalg.norm(one + two) < 1e-3:  # opposite: no one great circle
        return
    assert np.linalg.norm(interpolate(one, two, t)) == pytest.approx(1.0, abs=1e-6)


def test_the_angle_grows_evenly() -> None:
    path = way_between(np.array([1.0, 0.0]), np.array([0.0, 1.0]), 4)
    np.testing.assert_allclose(np.degrees(np.arctan2(path[:, 1], path[:, 0])), [0, 30, 60, 90], atol=1e-9)


def test_it_is_the_formula_of_white() -> None:
    rng = np.random.default_rng(1)
    a, b, t = rng.normal(size=8), rng.normal(size=8), 0.3
    omega = np.arccos(a @ b / np.linalg.norm(a) / np.linalg.norm(b))
    expected = (np.sin((1 - t) * omega) * a + np.sin(t * omega) * b) / np.sin(omega)
    np.testing.assert_allclose(interpolate(a, b, t), expected, rtol=1e-12)


@pytest.mark.parametrize("turn", [0.0, 1e-12, 1e-9, 1e-7, 1e-6, 1e-5])
def test_nearly_parallel_vectors_have_the_line_as_limit(turn: float) -> None:
    first, second = np.array([2.0, 0.0, 0.0]), np.array([2.0 * np.cos(turn), 2.0 * np.sin(turn), 0.0])
    t = np.linspace(0, 1, 11)
    np.testing.assert_allclose(interpolate(first, second, t), interpolate(first, second, t, "linear"), atol=1e-10)


def test_opposite_and_zero_vectors_take_the_line() -> None:
    first = np.array([1.0, -2.0])
    for second in (-first, 3 * first, np.zeros(2)):
        np.testing.assert_array_equal(interpolate(first, second, 0.25), interpolate(first, second, 0.25, "linear"))


@given(arrays(np.float32, (4, NEURONS), elements=st.floats(-10, 10, width=32)), shares, ways)
def test_the_edges_of_the_square_are_the_ways_between_corners(corners: np.ndarray, t: float, way: str) -> None:
    a, b, c, d = corners
    edges = {(t, 0.0): (a, b), (t, 1.0): (c, d), (0.0, t): (a, c), (1.0, t): (b, d)}
    found = in_square(corners, np.array(list(edges)), way)
    for point, (first, second) in zip(found, edges.values(), strict=True):
        np.testing.assert_allclose(point, interpolate(first, second, t, way), atol=1e-5)
    np.testing.assert_array_equal(in_square(corners, np.array([[0, 0], [1, 0], [0, 1], [1, 1]]), way), corners)


@given(arrays(np.float64, (4, NEURONS), elements=st.floats(-10, 10)), shares, shares)
def test_the_linear_square_is_bilinear(corners: np.ndarray, u: float, v: float) -> None:
    a, b, c, d = corners
    expected = (1 - u) * (1 - v) * a + u * (1 - v) * b + (1 - u) * v * c + u * v * d
    np.testing.assert_allclose(in_square(corners, np.array([[u, v]]), "linear")[0], expected, atol=1e-12)


def test_what_is_no_way_is_refused() -> None:
    one = np.ones(3)
    with pytest.raises(ValueError, match="3 neurons to 2"):
        interpolate(one, np.ones(2), 0.5)
    with pytest.raises(ValueError, match="spherical or linear"):
        interpolate(one, one, 0.5, "curly")
    with pytest.raises(ValueError, match="finite"):
        interpolate(one, np.full(3, np.nan), 0.5)
    with pytest.raises(ValueError, match="two ends"):
        way_between(one, one, 1)
    with pytest.raises(ValueError, match="four corners"):
        in_square(np.ones((3, 3)), np.zeros((1, 2)))
    with pytest.raises(ValueError, match="from 0 to 1"):
        in_square(np.ones((4, 3)), np.array([[0.5, 1.1]]))
