"""How many neurons a clip makes active, and the shape of such counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Counts:
    """Active neurons of each clip.

    Attributes
    ----------
    music, noise : int64 [clips]
        How many of the music neurons and of the noise neurons have a mu whose size is above the threshold.
    """

    music: NDArray[np.int64]
    noise: NDArray[np.int64]

    @property
    def all(self) -> NDArray[np.int64]:
        """Return how many neurons are active in all, int64 [clips]."""
        return self.music + self.noise


def count_active(mu: NDArray[np.float32], order: NDArray[np.int64], cut: int, threshold: float) -> Counts:
    """Count the active neurons of each clip.

    Parameters
    ----------
    mu : float32 [clips, neurons]
    order : int64 [neurons]
        Neurons by rank; the first `cut` carry music.
    """
    active = np.abs(mu) > threshold
    return Counts(active[:, order[:cut]].sum(axis=1), active[:, order[cut:]].sum(axis=1))


def commonest(counts: NDArray[np.int64]) -> int:
    """Return the count that occurs most often; the smaller one of two."""
    return int(np.bincount(counts).argmax())


def bimodality(counts: NDArray[np.int64]) -> float | None:
    """Return Sarle's coefficient of bimodality, (skewness^2 + 1) / kurtosis.

    5/9 for a uniform distribution, 1/3 for a normal one; above 5/9 two peaks are likely (Pfister et al. 2013,
    Frontiers in Psychology 4:700). None where all counts are the same.
    """
    apart = counts - counts.mean()
    spread = float((apart**2).mean())
    if spread == 0.0:
        return None
    skewness = float((apart**3).mean()) / spread**1.5
    return float((skewness**2 + 1.0) * spread**2 / (apart**4).mean())
