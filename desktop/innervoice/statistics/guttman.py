"""The Guttman transform: one step of multidimensional scaling, and the stress where it starts.

Each point goes to the mean of the places where the other points, one by one, would have it. Only the half of the
symmetric matrix above the diagonal is looked at, in blocks that stay in the processor's cache.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

CACHED = 1 << 16
"""Pairs in a block: three arrays of so many in single precision stay in a cache of the second level."""


class Guttman(NamedTuple):
    """One step.

    Attributes
    ----------
    points : float64 [n, dimensions]
        Where it started.
    image : float64 [n, dimensions]
        Where it leads; the stress is never greater there.
    stress : float
        Where it started: sum over the pairs of (distance wanted - distance)^2, less the sum of the wanted ones'
        squares, which no step changes.
    squares : float
        There, too: sum over the pairs of the squared distances.
    """

    points: Floats
    image: Floats
    stress: float
    squares: float


def guttman_transform(distances: NDArray[Any], points: NDArray[Any]) -> Guttman:
    """Take a step.

    Parameters
    ----------
    distances : float [n, n]
        Wanted; symmetric, zero on the diagonal.
    points : float [n, dimensions]
        Finite.
    """
    start = np.asarray(points, dtype=np.float64)
    count = len(start)
    if distances.shape != (count, count):
        raise ValueError(f"{count} points need {count} by {count} distances, not {list(distances.shape)}.")
    middle = start.mean(axis=0)
    centred = start - middle
    pulls, product = _pulls(distances, centred.astype(np.float32), meeting=False)
    if not np.isfinite(pulls).all():
        pulls, product = _pulls(distances, centred.astype(np.float32), meeting=True)
    image = (pulls[:, -1:] * centred - pulls[:, :-1]) / count + middle
    squares = count * float((centred**2).sum())
    return Guttman(start, image, squares - 2.0 * product, squares)


def raw_stress(distances: NDArray[Any], points: NDArray[Any]) -> float:
    """Sum over the pairs of (distance wanted - distance)^2, in double precision; arguments as of a step."""
    places = np.asarray(points, dtype=np.float64)
    rows, total = max(1, CACHED // max(1, len(places))), 0.0
    for first in range(0, len(places), rows):
        part = places[first : first + rows]
        apart = np.sqrt(sum((part[:, None, axis] - places[:, axis]) ** 2 for axis in range(places.shape[1])))
        total += float(((distances[first : first + rows] - apart) ** 2).sum())
    return total / 2


def _pulls(distances: NDArray[Any], points: Singles, meeting: bool) -> tuple[Floats, float]:
    """Of each point the sum of the others by the ratio of the two distances, and that of the ratios.

    Where two points meet there is no direction to go: such a pair pulls nowhere. To look for them costs as much as the
    rest, so it is done (`meeting`) when a ratio was not finite.

    Returns
    -------
    float64 [n, dimensions + 1], and the sum over the pairs of the product of the two distances
    """
    count = len(points)
    ones = np.column_stack([points, np.ones(count, dtype=np.float32)])
    axes = [np.ascontiguousarray(axis) for axis in points.T]
    pulls = np.zeros((count, ones.shape[1]))
    rows = min(count, max(8, CACHED // count))
    spare = np.empty((2, rows * count), dtype=np.float32)
    product = 0.0
    for first in range(0, count, rows):
        last = min(first + rows, count)
        block, shape = last - first, (last - first, count - first)
        apart, other = (room[: shape[0] * shape[1]].reshape(shape) for room in spare)
        wanted = np.asarray(distances[first:last, first:], dtype=np.float32)
        _between(axes, first, last, apart, other)
        product += _over_pairs(wanted, apart, block)
        np.fill_diagonal(apart, 1.0)
        if meeting:
            apart[apart == 0] = np.inf
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.divide(wanted, apart, out=other)
            pulls[first:last] += ratio @ ones[first:]
            pulls[last:] += ratio[:, block:].T @ ones[first:last]
    return pulls, product


def _between(axes: list[Singles], first: int, last: int, into: Singles, spare: Singles) -> None:
    """Distances of a block of points from those that do not stand before it, float32 [block, rest]."""
    for number, axis in enumerate(axes):
        room = spare if number else into
        np.subtract(axis[first:last, None], axis[first:], out=room)
        np.multiply(room, room, out=room)
        if number:
            np.add(into, spare, out=into)
    np.sqrt(into, out=into)


def _over_pairs(wanted: Singles, apart: Singles, block: int) -> float:
    """Sum of products over the pairs; those inside the block stand there twice. Row by row, so that little is lost."""
    rows = np.einsum("ij,ij->i", wanted, apart)
    own = np.einsum("ij,ij->i", wanted[:, :block], apart[:, :block])
    return float(rows.sum(dtype=np.float64) - own.sum(dtype=np.float64) / 2)
