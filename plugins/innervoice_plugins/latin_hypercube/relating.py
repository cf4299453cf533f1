"""Which neuron goes along with an attribute, how clear of all others, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import (
    Direction,
    Interval,
    best_by_chance,
    chance_of,
    correlations,
    direction_of,
    interval_of_correlation,
    rank_correlations,
    resampled_correlations,
)
from innervoice_plugins.latin_hypercube.attributes import Attributes
from innervoice_plugins.latin_hypercube.cloud import Cloud
from innervoice_plugins.latin_hypercube.parameters import HypercubeParameters

Floats = NDArray[np.float64]

DRAWS = 200
"""How often the regions are drawn anew to tell how sure a correlation is."""
FOLDS = 5


@dataclass(frozen=True, eq=False)
class Side:
    """One attribute with every neuron, over the region means or over the samples.

    Attributes
    ----------
    rho, rank_rho : float64 [neurons]
        Pearson's r and Spearman's rank correlation; NaN where nothing varies.
    interval : Interval
        Of the best neuron's rho.
    p : float
        How often shuffled regions reach as much with any neuron; NaN when they were not shuffled.
    reach : float or None
        The |rho| that shuffled regions pass with some neuron less often than the level.
    stays : float
        Share of draws of the regions in which the same neuron is the best.
    """

    rho: Floats
    rank_rho: Floats
    interval: Interval
    p: float
    reach: float | None
    stays: float

    @property
    def order(self) -> NDArray[np.int64]:
        """Return the neurons, the greatest |rho| first."""
        return np.argsort(-np.nan_to_num(np.abs(self.rho)), kind="stable")

    @property
    def best(self) -> int:
        """Return the neuron of the greatest |rho|; -1 where nothing varies."""
        return int(self.order[0]) if np.isfinite(self.rho).any() else -1


@dataclass(frozen=True, eq=False)
class Found:
    """What was found of one attribute.

    Attributes
    ----------
    key : str
        Its id.
    regions, samples : Side
    direction : Direction or None
        Where to go for more of it; None where nothing varies.
    """

    key: str
    regions: Side
    samples: Side
    direction: Direction | None

    def navigable(self, level: float) -> bool:
        """Say whether one neuron leads to more of the attribute, surer than chance."""
        return self.regions.p < level


def relate(
    cloud: Cloud,
    attributes: Attributes,
    parameters: HypercubeParameters,
    rng: np.random.Generator,
    tell: Callable[[str], None],
) -> list[Found]:
    """Relate each attribute with every neuron; `tell` hears what is done and may raise to end it."""
    found, means = [], attributes.of_regions
    group = np.repeat(np.arange(cloud.regions), cloud.samples.shape[1])
    flat = cloud.samples.reshape(-1, cloud.neurons)
    for place, key in enumerate(attributes.ids):
        values = attributes.of_samples[..., place]

        def say(done: int, key: str = key) -> None:
            tell(f"shuffling the regions, {key} {done}")

        regions = _side(cloud.centres[:, None], means[:, place, None], parameters, rng, say)
        samples = _side(cloud.samples, values, parameters, rng, say)
        tell(f"fitting a direction for {key}")
        found.append(Found(key, regions, samples, direction_of(flat, values.ravel(), group, FOLDS, rng)))
    return found


def _side(
    points: NDArray[np.float32],
    values: Floats,
    parameters: HypercubeParameters,
    rng: np.random.Generator,
    say: Callable[[int], None],
) -> Side:
    """Relate values [regions, members] with points [regions, members, neurons]."""
    members = values.shape[1]
    rows, flat = points.reshape(-1, points.shape[2]), values.ravel()
    rho, rank_rho = correlations(rows, flat), rank_correlations(rows, flat)
    chance = best_by_chance(rows, flat, parameters.permutations, rng, say, together=members)
    if not np.isfinite(rho).any():
        return Side(rho, rank_rho, Interval(np.nan, np.nan, np.nan), np.nan, None, np.nan)
    best = int(np.nanargmax(np.abs(rho)))
    say(parameters.permutations)
    drawn = resampled_correlations(points, values, DRAWS, rng)
    whole = np.isfinite(drawn).any(axis=1)
    stays = np.nanargmax(np.abs(drawn[whole]), axis=1) == best
    reach = float(np.quantile(chance, 1.0 - parameters.level)) if len(chance) else 0.0
    interval = _drawn_interval(rho[best], drawn[:, best]) if members > 1 else _told_interval(rho[best], flat)
    return Side(
        rho, rank_rho, interval, chance_of(rho[best], chance), reach if reach > 0 else None,
        float(stays.mean()) if len(stays) else np.nan,
    )  # fmt: skip


def _told_interval(rho: float, values: Floats) -> Interval:
    return interval_of_correlation(float(rho), int(np.isfinite(values).sum()))


def _drawn_interval(rho: float, drawn: Floats) -> Interval:
    there = drawn[np.isfinite(drawn)]
    low, high = np.percentile(there, [2.5, 97.5]) if len(there) else (np.nan, np.nan)
    return Interval(float(rho), float(low), float(high))
