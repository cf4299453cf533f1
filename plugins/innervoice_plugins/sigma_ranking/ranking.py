"""The numbers of a sigma ranking: order, cut, and what each neuron does over the clips."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Posterior, Table, find_cut, rank_neurons, typical_sigma
from innervoice_plugins.sigma_ranking.activity import activity

RULE = (
    "The automatic cut is where 1 − sigma², the share of a neuron that the music explains, falls by the largest "
    "factor between 0.5 and 0.05; without a clear fall, at sigma 0.918."
)
BY_HAND = "The cut was set by hand."

COLUMNS = (
    "rank",
    "neuron",
    "median sigma",
    "mean sigma",
    "median mu",
    "sd of mu",
    "kind",
    "rank by median",
    "rank by mean",
    "divergence",
    "variance of mu",
)


@dataclass(frozen=True, eq=False)
class Ranking:
    """Neurons in rank order.

    Attributes
    ----------
    order : int64 [neurons]
    sigma : float64 [neurons]
        Typical sigma, in rank order.
    cut : int
        How many of them are music neurons.
    rule : str
        How the cut was made.
    """

    order: NDArray[np.int64]
    sigma: NDArray[np.float64]
    cut: int
    rule: str


def rank(posterior: Posterior, by: str, cut: int) -> Ranking:
    """Rank the neurons of a posterior; a `cut` of 0 is found by the rule.

    Raises
    ------
    ValueError
        When the cut is beyond the model's neurons.
    """
    if cut > posterior.neurons:
        raise ValueError(f"A cut of {cut} is beyond the model's {posterior.neurons} neurons; set a smaller one, or 0.")
    order = rank_neurons(posterior.sigma, by)
    sigma = typical_sigma(posterior.sigma, by)[order]
    return Ranking(order, sigma, cut or find_cut(sigma), BY_HAND if cut else RULE)


def order_table(posterior: Posterior, ranking: Ranking) -> Table:
    """Return one row per neuron, in rank order: sigma and mu, both rankings, and how active it is (nats; variance).

    Of a single clip there is no spread of mu: its cells are empty.
    """
    order, told = ranking.order, activity(posterior)
    columns = (
        typical_sigma(posterior.sigma, "median")[order],
        typical_sigma(posterior.sigma, "mean")[order],
        np.median(posterior.mu, axis=0)[order],
        np.sqrt(told.variance)[order],
    )
    places = [np.argsort(rank_neurons(posterior.sigma, by))[order] + 1 for by in ("median", "mean")]
    active = (told.divergence[order], told.variance[order])
    rows: list[tuple[str | int | float | None, ...]] = [
        (
            place + 1,
            int(neuron),
            *(_cell(column[place]) for column in columns),
            kind_of(place, ranking.cut),
            *(int(column[place]) for column in places),
            *(_cell(column[place]) for column in active),
        )
        for place, neuron in enumerate(order)
    ]
    return Table("order", COLUMNS, tuple(rows))


def _cell(value: np.floating) -> float | None:
    return None if np.isnan(value) else round(float(value), 6)


def pearson(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Pearson's correlation of each two columns, float32 [columns, columns]; NaN where a column is constant.

    Parameters
    ----------
    values : float32 [clips, columns]
    """
    apart = values - values.mean(axis=0, dtype=np.float64)
    length = np.sqrt((apart**2).sum(axis=0))
    # Rounding leaves a constant column a hair's breadth of variation.
    length[length <= 1e-6 * np.abs(values).max(axis=0, initial=0.0) * np.sqrt(len(values))] = np.nan
    scaled = apart / length
    return np.asarray(np.clip(scaled.T @ scaled, -1.0, 1.0), dtype=np.float32)


def kind_of(place: int, cut: int) -> str:
    """Name the kind of the neuron at a place (rank - 1)."""
    return "music" if place < cut else "noise"
