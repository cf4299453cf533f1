"""The direction in which a number grows: fitted to points, tested on points that it was not fitted to."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

RIDGE = 1.0
"""Penalty in units of the neurons' mean variance times the number of neurons."""


class Direction(NamedTuple):
    """Where to go for more of a number.

    Attributes
    ----------
    step : float64 [neurons]
        Going so far raises the number by 1, as the line through the points says.
    r : float
        Pearson's r of what the direction foretells with what is, on groups left out of the fit.
    error : float
        Standard error of that r over the folds; NaN for fewer than two folds that tell.
    """

    step: Floats
    r: float
    error: float


def direction_of(
    points: NDArray[Any], values: NDArray[Any], groups: NDArray[Any], folds: int, rng: np.random.Generator
) -> Direction | None:
    """Fit a direction by ridge regression (Hoerl and Kennard 1970), and test it on groups that were left out.

    Parameters
    ----------
    points : float [n, neurons]
    values : float [n]
        Rows where this is NaN are left out.
    groups : int [n]
        Points of one group stay together, for they are alike.
    folds : int
        At least 2.

    Returns
    -------
    Direction or None
        None when the values do not vary, or there are fewer groups than folds.
    """
    there = np.isfinite(values)
    z, y = np.asarray(points, dtype=np.float64)[there], np.asarray(values, dtype=np.float64)[there]
    _, group = np.unique(np.asarray(groups)[there], return_inverse=True)
    count = int(group.max()) + 1 if len(group) else 0
    if count < folds or folds < 2 or np.ptp(y) == 0:
        return None
    weights = _ridge(z, y)
    along = (z - z.mean(axis=0)) @ weights
    square = float(along @ along)
    if square == 0:
        return None
    # The penalty makes the weights too short; the line through the points says by how much.
    slope = float(along @ (y - y.mean())) / square
    step = weights / (slope * float(weights @ weights))
    fold = rng.permutation(np.arange(count) % folds)[group]
    told = [_foretold(z, y, fold != part) for part in range(folds)]
    rs = np.array([r for r in told if np.isfinite(r)])
    error = float(rs.std(ddof=1) / np.sqrt(len(rs))) if len(rs) > 1 else float("nan")
    return Direction(step, float(rs.mean()) if len(rs) else float("nan"), error)


def steps_of(points: NDArray[Any], values: NDArray[Any]) -> Floats:
    """Return the step of `direction_of` for many numbers of the same points, untested.

    Parameters
    ----------
    points : float [n, neurons]
    values : float [n, numbers]
        NaN counts as the mean of its column.

    Returns
    -------
    float64 [numbers, neurons]
        NaN for a number that does not vary.
    """
    z, y = np.asarray(points, dtype=np.float64), np.asarray(values, dtype=np.float64)
    there = np.isfinite(y)
    total = np.where(there, y, 0.0).sum(axis=0) / np.maximum(there.sum(axis=0), 1)
    apart = np.where(there, y - total, 0.0)
    weights = _ridge(z, apart)
    along = (z - z.mean(axis=0)) @ weights
    with np.errstate(invalid="ignore", divide="ignore"):
        slope = (along * apart).sum(axis=0) / (along**2).sum(axis=0)
        steps = weights / (slope * (weights**2).sum(axis=0))
    return np.asarray(np.where(np.isfinite(steps).all(axis=0), steps, np.nan).T)


def _foretold(z: Floats, y: Floats, learn: NDArray[np.bool_]) -> float:
    if np.ptp(y[learn]) == 0:
        return float("nan")
    guess, truth = z[~learn] @ _ridge(z[learn], y[learn]), y[~learn]
    if len(truth) < 3 or np.ptp(truth) == 0 or np.ptp(guess) == 0:
        return float("nan")
    return float(np.corrcoef(guess, truth)[0, 1])


def _ridge(z: Floats, y: Floats) -> Floats:
    apart = z - z.mean(axis=0)
    product = apart.T @ apart
    common = np.trace(product) / len(product)
    product[np.diag_indices_from(product)] += RIDGE * len(product) / len(z) * common if common > 0 else 1.0
    return np.asarray(np.linalg.solve(product, apart.T @ (y - y.mean(axis=0))), dtype=np.float64)
