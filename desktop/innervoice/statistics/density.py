"""Kernel densities of numbers that were counted in bins, so that no number need be kept.

A Gaussian stands on the middle of every bin, as high as the bin is full (Silverman 1986, section 3.5, without the
Fourier transform: a curve of some hundred points needs none). Its width is by Scott's rule (Scott 1992, equation 6.42).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def scott_bandwidth(deviation: float, count: int) -> float:
    """Return the width of the kernel by Scott's rule for one dimension: ``deviation * count ** (-1 / 5)``."""
    return float(deviation) * float(count) ** -0.2 if count > 0 else 0.0


def binned_density(
    counts: NDArray[Any], low: float, high: float, grid: NDArray[Any], bandwidth: float
) -> NDArray[np.float64]:
    """Return the density of counted numbers on a grid.

    Parameters
    ----------
    counts : int or float [bins]
        How many numbers fell into each of the equal bins between `low` and `high`.
    low, high : float
        ``low < high``.
    grid : float [points]
    bandwidth : float
        The kernel's standard deviation; never taken narrower than a bin, for the bins resolve no more.

    Returns
    -------
    float64 [points]
        Zero everywhere when nothing was counted.

    Raises
    ------
    ValueError
        When there are no bins, or `low` is not below `high`.
    """
    heights = np.asarray(counts, dtype=np.float64)
    if heights.ndim != 1 or not heights.size or not low < high:
        raise ValueError(f"A density needs bins between two places, not {heights.size} between {low} and {high}.")
    total = heights.sum()
    if total <= 0:
        return np.zeros(len(grid))
    step = (high - low) / heights.size
    width = max(bandwidth, step)
    middles = low + step * (np.arange(heights.size) + 0.5)
    distances = (np.asarray(grid, dtype=np.float64)[:, None] - middles) / width
    kernels = np.exp(-0.5 * distances**2)
    return np.asarray(kernels @ heights / (total * width * np.sqrt(2 * np.pi)), dtype=np.float64)
