"""Two samples beside each other: do they differ in place? The two tests that papers give, as SciPy computes them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

NAN = float("nan")
ROUNDING = 1e-12
"""Share of a number below which a difference is not one."""


class TwoSamples(NamedTuple):
    """What a test of two samples says.

    Attributes
    ----------
    statistic : float
        U of the first sample (Mann-Whitney), t (Welch).
    p : float
        Two-sided; NaN when no test can be made: fewer than two of either, or nothing varies.
    """

    statistic: float
    p: float


def mann_whitney(first: NDArray[Any], second: NDArray[Any]) -> TwoSamples:
    """Test whether one of two samples tends to be greater (Mann and Whitney 1947; also Wilcoxon's rank-sum test).

    Parameters
    ----------
    first, second : float [n], [m]
        NaN is left out.
    """
    from scipy.stats import mannwhitneyu  # slow to import, and the public interface re-exports this

    one, other = _finite(first), _finite(second)
    if not _testable(one, other):
        return TwoSamples(NAN, NAN)
    found = mannwhitneyu(one, other, alternative="two-sided")
    return TwoSamples(float(found.statistic), float(found.pvalue))


def welch(first: NDArray[Any], second: NDArray[Any]) -> TwoSamples:
    """Test whether the means of two samples differ, the variances being what they are (Welch, Biometrika 34, 1947).

    Parameters
    ----------
    first, second : float [n], [m]
        NaN is left out.
    """
    from scipy.special import stdtr

    one, other = _finite(first), _finite(second)
    if not _testable(one, other):
        return TwoSamples(NAN, NAN)
    # Not SciPy's test itself: that warns where one of the samples does not vary, which is no fault here.
    errors = np.array([sample.var(ddof=1) / len(sample) for sample in (one, other)])
    if errors.sum() <= (ROUNDING * max(np.abs(one).max(), np.abs(other).max())) ** 2:
        return TwoSamples(NAN, NAN)
    t = (one.mean() - other.mean()) / np.sqrt(errors.sum())
    freedom = errors.sum() ** 2 / (errors**2 / (len(one) - 1, len(other) - 1)).sum()
    return TwoSamples(float(t), float(2.0 * stdtr(freedom, -abs(t))))


def _finite(values: NDArray[Any]) -> NDArray[np.float64]:
    flat = np.asarray(values, dtype=np.float64).ravel()
    return flat[np.isfinite(flat)]


def _testable(one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    return min(len(one), len(other)) >= 2 and np.ptp(np.concatenate([one, other])) > 0
