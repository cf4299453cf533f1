"""How one number goes along with each of many columns, and how much of that chance alone would give.

The chance is that of the best of all columns: with hundreds of neurons one of them always goes along a little
(Westfall and Young, "Resampling-Based Multiple Testing", 1993, section 2.6).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

TOGETHER = 64
"""Permutations that are correlated at a time."""


def correlations(columns: NDArray[Any], values: NDArray[Any]) -> Floats:
    """Pearson's r of each column with the values.

    Parameters
    ----------
    columns : float [n, columns]
    values : float [n]
        Rows where this is NaN are left out.

    Returns
    -------
    float64 [columns]
        NaN for a column that is constant there, and for all where the values are.
    """
    there = np.isfinite(values)
    return _correlate(np.asarray(columns, dtype=np.float64)[there], np.asarray(values, dtype=np.float64)[there])


def rank_correlations(columns: NDArray[Any], values: NDArray[Any]) -> Floats:
    """Spearman's rank correlation of each column with the values, as `correlations`; ties have their mean rank."""
    from scipy.stats import rankdata

    there = np.isfinite(values)
    ranked = rankdata(np.asarray(columns, dtype=np.float64)[there], axis=0)
    return _correlate(ranked, rankdata(np.asarray(values, dtype=np.float64)[there]))


def standardised(columns: NDArray[Any]) -> Floats:
    """Return columns around 0, of length 1 each; NaN where a column is constant."""
    apart = np.asarray(columns, dtype=np.float64) - np.mean(columns, axis=0, dtype=np.float64)
    length = np.sqrt((apart**2).sum(axis=0))
    # Rounding leaves a constant column a hair's breadth of variation.
    flat = length <= 1e-12 * np.abs(columns).max(axis=0, initial=0.0) * np.sqrt(max(1, len(apart)))
    return np.asarray(apart / np.where(flat, np.nan, length))


class Interval(NamedTuple):
    """A correlation with its 95 % interval; NaN for ends that cannot be told."""

    r: float
    low: float
    high: float


def interval_of_correlation(r: float, count: int) -> Interval:
    """Return the interval of a correlation of `count` pairs (Fisher, Metron 1, 1921)."""
    if count < 4 or not abs(r) < 1:
        return Interval(r, r if abs(r) == 1 else float("nan"), r if abs(r) == 1 else float("nan"))
    reach = 1.959963984540054 / np.sqrt(count - 3)
    return Interval(r, float(np.tanh(np.arctanh(r) - reach)), float(np.tanh(np.arctanh(r) + reach)))


def best_by_chance(
    columns: NDArray[Any],
    values: NDArray[Any],
    permutations: int,
    rng: np.random.Generator,
    tell: Callable[[int], None] = lambda _done: None,
    together: int = 1,
) -> Floats:
    """Return the greatest |r| of any column with shuffled values, once for each permutation; float64 [permutations].

    Parameters
    ----------
    columns : float [n, columns]
    values : float [n]
        A row where this is NaN counts as the mean.
    tell : callable
        Told the permutations done, every `TOGETHER` of them; may raise to end it.
    together : int
        So many rows after each other are alike and shuffled as one; n is a multiple of it.
    """
    given = np.asarray(values, dtype=np.float64)
    there = np.isfinite(given)
    scaled = np.nan_to_num(standardised(np.asarray(columns)))
    own = np.zeros(len(given))
    if there.any():
        own[there] = np.nan_to_num(standardised(given[there][:, None])[:, 0])
    groups = own.reshape(-1, together)
    greatest = np.zeros(permutations)
    for first in range(0, permutations, TOGETHER):
        tell(first)
        count = min(TOGETHER, permutations - first)
        shuffled = np.stack([groups[rng.permutation(len(groups))].ravel() for _ in range(count)])
        greatest[first : first + count] = np.abs(shuffled @ scaled).max(axis=1, initial=0.0)
    return greatest


def chance_of(found: float, by_chance: NDArray[Any]) -> float:
    """Return the share of permutations that reach as much, the one found among them: never 0 (Phipson and Smyth 2010).

    Statistical Applications in Genetics and Molecular Biology 9(1). NaN where nothing was found or shuffled.
    """
    if np.isnan(found) or not len(by_chance):
        return float("nan")
    reached = np.count_nonzero(np.asarray(by_chance) >= abs(found) - 1e-12)
    return float((1 + reached) / (1 + len(by_chance)))


def resampled_correlations(columns: NDArray[Any], values: NDArray[Any], draws: int, rng: np.random.Generator) -> Floats:
    """Pearson's r of each column with the values, for groups drawn anew with replacement (Efron 1979).

    Whole groups are drawn, for what is in one is alike and would feign certainty.

    Parameters
    ----------
    columns : float [groups, members, columns]
    values : float [groups, members]
        Members where this is NaN are left out.

    Returns
    -------
    float64 [draws, columns]
        NaN where a column or the values are constant in a draw.
    """
    there = np.isfinite(values)
    # Around the means, so that the differences below keep their digits.
    y = np.where(there, np.asarray(values, dtype=np.float64) - np.mean(values, where=there), 0.0)
    x = np.asarray(columns, dtype=np.float64)
    x = np.where(there[..., None], x - x.mean(axis=(0, 1)), 0.0)
    sums = [x.sum(axis=1), (x**2).sum(axis=1), np.einsum("gmc,gm->gc", x, y)]
    own = [there.sum(axis=1), y.sum(axis=1), (y**2).sum(axis=1)]
    groups = len(y)
    drawn = np.stack([np.bincount(rng.integers(0, groups, groups), minlength=groups) for _ in range(draws)])
    sum_x, sum_xx, sum_xy = (drawn @ one for one in sums)
    count, sum_y, sum_yy = ((drawn @ one)[:, None] for one in own)
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = (sum_xx - sum_x**2 / count) * (sum_yy - sum_y**2 / count)
        r = (sum_xy - sum_x * sum_y / count) / np.sqrt(np.where(spread > 0, spread, np.nan))
    return np.asarray(np.clip(r, -1.0, 1.0))


class Trend(NamedTuple):
    """A straight line through points, ``y = intercept + slope * x``, with the slope's standard error."""

    slope: float
    intercept: float
    error: float


def linear_trend(x: NDArray[Any], y: NDArray[Any]) -> Trend | None:
    """Fit a line by least squares to pairs, float [n] each; None for fewer than three finite ones or all at one x."""
    there = np.isfinite(x) & np.isfinite(y)
    one, other = np.asarray(x, dtype=np.float64)[there], np.asarray(y, dtype=np.float64)[there]
    if len(one) < 3 or np.ptp(one) == 0:
        return None
    apart = one - one.mean()
    spread = float(apart @ apart)
    slope = float(apart @ other) / spread
    intercept = float(other.mean()) - slope * float(one.mean())
    left = other - intercept - slope * one
    return Trend(slope, intercept, float(np.sqrt(left @ left / (len(one) - 2) / spread)))


def _correlate(columns: Floats, values: Floats) -> Floats:
    if len(values) < 2:
        return np.full(columns.shape[1], np.nan)
    own = standardised(values[:, None])[:, 0]
    return np.asarray(np.clip(own @ standardised(columns), -1.0, 1.0))
