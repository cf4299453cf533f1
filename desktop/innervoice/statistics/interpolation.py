"""Ways between latent vectors: along the great circle, along the straight line, and through a square of four corners.

Sources: T. White, "Sampling Generative Networks" (arXiv 1609.04468, 2016), section 2.1, for the spherical way; the
square of four is the Beat Blender's (A. Roberts et al., "Learning latent representations of music to generate
interactive musical palettes", IUI workshops 2018).
"""

from __future__ import annotations

from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

Way = Literal["spherical", "linear"]

PARALLEL = 1e-7
"""Sine of the angle below which two directions count as one (or as opposite): the spherical way is then the line."""


def interpolate(first: NDArray[Any], second: NDArray[Any], t: Any, way: str = "spherical") -> NDArray[np.float64]:
    """Return the vectors at the shares `t` of the way from one vector to another.

    The spherical way turns the direction evenly through the angle between the two, and vectors of one length keep it;
    that is where a Gaussian of many dimensions has its mass. Between vectors that are parallel, opposite or zero there
    is no one great circle, and it is the straight line, its limit.

    Parameters
    ----------
    first, second : float [neurons], or [n, neurons]
    t : float or float [n]
        0 at `first`, 1 at `second`; both ends are exact.
    way : "spherical" or "linear"

    Returns
    -------
    float64 [n, neurons], or [neurons] for one `t` between two vectors

    Raises
    ------
    ValueError
        For vectors of different lengths or with NaN or infinity, or an unknown way.
    """
    start, end = (_vectors(values) for values in (first, second))
    if start.shape[-1] != end.shape[-1]:
        raise ValueError(f"No way leads from {start.shape[-1]} neurons to {end.shape[-1]}; take both from one model.")
    if way not in get_args(Way):
        raise ValueError(f"A way is spherical or linear, not {way!r}.")
    share = np.asarray(t, dtype=np.float64)[..., None]
    weights = np.stack(np.broadcast_arrays(1.0 - share, share))
    if way == "spherical":
        angle = _angle(start, end)
        sine = np.sin(angle)
        turn = sine > PARALLEL
        weights = np.where(turn, np.sin(weights * angle) / np.where(turn, sine, 1.0), weights)
    return np.asarray(weights[0] * start + weights[1] * end, dtype=np.float64)


def way_between(first: NDArray[Any], second: NDArray[Any], count: int, way: str = "spherical") -> NDArray[np.float64]:
    """Return `count` vectors (2 or more) at equal shares of the way, the ends included, float64 [count, neurons].

    Raises
    ------
    ValueError
        For fewer than two points, and as `interpolate`.
    """
    if count < 2:
        raise ValueError(f"A way has two ends or more points, not {count}.")
    return interpolate(first, second, np.arange(count) / (count - 1), way)


def in_square(corners: NDArray[Any], places: NDArray[Any], way: str = "spherical") -> NDArray[np.float64]:
    """Return the vectors at places in the square of four corners.

    The upper edge is the way from A to B, the lower one that from C to D, and a place lies on the way from the one to
    the other. Linear, this is bilinear interpolation and it is the same whether columns or rows come first;
    spherical, it is so on the four edges, and inside rows come first.

    Parameters
    ----------
    corners : float [4, neurons]
        A (upper left), B (upper right), C (lower left), D (lower right).
    places : float [n, 2]
        Right and down, each from 0 to 1.
    way : "spherical" or "linear"

    Returns
    -------
    float64 [n, neurons]

    Raises
    ------
    ValueError
        When there are not four corners, a place lies outside, and as `interpolate`.
    """
    corner, place = np.asarray(corners, dtype=np.float64), np.asarray(places, dtype=np.float64)
    if corner.ndim != 2 or len(corner) != 4:
        raise ValueError(f"A square has four corners as [4, neurons], not {list(corner.shape)}.")
    if place.ndim != 2 or place.shape[1] != 2 or not ((place >= 0) & (place <= 1)).all():
        raise ValueError("A place in the square is two numbers from 0 to 1.")
    right, down = place[:, 0], place[:, 1]
    upper, lower = (interpolate(corner[n], corner[n + 1], right, way) for n in (0, 2))
    return interpolate(upper, lower, down, way)


def _angle(start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the angles between directions, [..., 1], and 0 for zero vectors.

    By half angles (Kahan), which stay exact where arccos does not.
    """
    first, second = (_direction(vectors) for vectors in (start, end))
    apart, together = (np.linalg.norm(v, axis=-1, keepdims=True) for v in (first - second, first + second))
    directed = start.any(axis=-1, keepdims=True) & end.any(axis=-1, keepdims=True)
    return np.asarray(np.where(directed, 2.0 * np.arctan2(apart, together), 0.0), dtype=np.float64)


def _direction(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.where(length > 0, length, 1.0), dtype=np.float64)


def _vectors(values: NDArray[Any]) -> NDArray[np.float64]:
    vectors = np.asarray(values, dtype=np.float64)
    if vectors.ndim not in (1, 2) or not np.isfinite(vectors).all():
        raise ValueError("A way leads between latent vectors of finite numbers; choose another place.")
    return vectors
