"""The four attributes of what was decoded, in the variants that were asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import FEATURES, Axis, correlations, features
from innervoice_plugins.latin_hypercube.parameters import HypercubeParameters

Floats = NDArray[np.float64]

METRICAL = {"tiled": "toussaint", "as published": "toussaint-repeat", "normalised": "toussaint-pati"}
DENSITY = {"notes": "note-density", "loudness": "note-density-velocity"}
CONTOUR = {"absolute": "contour", "signed": "contour-signed"}
SHORT = ("Toussaint", "Note density", "Pitch range", "Contour")
"""What the paper calls the four."""
QPM = 120.0
"""None of the four depends on the tempo."""
BLOCK = 1024


@dataclass(frozen=True, eq=False)
class Attributes:
    """The attributes of the samples.

    Attributes
    ----------
    ids : tuple of str
        Of the four, as `innervoice.plugin.FEATURES` has them.
    of_samples : float64 [regions, samples, 4]
        NaN for an empty clip.
    """

    ids: tuple[str, ...]
    of_samples: Floats

    @property
    def of_regions(self) -> Floats:
        """Return the mean of each region over its clips that have a value, float64 [regions, 4]."""
        there = np.isfinite(self.of_samples)
        count = there.sum(axis=1)
        total = np.where(there, self.of_samples, 0.0).sum(axis=1)
        return np.asarray(np.where(count > 0, total / np.maximum(count, 1), np.nan))

    @property
    def between(self) -> Floats:
        """Return Pearson's r of each two attributes over the clips with notes, float64 [4, 4]."""
        flat = self.of_samples.reshape(-1, len(self.ids))
        there = flat[np.isfinite(flat).all(axis=1)]
        return np.stack([correlations(there, column) for column in there.T])

    @property
    def empty(self) -> int:
        """Return how many clips have no note."""
        return int(np.isnan(self.of_samples).all(axis=2).sum())


def ids_of(parameters: HypercubeParameters) -> tuple[str, ...]:
    """Return the four attributes' ids, by the variants asked for."""
    return (
        METRICAL[parameters.metrical],
        DENSITY[parameters.density],
        "pitch-range",
        CONTOUR[parameters.contour],
    )


def measure(tokens: NDArray[np.int16], ids: tuple[str, ...], tell: Callable[[int], None]) -> Floats:
    """Measure clips, int16 [clips, steps]; float64 [clips, ids], NaN where a clip has no note.

    `tell` is told the clips that are done, and may raise to end it.
    """
    parts = [np.zeros((0, len(ids)))]
    for first in range(0, len(tokens), BLOCK):
        tell(first)
        parts.append(features(tokens[first : first + BLOCK], QPM, ids))
    return np.concatenate(parts)


def name_of(key: str) -> str:
    """Return what people call an attribute, for the middle of a sentence."""
    return FEATURES[key].name[:1].lower() + FEATURES[key].name[1:]


def axis_of(key: str) -> Axis:
    """Return an attribute as an axis."""
    return Axis(FEATURES[key].name, FEATURES[key].unit)
