"""Three regions of an attribute, low, middle and high, sampled anew, and tests of whether they differ.

New samples are taken since the regions were chosen by the old ones, which would praise them for luck.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import TwoSamples, holm, mann_whitney, samples_around, welch
from innervoice_plugins.latin_hypercube.cloud import Cloud

Floats = NDArray[np.float64]

NAMES = ("low", "mid", "high")
PAIRS = tuple(combinations(range(3), 2))
PAIR_NAMES = tuple(f"{NAMES[one]}/{NAMES[other]}" for one, other in PAIRS)
TESTS = {"mann_whitney": mann_whitney, "welch": welch}


@dataclass(frozen=True, eq=False)
class Tests:
    """Tests of each attribute's three regions, two by two.

    Attributes
    ----------
    statistic, p, adjusted : float64 [attributes, 3]
        The columns are low/mid, low/high and mid/high; adjusted for all pairs of all attributes (Holm).
    """

    statistic: Floats
    p: Floats
    adjusted: Floats


def three_regions(means: Floats) -> NDArray[np.int64]:
    """Return the lowest, the middle and the highest region by an attribute's mean, as the paper's code chooses them.

    In their order, cut into three: the first of the first part, the middle of the second, the last of the third.

    Parameters
    ----------
    means : float64 [regions]
        NaN is left out.

    Raises
    ------
    ValueError
        When fewer than three regions have a value.
    """
    order = np.argsort(means, kind="stable")
    order = order[np.isfinite(means[order])]
    if len(order) < 3:
        raise ValueError("fewer than three regions have clips with notes; choose another box or a smaller sigma.")
    low, middle, high = np.array_split(order, 3)
    return np.array([low[0], middle[len(middle) // 2], high[-1]])


def sample_three(
    cloud: Cloud, means: Floats, sigma: float, rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Choose three regions for each attribute and draw new samples around their centres.

    Parameters
    ----------
    means : float64 [regions, attributes]

    Returns
    -------
    int64 [attributes, 3], and float32 [attributes, 3, samples, neurons]
    """
    chosen = np.stack([three_regions(column) for column in means.T])
    count = cloud.samples.shape[1]
    drawn = samples_around(cloud.centres[chosen.ravel()], count, sigma, rng)
    return chosen, drawn.reshape(*chosen.shape, count, cloud.neurons).astype(np.float32)


def compare_all(values: Floats, name: str) -> Tests:
    """Test each attribute's three regions, values [attributes, 3, samples], by "mann_whitney" or "welch"."""
    found: list[list[TwoSamples]] = [
        [TESTS[name](three[one], three[other]) for one, other in PAIRS] for three in values
    ]
    statistic, p = (np.array([[test[part] for test in row] for row in found]) for part in (0, 1))
    return Tests(statistic, p, holm(p))
