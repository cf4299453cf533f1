"""What is related: the clips that were drawn, their features, and the neurons in rank order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Context, find_cut, rank_neurons, typical_sigma
from innervoice_plugins.feature_correlation.known import ask_for
from innervoice_plugins.feature_correlation.parameters import CorrelationParameters
from innervoice_plugins.feature_correlation.relating import Columns, telling_columns

FEWEST = 10


@dataclass(frozen=True, eq=False)
class Subject:
    """Clips, features and neurons.

    Attributes
    ----------
    columns : Columns
    mu : float64 [clips, neurons]
        Columns in rank order.
    order : int64 [neurons]
        Neurons by rank of sigma.
    cut : int
        How many of them carry music.
    clip_ids : int64 [clips]
    """

    columns: Columns
    mu: NDArray[np.float64]
    order: NDArray[np.int64]
    cut: int
    clip_ids: NDArray[np.int64]

    @property
    def clips(self) -> int:
        """Return how many clips there are."""
        return len(self.mu)


def prepare(context: Context, parameters: CorrelationParameters) -> Subject:
    """Draw clips, compute their features, put the neurons in rank order.

    Raises
    ------
    ValueError
        When there are too few clips, the cut is beyond the neurons, or no feature varies.
    """
    total = len(context.clips)
    if total < FEWEST:
        raise ValueError(f"{total} clips are too few to relate features and neurons; import {FEWEST} or more.")
    posterior = context.posterior()
    drawn = np.sort(context.rng.choice(total, min(total, parameters.clips), replace=False))
    sigma = posterior.sigma[drawn]
    order = rank_neurons(sigma)
    cut = parameters.cut or find_cut(typical_sigma(sigma)[order])
    if cut > len(order):
        raise ValueError(f"A cut of {cut} is beyond the model's {len(order)} neurons; set a smaller one, or 0.")
    asked = ask_for(context, parameters)
    columns = telling_columns(asked.known, asked.values[drawn], asked.left_out)
    if not columns.ids:
        raise ValueError("No feature differs between these clips; import other music.")
    mu = posterior.mu[np.ix_(drawn, order)].astype(np.float64)
    return Subject(columns, mu, order, cut, context.clip_ids[drawn])
