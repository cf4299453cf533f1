"""Points in a box of many dimensions: on a Latin hypercube, at random, on a grid; and samples around them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.statistics.scaling import BLOCK

Floats = NDArray[np.float64]


def latin_hypercube(count: int, dimensions: int, rng: np.random.Generator) -> Floats:
    """Return points of which each dimension has exactly one in each of `count` equal strata (McKay et al. 1979).

    Technometrics 21(2). Where in its stratum a point lies is drawn; then, dimension by dimension, which stratum. These
    are the draws of ``scipy.stats.qmc.LatinHypercube(scramble=True)``, so the same seed gives the same points.

    Returns
    -------
    float64 [count, dimensions], from 0 to 1
    """
    _check(count, dimensions)
    within = rng.uniform(size=(count, dimensions))
    strata = np.empty((dimensions, count))
    for row in strata:
        order = np.arange(1, count + 1)
        rng.shuffle(order)
        row[:] = order
    return np.asarray((strata.T - within) / count)


def random_points(count: int, dimensions: int, rng: np.random.Generator) -> Floats:
    """Return points drawn evenly and without regard of each other, float64 [count, dimensions], from 0 to 1."""
    _check(count, dimensions)
    return rng.uniform(size=(count, dimensions))


def grid_levels(count: int, dimensions: int) -> int:
    """Return how many places a grid of at most `count` points has in each dimension; 1 when it would need more."""
    levels = max(1, round(math.pow(count, 1.0 / dimensions)))
    # Rounding may be one off either way; the powers of whole numbers are exact.
    while levels > 1 and levels**dimensions > count:
        levels -= 1
    return levels


def grid_points(count: int, dimensions: int) -> Floats:
    """Return the greatest regular grid of at most `count` points, at the middles of equal cells; from 0 to 1.

    Raises
    ------
    ValueError
        When even two places a dimension need more points.
    """
    _check(count, dimensions)
    levels = grid_levels(count, dimensions)
    if levels < 2:
        raise ValueError(
            f"A grid with two places in each of {dimensions} dimensions has {_power_of_two(dimensions)} points, "
            f"more than {count}; take a Latin hypercube."
        )
    middles = (np.arange(levels) + 0.5) / levels
    return np.stack(np.meshgrid(*[middles] * dimensions, indexing="ij"), axis=-1).reshape(-1, dimensions)


def in_box(points: NDArray[Any], low: float, high: float) -> Floats:
    """Return points of the unit cube stretched to a box of equal sides.

    Raises
    ------
    ValueError
        When the box is reversed or has no inside.
    """
    if not low < high:
        raise ValueError(f"The box runs from {low:g} to {high:g}; its lower end must be below its upper one.")
    return low + np.asarray(points, dtype=np.float64) * (high - low)


def least_distance(points: NDArray[Any]) -> float:
    """Return the distance of the two points that are nearest to each other, float [n, dimensions], n at least 2."""
    places = np.asarray(points, dtype=np.float64)
    if len(places) < 2:
        raise ValueError("One point has no distance from another; choose two or more.")
    squares, rows = (places**2).sum(axis=1), max(1, BLOCK // len(places))
    near = np.inf
    best = 0, 1
    for first in range(0, len(places), rows):
        between = squares[first : first + rows, None] + squares - 2.0 * (places[first : first + rows] @ places.T)
        own = np.arange(first, min(first + rows, len(places)))
        between[own - first, own] = np.inf
        place = int(between.argmin())
        if between.flat[place] < near:
            near, best = float(between.flat[place]), (first + place // len(places), place % len(places))
    # The squares lose digits where points nearly meet; the one pair is measured anew.
    return float(np.linalg.norm(places[best[0]] - places[best[1]]))


def samples_around(centres: NDArray[Any], count: int, sigma: float, rng: np.random.Generator) -> Floats:
    """Return samples of a Gaussian around each centre, float64 [centres, count, dimensions].

    Parameters
    ----------
    centres : float [centres, dimensions]
    sigma : float
        Standard deviation in every dimension; above 0.
    """
    if not sigma > 0 or count < 1:
        raise ValueError(f"Samples need a sigma above 0 and a count of 1 or more, not {sigma:g} and {count}.")
    places = np.asarray(centres, dtype=np.float64)
    return places[:, None, :] + sigma * rng.standard_normal((len(places), count, places.shape[1]))


def _power_of_two(exponent: int) -> str:
    return f"{2**exponent:,}" if exponent < 40 else f"2^{exponent}"


def _check(count: int, dimensions: int) -> None:
    if count < 1 or dimensions < 1:
        raise ValueError(f"{count} points cannot be chosen in {dimensions} dimensions; both are 1 or more.")
