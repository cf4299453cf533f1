"""The points that are decoded: centres of regions in a box, and samples around them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import (
    MOST_POINTS,
    grid_points,
    in_box,
    latin_hypercube,
    least_distance,
    random_points,
    samples_around,
)
from innervoice_plugins.latin_hypercube.parameters import HypercubeParameters

Floats = NDArray[np.float64]

MOST_NUMBERS = 200_000_000
"""Samples by neurons that are held at most: 800 MB in single precision."""


@dataclass(frozen=True, eq=False)
class Cloud:
    """Regions of a model's space.

    Attributes
    ----------
    centres : float32 [regions, neurons]
    samples : float32 [regions, samples, neurons]
    least : float
        The least distance of two centres.
    sigma : float
        Of the samples around their centre.
    """

    centres: NDArray[np.float32]
    samples: NDArray[np.float32]
    least: float
    sigma: float

    @property
    def regions(self) -> int:
        """Return how many regions there are."""
        return len(self.centres)

    @property
    def neurons(self) -> int:
        """Return how many neurons a point has."""
        return int(self.centres.shape[1])

    @property
    def length_by_prior(self) -> float:
        """Return how many times as long as a sample of the prior, N(0, 1), the samples typically are."""
        squares = np.einsum("gxd,gxd->gx", self.samples, self.samples, dtype=np.float64)
        return float(np.sqrt(np.median(squares) / self.neurons))

    @property
    def warning(self) -> str:
        """Return what there is to beware of; empty for nothing."""
        if self.sigma <= 1.0:
            return ""
        return (
            f"The samples leave the prior: their sigma is {self.sigma:.3g} where the prior's is 1, so what is decoded "
            "is less and less like music that the model knows."
        )


def refuse_nonsense(parameters: HypercubeParameters, neurons: int) -> None:
    """See before anything is decoded that the parameters agree with each other.

    Raises
    ------
    ValueError
        With what is wrong and what to do.
    """
    if not parameters.low < parameters.high:
        raise ValueError(
            f"the box runs from {parameters.low:g} to {parameters.high:g}; set low below high, such as -3 and 3."
        )
    held = parameters.points * parameters.samples * neurons
    if held > MOST_NUMBERS:
        raise ValueError(f"{held:,} numbers are more than fit into memory; choose fewer points or samples.")
    if parameters.map_of == "samples" and parameters.points * parameters.samples > MOST_POINTS:
        raise ValueError(
            f"a map shows up to {MOST_POINTS:,} samples, not {parameters.points * parameters.samples:,}; "
            "map the centres, or choose fewer."
        )


def draw_cloud(parameters: HypercubeParameters, neurons: int, rng: np.random.Generator) -> Cloud:
    """Choose the centres, then the samples around them; the first numbers of `rng` are the centres'."""
    unit = choose(parameters.sampling, parameters.points, neurons, rng)
    centres = in_box(unit, parameters.low, parameters.high)
    least = least_distance(centres)
    sigma = parameters.sigma if parameters.sigma_rule == "fixed" else least / (2.0 * parameters.k)
    samples = samples_around(centres, parameters.samples, sigma, rng)
    return Cloud(centres.astype(np.float32), samples.astype(np.float32), least, sigma)


def choose(sampling: str, count: int, dimensions: int, rng: np.random.Generator) -> Floats:
    """Choose points of the unit cube, float64 [count or fewer, dimensions], in one of the three ways."""
    if sampling == "grid":
        return grid_points(count, dimensions)
    draw = latin_hypercube if sampling == "latin hypercube" else random_points
    return draw(count, dimensions, rng)
