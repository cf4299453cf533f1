"""Order neurons by sigma and find where the music ends and the noise begins.

Source: Barenboim, Del Debbio, Hirn, Sanz, "Exploring how a generative AI interprets music" (arXiv 2308.00015),
sections 2 and 3: neurons are put in the order of increasing sigma; those left of the cut are music neurons. The paper
sets the cut by eye; `find_cut` states a rule instead.
"""

from __future__ import annotations

from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

RankBy = Literal["median", "mean"]

CERTAIN_MUSIC = 0.5
"""Explained share from which a neuron is music whatever the others do (sigma below 0.707)."""

CERTAIN_NOISE = 0.05
"""Explained share up to which a neuron is noise whatever the others do (sigma above 0.975)."""

CLEAR_GAP = 1.5
"""The factor by which the explained share must fall at a cut that the neurons themselves show."""


def typical_sigma(sigma: NDArray[Any], by: str = "median") -> NDArray[np.float64]:
    """Return each neuron's typical sigma over the clips.

    Parameters
    ----------
    sigma : float [clips, neurons]
        At least one clip.
    by : "median" or "mean"
        The paper does not say which it took; the median is not moved by a few odd clips.

    Returns
    -------
    float64 [neurons]

    Raises
    ------
    ValueError
        For an unknown `by`, no clips, a wrong shape, NaN or infinity.
    """
    values = np.asarray(sigma, dtype=np.float64)
    if by not in get_args(RankBy):
        raise ValueError(f"Neurons are ranked by median or mean, not by {by!r}.")
    if values.ndim != 2 or values.shape[0] == 0:
        raise ValueError(f"Ranking needs the sigma of at least one clip as [clips, neurons], not shape {values.shape}.")
    if not np.isfinite(values).all():
        raise ValueError("Ranking needs finite sigmas, but some are NaN or infinite; encode the clips again.")
    return np.asarray(np.median(values, axis=0) if by == "median" else values.mean(axis=0), dtype=np.float64)


def rank_neurons(sigma: NDArray[Any], by: str = "median") -> NDArray[np.int64]:
    """Return the neurons in the order of increasing typical sigma.

    Parameters
    ----------
    sigma : float [clips, neurons]
    by : "median" or "mean"

    Returns
    -------
    int64 [neurons]
        ``order[0]`` is the neuron of rank 1. Equal sigmas keep the order of their indices.

    Raises
    ------
    ValueError
        As `typical_sigma`.
    """
    return np.argsort(typical_sigma(sigma, by), kind="stable").astype(np.int64)


def find_cut(sorted_sigma: NDArray[Any]) -> int:
    """Count the music neurons: say where, in the order of increasing sigma, the noise begins.

    The rule. Training pulls the variances of each neuron towards ``Var(mu) + sigma**2 = 1``, so ``1 - sigma**2`` is
    the share of the neuron that the music explains. Shares of one half and more are music, shares of one twentieth
    and less are noise. Between the two the cut is made where the share falls by the largest factor from one neuron
    to the next (the bounds count as neighbours, so an empty middle is one wide gap). If it nowhere falls by a factor
    of 1.5, the neurons show no cut of their own and it is made at the geometric mean of the bounds (sigma 0.918).

    Parameters
    ----------
    sorted_sigma : float [neurons]
        Typical sigmas in increasing order.

    Returns
    -------
    int
        From 0 (a collapsed posterior: all noise) to the number of neurons (all music).

    Raises
    ------
    ValueError
        When the values are not one-dimensional, not increasing, negative, NaN or infinite.
    """
    sigma = np.asarray(sorted_sigma, dtype=np.float64)
    if sigma.ndim != 1 or not np.isfinite(sigma).all() or bool((sigma < 0).any()):
        raise ValueError("The cut needs one finite sigma, 0 or greater, per neuron.")
    if bool((np.diff(sigma) < 0).any()):
        raise ValueError("The cut needs sigmas in increasing order; rank the neurons first.")
    share = np.clip(1 - sigma**2, CERTAIN_NOISE, CERTAIN_MUSIC)
    bounded = np.concatenate(([CERTAIN_MUSIC], share, [CERTAIN_NOISE]))
    falls = bounded[:-1] / bounded[1:]
    widest = int(np.argmax(falls))
    if falls[widest] >= CLEAR_GAP:
        return widest
    return int(np.count_nonzero(share > np.sqrt(CERTAIN_MUSIC * CERTAIN_NOISE)))
