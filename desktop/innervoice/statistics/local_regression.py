"""A smooth curve through a cloud of points: local regression (LOESS), and how sure it is.

Source: Cleveland, "Robust Locally Weighted Regression and Smoothing Scatterplots" (Journal of the American Statistical
Association 74, 1979), sections 2 and 4: at each place a line is fitted to the nearest points by least squares, those
further away weighing less (tricube). Without the robustness iterations.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

PLACES = 101
FLAT = 1e-9
"""Spread of x, as a share of the window's half width squared, below which a line has no slope to tell."""

Floats = NDArray[np.float64]


class LocalRegression(NamedTuple):
    """A fitted curve.

    Attributes
    ----------
    x, y : float64 [places]
    error : float64 [places]
        Standard error of y, from the residuals and the weights (homoscedastic); NaN with too few points to tell.
    """

    x: Floats
    y: Floats
    error: Floats


def local_regression(x: NDArray[Any], y: NDArray[Any], span: float = 0.5, places: int = PLACES) -> LocalRegression:
    """Fit a curve at places evenly spread from the smallest x to the largest.

    Parameters
    ----------
    x, y : float [points]
        Pairs of which either is not finite are left out.
    span : float
        Share of the points that each line is fitted to, above 0 and up to 1; at least three points are taken.
    places : int

    Returns
    -------
    LocalRegression
        Empty when fewer than three points are there, or all at one x: nothing can be said then.
    """
    if not 0.0 < span <= 1.0:
        raise ValueError(f"The span of a local regression is above 0 and at most 1, not {span}.")
    one, other = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if one.ndim != 1 or one.shape != other.shape:
        raise ValueError(f"A local regression takes pairs, not shapes {one.shape} and {other.shape}.")
    there = np.isfinite(one) & np.isfinite(other)
    one, other = one[there], other[there]
    if len(one) < 3 or np.ptp(one) == 0:
        return LocalRegression(*(np.zeros(0) for _ in range(3)))
    order = np.argsort(one, kind="stable")
    one, other = one[order], other[order]
    nearest = max(3, int(np.ceil(span * len(one))))
    at = np.linspace(one[0], one[-1], places)
    fits = [_fit(one, other, place, nearest) for place in at]
    curve, leverage = (np.array([fit[part] for fit in fits]) for part in (0, 1))
    return LocalRegression(at, curve, _noise(one, other, at, curve, fits) * np.sqrt(leverage))


def _fit(x: Floats, y: Floats, place: float, nearest: int) -> tuple[float, float, float]:
    """Height of the local line at a place, the sum of squares of what each point adds, and the mean of that."""
    first = _window(x, place, nearest)
    near, heights = x[first : first + nearest] - place, y[first : first + nearest]
    reach = np.abs(near).max()
    weights = (1.0 - (np.abs(near) / reach) ** 3) ** 3 if reach > 0 else np.ones(nearest)
    if weights.sum() <= FLAT:  # all at the same distance: none is nearer than another
        weights = np.ones(nearest)
    share = weights / weights.sum()
    middle = share @ near
    spread = share @ (near - middle) ** 2
    # The line's height here is a weighted sum of the points' heights (the hat matrix's row).
    row = share * (1.0 - middle * (near - middle) / spread) if spread > FLAT * reach**2 else share
    return float(row @ heights), float(row @ row), float(row.max())


def _window(x: Floats, place: float, nearest: int) -> int:
    """First of the `nearest` sorted points around a place."""
    low, high = 0, len(x) - nearest
    while low < high:
        middle = (low + high) // 2
        if place - x[middle] > x[middle + nearest] - place:
            low = middle + 1
        else:
            high = middle
    return low


def _noise(x: Floats, y: Floats, at: Floats, curve: Floats, fits: list[tuple[float, float, float]]) -> float:
    """Standard deviation of the points around the curve; NaN when the curve leaves no freedom."""
    # The trace of the hat matrix is near the sum, over the points, of what each adds at its own place.
    own = np.interp(x, at, [fit[2] for fit in fits])
    freedom = len(x) - min(float(own.sum()), float(len(x)))
    if freedom < 1.0:
        return float("nan")
    return float(np.sqrt(((y - np.interp(x, at, curve)) ** 2).sum() / freedom))
