"""A line drawn through a plane: points at equal distances on it, and the marks of the plane that lie near them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

NEIGHBOURS = 8
"""Marks that say what lies at a place between them."""


class Near(NamedTuple):
    """The marks nearest to some places.

    Attributes
    ----------
    marks : int64 [places, k]
        Rows of the marks, the nearest first.
    distances : float64 [places, k]
    """

    marks: NDArray[np.int64]
    distances: NDArray[np.float64]


def resample(line: NDArray[Any], count: int) -> NDArray[np.float64]:
    """Return `count` points at equal arc length on a drawn line, its two ends included.

    Parameters
    ----------
    line : float [n, 2]
        The corners in the order in which they were drawn; one point alone is repeated.
    count : int
        2 or more.

    Returns
    -------
    float64 [count, 2]

    Raises
    ------
    ValueError
        For a line without points, NaN or infinity, or a count below 2.
    """
    corners = _plane(line)
    if not len(corners) or count < 2:
        raise ValueError("A line needs a point at least, and two points are the fewest that can be put on it.")
    lengths = np.linalg.norm(np.diff(corners, axis=0), axis=1)
    way = np.concatenate(([0.0], np.cumsum(lengths)))
    # Where the pen stood still the way does not grow; interpolation needs it to.
    moved = np.concatenate(([True], lengths > 0))
    wanted = np.linspace(0.0, way[-1], count)
    points = np.column_stack([np.interp(wanted, way[moved], corners[moved, axis]) for axis in (0, 1)])
    points[-1] = corners[-1]
    return points


def nearest(marks: NDArray[Any], places: NDArray[Any], count: int = NEIGHBOURS) -> Near:
    """Find the marks nearest to each place.

    Parameters
    ----------
    marks : float [n, 2]
        Rows with NaN are no marks.
    places : float [places, 2]
    count : int
        How many; fewer when there are not so many.

    Raises
    ------
    ValueError
        When there is no mark.
    """
    there = np.flatnonzero(np.isfinite(np.asarray(marks, dtype=np.float64)).all(axis=1))
    if not len(there):
        raise ValueError("There are no marks near the line; choose another picture.")
    known, wanted = np.asarray(marks, dtype=np.float64)[there], _plane(places)
    k = min(count, len(there))
    rows = np.zeros((len(wanted), k), np.int64)
    away = np.zeros((len(wanted), k))
    for row, place in enumerate(wanted):
        distance = np.hypot(*(known - place).T)
        chosen = np.argpartition(distance, k - 1)[:k]
        chosen = chosen[np.lexsort((chosen, distance[chosen]))]
        rows[row], away[row] = there[chosen], distance[chosen]
    return Near(rows, away)


def inverse_distance_weights(distances: NDArray[Any], power: float = 2.0) -> NDArray[np.float64]:
    """Weigh neighbours by their nearness (Shepard, "A two-dimensional interpolation function", 1968).

    Parameters
    ----------
    distances : float [places, k]
        Infinity leaves a neighbour out.
    power : float
        2 is Shepard's own.

    Returns
    -------
    float64 [places, k]
        Each row adds up to 1; on a mark, that mark alone counts (marks on one spot share).

    Raises
    ------
    ValueError
        For NaN or negative distances, or a place without any neighbour.
    """
    away = np.asarray(distances, dtype=np.float64)
    if away.ndim != 2 or np.isnan(away).any() or (away < 0).any():
        raise ValueError("Distances are numbers of 0 or more, as [places, neighbours].")
    if not np.isfinite(away).any(axis=1).all():
        raise ValueError("A place has no neighbour that counts; draw nearer to the marks.")
    closest = away.min(axis=1, keepdims=True)
    on_mark = closest == 0
    # Taken relative to the closest, so that no power of a small distance overflows.
    ratio = np.where(on_mark, (away == 0).astype(np.float64), closest / np.where(away > 0, away, 1.0))
    weights = ratio**power
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), dtype=np.float64)


def _plane(points: NDArray[Any]) -> NDArray[np.float64]:
    plane = np.asarray(points, dtype=np.float64)
    if plane.ndim != 2 or plane.shape[1] != 2 or not np.isfinite(plane).all():
        raise ValueError("A line is drawn through finite points of a plane, as [n, 2].")
    return plane
