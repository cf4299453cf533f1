"""Phi_k: how closely two variables are related, whatever the shape of the relation, from 0 to 1.

Source: Baak, Koopman, Snoek, Klous, "A new correlation coefficient between categorical, ordinal and interval variables
with Pearson characteristics" (Computational Statistics and Data Analysis 152, 2020; arXiv 1811.11440), sections 3 and
4. Pearson's chi-square of the contingency table, less what noise alone would give, is read as the chi-square of a
bivariate normal distribution in as many bins; phi_k is the correlation of that distribution.

It has no direction: Pearson's correlation beside it gives the sign.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from innervoice.statistics.contingency import tables

EDGE = 5.0
"""The normal distribution is cut into bins from -5 to 5 standard deviations (section 4.2)."""
ANGLES = 2048
"""Angles at which a distribution's chi-square is known; between them it is interpolated."""
POINTS, SHARES = np.polynomial.legendre.leggauss(8)

Floats = NDArray[np.float64]


class PhiK(NamedTuple):
    """Phi_k of pairs of variables.

    Attributes
    ----------
    phik : float64 [...]
        0 to 1; NaN where a variable is constant or not there at all, so that nothing can be said.
    p : float64 [...]
        Chance of a chi-square as great when the two have nothing to do with each other (asymptotic); NaN likewise.
    """

    phik: Floats
    p: Floats


def phik_of_tables(counts: NDArray[Any]) -> PhiK:
    """Phi_k of contingency tables.

    Bins that are empty in a table do not count as bins of it.

    Parameters
    ----------
    counts : [..., rows, columns]
        Not negative.

    Returns
    -------
    PhiK of shape [...]
    """
    # The public interface re-exports this, and the window must not pay for SciPy at its start.
    from scipy.special import gammaincc

    observed = np.asarray(counts, dtype=np.float64)
    of_row, of_column = observed.sum(axis=-1), observed.sum(axis=-2)
    total = of_row.sum(axis=-1)
    height, width = (of_row > 0).sum(axis=-1), (of_column > 0).sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        expected = of_row[..., :, None] * of_column[..., None, :] / total[..., None, None]
        apart = np.where(expected > 0, (observed - expected) ** 2 / expected, 0.0)
    chi2 = _yates(observed, expected, apart.sum(axis=(-2, -1)), height, width)
    freedom = (np.maximum(height - 1, 0) * np.maximum(width - 1, 0)).astype(np.float64)
    most = total * (np.minimum(height, width) - 1)
    # What noise alone is expected to give is the degrees of freedom (section 4.3).
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.clip((chi2 - freedom) / (most - freedom), 0.0, 1.0)
    share = np.where(chi2 >= most, 1.0, share)
    phik = np.full(total.shape, np.nan)
    for size in np.unique(np.stack([height, width], axis=-1).reshape(-1, 2), axis=0):
        here = (height == size[0]) & (width == size[1])
        if size.min() > 1:
            phik[here] = _correlation(share[here], int(size[0]), int(size[1]))
    p = np.where(freedom > 0, gammaincc(np.maximum(freedom, 1.0) / 2, chi2 / 2), np.nan)
    return PhiK(phik, p)


def phik_matrix(
    rows: NDArray[np.int16],
    columns: NDArray[np.int16],
    bins: int,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> PhiK:
    """Phi_k of each row variable with each column variable.

    Parameters
    ----------
    rows : int16 [clips, n]
    columns : int16 [clips, m]
        Bins from `contingency.equal_width_bins` or others; `contingency.MISSING` where there is no value.
    bins : int
    tell : callable
        Told how many columns of how many are done; may raise to end it.

    Returns
    -------
    PhiK of shape [n, m]
    """
    phik, p = (np.full((rows.shape[1], columns.shape[1]), np.nan) for _ in range(2))
    for some, counts in tables(rows, columns, bins):
        phik[:, some], p[:, some] = phik_of_tables(counts)
        tell(some.stop, columns.shape[1])
    return PhiK(phik, p)


def _yates(observed: Floats, expected: Floats, chi2: Any, height: Any, width: Any) -> Floats:
    """Correct the chi-square of 2 x 2 tables for continuity (Yates 1934), as SciPy's ``chi2_contingency`` does."""
    small = (height == 2) & (width == 2)
    if not np.any(small):
        return np.asarray(chi2)
    moved = np.maximum(np.abs(observed - expected) - 0.5, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        corrected = np.where(expected > 0, moved**2 / expected, 0.0).sum(axis=(-2, -1))
    return np.asarray(np.where(small, corrected, chi2), dtype=np.float64)


def _correlation(share: Floats, height: int, width: int) -> Floats:
    """Correlation of the normal distribution whose chi-square is this share of the greatest possible, 0 to 1."""
    return np.asarray(np.sin(_angle_of_root(height, width)(np.sqrt(share))), dtype=np.float64)


@lru_cache(maxsize=512)
def _angle_of_root(height: int, width: int) -> Any:
    """Angle asin(rho) as a function of the root of the share of chi-square; both are smooth at 0 and at 1."""
    from scipy.interpolate import PchipInterpolator

    angles = np.linspace(0.0, np.pi / 2, ANGLES + 1)
    cells = _cells(angles, np.linspace(-EDGE, EDGE, height + 1), np.linspace(-EDGE, EDGE, width + 1))
    ratio = ((cells - cells[0]) ** 2 / cells[0]).sum(axis=(1, 2))
    roots = np.sqrt(ratio / ratio[-1])
    roots[0], roots[-1] = 0.0, 1.0
    rising = np.concatenate([[True], np.diff(np.maximum.accumulate(roots)) > 0])
    return PchipInterpolator(roots[rising], angles[rising])


def _cells(angles: Floats, x: Floats, y: Floats) -> Floats:
    """Probability of each cell under a standard bivariate normal of correlation sin(angle), [angles, x - 1, y - 1].

    The distribution function grows with the angle by exp(-(x^2 + y^2 - 2 x y sin) / (2 cos^2)) / (2 pi) (Drezner and
    Wesolowsky 1990), which is summed from angle to angle by Gauss and Legendre's rule.
    """
    from scipy.special import ndtr

    middle, half = (angles[1:] + angles[:-1]) / 2, (angles[1:] - angles[:-1]) / 2
    grown = np.zeros((len(angles), len(x), len(y)))
    across, down = x[:, None], y[None, :]
    for point, share in zip(POINTS, SHARES, strict=True):
        angle = (middle + half * point)[:, None, None]
        power = (across**2 + down**2 - 2 * across * down * np.sin(angle)) / (2 * np.cos(angle) ** 2)
        grown[1:] += share * half[:, None, None] * np.exp(-power)
    below = ndtr(across) * ndtr(down) + grown.cumsum(axis=0) / (2 * np.pi)
    # At a correlation of 1 both are the same variable.
    below[-1] = ndtr(np.minimum(across, down))
    return np.diff(np.diff(below, axis=1), axis=2)
