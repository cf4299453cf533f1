"""Which of the things that are heard each neuron follows: rank correlation, and what chance reaches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from innervoice.plugin import PERFORMANCE_ATTRIBUTES, Table
from innervoice_plugins.performance.activations import Activations

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Following:
    """How closely neurons, in rank order, follow attributes.

    Attributes
    ----------
    correlation : float64 [attributes, neurons]
        Spearman's rho over the stretches; NaN where an attribute has no value or never changes.
    chance : float64 [neurons]
        How often shuffled stretches reach as much with any attribute; empty when nothing was shuffled.
    """

    correlation: Floats
    chance: Floats

    def best(self, place: int) -> tuple[str, float]:
        """The attribute that the neuron at a place follows most closely, and rho."""
        column = np.nan_to_num(self.correlation[:, place])
        row = int(np.abs(column).argmax())
        return list(PERFORMANCE_ATTRIBUTES)[row], float(column[row])

    def words(self, place: int) -> str:
        """The neuron's name for people."""
        name, rho = self.best(place)
        return f"follows {name}, {'−' if rho < 0 else ''}{abs(rho):.2f}"


def following_of(
    found: Activations,
    order: NDArray[np.int64],
    permutations: int,
    rng: np.random.Generator,
    tell: Callable[[int], None],
) -> Following:
    """Relate neurons and attributes.

    `tell` is told each permutation, and may raise to end it.
    """
    neurons = _standard(_ranks(found.mean[:, order].astype(np.float64)))
    # A stretch of one note has no rubato: such gaps take the middle rank.
    attributes = _standard(_ranks(found.attributes))
    count = len(neurons)
    correlation = attributes.T @ neurons / count
    reached = np.abs(np.nan_to_num(correlation)).max(axis=0)
    often = np.zeros(len(order))
    for turn in range(permutations):
        tell(turn)
        shuffled = np.nan_to_num(attributes[rng.permutation(count)].T @ neurons / count)
        often += np.abs(shuffled).max(axis=0) >= reached
    chance = (1 + often) / (1 + permutations) if permutations else np.zeros(0)
    return Following(correlation, chance)


def following_table(relation: Following, order: NDArray[np.int64]) -> Table:
    """One row for each neuron and attribute, by rank."""
    rows = [
        (int(neuron), place + 1, name, round(float(rho), 6) if np.isfinite(rho) else None)
        for place, neuron in enumerate(order)
        for name, rho in zip(PERFORMANCE_ATTRIBUTES, relation.correlation[:, place], strict=True)
    ]
    return Table("following", ("neuron", "rank", "attribute", "rho"), tuple(rows))


def ranking_table(found: Activations, order: NDArray[np.int64]) -> Table:
    """One row for each neuron, by rank: how its activation varies from stretch to stretch, and within one."""
    mean, spread = found.mean.astype(np.float64), found.spread.astype(np.float64)
    rows = [
        (
            place + 1,
            int(neuron),
            round(float(mean[:, neuron].mean()), 6),
            round(float(mean[:, neuron].std()), 6),
            round(float(np.median(spread[:, neuron])), 6),
        )
        for place, neuron in enumerate(order)
    ]
    return Table("ranking", ("rank", "neuron", "mean", "sd between", "sd within"), tuple(rows))


def _ranks(values: Floats) -> Floats:
    """Ranks of each column; what is missing takes the middle."""
    ranks = np.empty_like(values)
    for column in range(values.shape[1]):
        there = np.isfinite(values[:, column])
        ranks[:, column] = (there.sum() + 1) / 2
        ranks[there, column] = rankdata(values[there, column])
    return ranks


def _standard(values: Floats) -> Floats:
    """Mean 0 and variance 1 for each column; NaN where it never changes."""
    centred = values - values.mean(axis=0)
    deviation = centred.std(axis=0)
    return np.asarray(centred / np.where(deviation > 0, deviation, np.nan), np.float64)
