"""A drawn line becomes points at equal distances, and places between marks their weights."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from innervoice.statistics.polyline import inverse_distance_weights, nearest, resample

lines = st.integers(1, 12).flatmap(lambda n: arrays(np.float64, (n, 2), elements=st.floats(-1e3, 1e3)))


@given(lines, st.integers(2, 64))
def test_the_ends_are_exact_and_every_point_lies_within_the_line(line: np.ndarray, count: int) -> None:
    points = resample(line, count)
    assert points.shape == (count, 2)
    assert points[0].tolist() == line[0].tolist()
    assert points[-1].tolist() == line[-1].tolist()
    assert (points >= line.min(axis=0) - 1e-9).all()
    assert (points <= line.max(axis=0) + 1e-9).all()


@given(lines, st.integers(2, 64))
def test_drawn_from_its_end_it_is_the_same_line(line: np.ndarray, count: int) -> None:
    np.testing.assert_allclose(resample(line[::-1], count)[::-1], resample(line, count), atol=1e-6)


def test_the_distances_along_the_line_are_equal() -> None:
    corner = np.array([[0, 0], [0, 0], [3, 0], [3, 0], [3, 1]])
    np.testing.assert_allclose(resample(corner, 5), [[0, 0], [1, 0], [2, 0], [3, 0], [3, 1]], atol=1e-12)


def test_a_point_alone_is_repeated() -> None:
    assert resample(np.array([[2.0, 5.0]]), 3).tolist() == [[2.0, 5.0]] * 3


def test_the_nearest_marks_come_first_and_missing_ones_never() -> None:
    marks = np.array([[0.0, 0.0], [np.nan, 1.0], [2.0, 0.0], [5.0, 0.0]])
    near = nearest(marks, np.array([[1.5, 0.0], [9.0, 0.0]]), 2)
    assert near.marks.tolist() == [[2, 0], [3, 2]]
    assert near.distances.tolist() == [[0.5, 1.5], [4.0, 7.0]]
    assert nearest(marks, np.zeros((1, 2)), 8).marks.shape == (1, 3)


@given(arrays(np.float64, (3, 4), elements=st.floats(0, 1e6)))
def test_weights_add_up_and_the_nearer_weigh_more(distances: np.ndarray) -> None:
    weights = inverse_distance_weights(distances)
    np.testing.assert_allclose(weights.sum(axis=1), 1.0)
    for away, weight in zip(distances, weights, strict=True):
        assert (np.diff(weight[np.argsort(away, kind="stable")]) <= 1e-12).all()


def test_on_a_mark_that_mark_alone_counts() -> None:
    assert inverse_distance_weights(np.array([[0.0, 1.0], [1.0, np.inf], [1.0, 2.0]])).tolist() == [
        [1.0, 0.0],
        [1.0, 0.0],
        [0.8, 0.2],
    ]


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="a point at least"):
        resample(np.zeros((0, 2)), 4)
    with pytest.raises(ValueError, match="finite points"):
        resample(np.array([[np.inf, 0.0]]), 4)
    with pytest.raises(ValueError, match="no marks"):
        nearest(np.full((2, 2), np.nan), np.zeros((1, 2)))
    with pytest.raises(ValueError, match="no neighbour"):
        inverse_distance_weights(np.array([[np.inf, np.inf]]))
    with pytest.raises(ValueError, match="0 or more"):
        inverse_distance_weights(np.array([[-1.0]]))
