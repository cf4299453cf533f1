"""The way along a direction to a value of a feature: where to look, and which of the places is the one wanted."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Wish = Literal["value", "more", "less"]

PLACES = 48
FARTHEST = 12.0
"""How far is looked, in the neurons' own measure: most of the space lies within some ten of the middle."""


def places_along(step: NDArray[np.float32], wanted: float) -> NDArray[np.float64]:
    """Return how many steps to look at, in the order of their distance, float64 [PLACES]; the first is 0.

    Parameters
    ----------
    step : float32 [neurons]
        One more of the feature, as it was found.
    wanted : float
        By how much the feature is to change; the way goes twice as far, since a model need not keep to a straight
        line, but no farther than `FARTHEST`.
    """
    farthest = FARTHEST / float(np.linalg.norm(step))
    reach = min(2.0 * abs(wanted), farthest) or farthest
    return np.linspace(0.0, np.copysign(reach, wanted), PLACES)


def best_place(values: NDArray[Any], wish: Wish, target: float) -> int:
    """Return which place of a way is the one wanted.

    Parameters
    ----------
    values : float [places]
        The feature at each place, the first being where one stands; NaN where a clip has no value.
    wish : "value", "more" or "less"
        The place nearest to `target`; or the first at which there is more, or less, than at the first one.
    target : float

    Returns
    -------
    int
        0 when there is none better.
    """
    there = np.isfinite(values)
    if not there.any():
        return 0
    if wish == "value":
        return int(np.where(there, np.abs(values - target), np.inf).argmin())
    sign = 1.0 if wish == "more" else -1.0
    here = values[0] if there[0] else -sign * np.inf
    beyond = there & (sign * (np.where(there, values, 0.0) - here) > 1e-9)
    return int(beyond.argmax()) if beyond.any() else 0
