"""The range of values to show, when some are missing or all are equal."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def extent(values: NDArray[np.floating[Any]]) -> tuple[float, float]:
    """The least and the greatest finite value; 0 and 1 when there is none."""
    finite = values[np.isfinite(values)]
    return (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)


def pad(span: tuple[float, float], share: float) -> tuple[float, float]:
    """A span widened by a share of itself on both sides; a span of one value becomes one unit wide."""
    low, high = span
    if high <= low:
        unit = max(abs(low), 1.0) / 2
        return low - unit, high + unit
    return low - share * (high - low), high + share * (high - low)
