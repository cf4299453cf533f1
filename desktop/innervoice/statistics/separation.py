"""How well two groups can be told apart: by one number, and by many together."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SHRINKAGE = 0.01
"""Share of a common variance mixed into the covariance, so that neurons that never differ do not break it."""


TINY = 1e-24
"""A common variance below this is rounding."""


class Separation(NamedTuple):
    """Area under the receiver operating characteristic, with its 95 % interval.

    Attributes
    ----------
    auc : float
        Chance that one of the second group has the greater number, 0 to 1; 0.5 tells nothing.
    low, high : float
    """

    auc: float
    low: float
    high: float


def separation(first: NDArray[Any], second: NDArray[Any], level: float = 0.95) -> Separation:
    """Tell how well a number parts two groups, with the interval of DeLong et al. (Biometrics 44, 1988).

    Parameters
    ----------
    first, second : float [n], [m]
        The number in each group, finite; at least two of each.
    level : float
        Of the interval.
    """
    # The public interface re-exports this, and the window must not pay for SciPy at its start.
    from scipy.special import ndtri
    from scipy.stats import rankdata

    one, other = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    if min(len(one), len(other)) < 2:
        raise ValueError("Two groups are told apart with at least two of each.")
    # Of each member: the share of the other group that lies below it (ties count half), from three rankings.
    together = rankdata(np.concatenate([one, other]))
    below_other = (together[len(one) :] - rankdata(other)) / len(one)
    above_one = 1.0 - (together[: len(one)] - rankdata(one)) / len(other)
    auc = float(below_other.mean())
    error = np.sqrt(below_other.var(ddof=1) / len(other) + above_one.var(ddof=1) / len(one))
    reach = float(ndtri((1 + level) / 2) * error)
    return Separation(auc, max(0.0, auc - reach), min(1.0, auc + reach))


def area(first: NDArray[Any], second: NDArray[Any]) -> float:
    """Area of :func:`separation` alone, many times faster: of two sorted rows, no ranks.

    Parameters
    ----------
    first, second : float [n], [m]
        Finite.
    """
    one, other = np.sort(first), np.sort(second)
    # Ties count half: the members strictly below, and those below or equal, on average.
    below = np.searchsorted(one, other, "left").sum() + np.searchsorted(one, other, "right").sum()
    return float(below / (2 * len(one) * len(other)))


def discriminant_scores(
    first: NDArray[Any], second: NDArray[Any], folds: int, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Score each member by Fisher's linear discriminant of the others' folds (cross-validated).

    Fisher, "The use of multiple measurements in taxonomic problems" (1936), with a covariance shrunk a little towards
    its mean variance.

    Parameters
    ----------
    first, second : float [n, numbers], [m, numbers]
    folds : int
        At least 2, at most the smaller group.
    rng : Generator
        Deals the members to the folds.

    Returns
    -------
    scores of the first and of the second group, float64 [n] and [m]; greater is more like the second
    """
    groups = [np.asarray(values) for values in (first, second)]
    if not 2 <= folds <= min(len(values) for values in groups):
        raise ValueError(f"{folds} folds cannot be made of groups of {len(groups[0])} and {len(groups[1])}.")
    dealt = [rng.permutation(np.arange(len(values)) % folds) for values in groups]
    scores = [np.empty(len(values)) for values in groups]
    # Around a common centre nothing is lost to rounding; and no copy of all members is ever made.
    centre = np.mean([values.mean(axis=0, dtype=np.float64) for values in groups], axis=0)
    parts = [
        [_moments(values[mine == fold] - centre) for fold in range(folds)]
        for values, mine in zip(groups, dealt, strict=True)
    ]
    for fold in range(folds):
        weights, middle = _discriminant(*(_without(fold, of_group) for of_group in parts))
        for values, mine, score in zip(groups, dealt, scores, strict=True):
            score[mine == fold] = (values[mine == fold] - centre - middle) @ weights
    return scores[0], scores[1]


class _Moments(NamedTuple):
    """Number, sum [numbers] and sum of products [numbers, numbers] of some members."""

    members: int
    total: Floats
    product: Floats


def _moments(values: Floats) -> _Moments:
    return _Moments(len(values), values.sum(axis=0), values.T @ values)


def _without(fold: int, parts: list[_Moments]) -> _Moments:
    """Moments of all parts but one."""
    others = [part for place, part in enumerate(parts) if place != fold]
    return _Moments(
        sum(part.members for part in others),
        np.sum([part.total for part in others], axis=0),
        np.sum([part.product for part in others], axis=0),
    )


def _discriminant(first: _Moments, second: _Moments) -> tuple[Floats, Floats]:
    means = [group.total / group.members for group in (first, second)]
    within = sum(
        (
            group.product - group.members * np.outer(mean, mean)
            for group, mean in zip((first, second), means, strict=True)
        ),
        np.zeros_like(first.product),
    )
    covariance = within / max(1, first.members + second.members - 2)
    common = float(np.trace(covariance)) / len(covariance)
    covariance = (1 - SHRINKAGE) * covariance
    # Where nothing varies at all, the direction between the means is as good as any.
    covariance[np.diag_indices_from(covariance)] += SHRINKAGE * common if common > TINY else 1.0
    weights = np.linalg.solve(covariance, means[1] - means[0])
    return np.asarray(weights, dtype=np.float64), (means[0] + means[1]) / 2
