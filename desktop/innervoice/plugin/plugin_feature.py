"""What is known of a feature that a plugin defines, and whether its numbers are numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin.errors import FeatureError

LARGEST = 1e15
"""No number of a feature is beyond this: the differences of two must be numbers, too."""


@dataclass(frozen=True)
class PluginFeature:
    """What is known of a feature that a plugin defines: its id, name and unit, and the plugin that brought it."""

    id: str
    name: str
    unit: str
    plugin: str


def checked_values(feature: PluginFeature, answer: object, clips: int) -> NDArray[np.float64]:
    """Return what a feature answered, float64 [clips].

    Raises
    ------
    FeatureError
        When it is something else than one number or NaN for each clip.
    """
    try:
        values = np.asarray(answer, np.float64)
    except (TypeError, ValueError, OverflowError):
        values = np.zeros((0, 0))
    if values.shape != (clips,) or np.isinf(values).any() or (np.abs(np.nan_to_num(values)) > LARGEST).any():
        raise FeatureError(fault(feature, "did not answer with one number for each clip, NaN where there is none"))
    return values


def fault(feature: PluginFeature, what: str) -> str:
    """Say what a feature did, and whose it is."""
    return f"The feature {feature.id} {what}; the fault is in the plugin {feature.plugin}."
