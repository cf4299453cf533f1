"""The clips that fire a model's neurons most and least: chosen by mu, over the clips of the study."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from innervoice.statistics.ranking import rank_neurons
from innervoice.study.document import Study

NEURONS = 8
MOST_CLIPS = 4096
"""Of a larger study an even choice of its clips is looked at."""
HIGHEST, LOWEST = 3, 2


@dataclass(frozen=True)
class Fired:
    """One neuron, and clips with their mu: the greatest first, the least last."""

    neuron: int
    rank: int
    sigma: float
    clips: tuple[tuple[int, float], ...]


def fired(study: Study, model_sha: str, names: Mapping[int, str]) -> tuple[list[Fired], int]:
    """Return the named neurons and the first in the order of sigma, and over how many clips they were looked at.

    Parameters
    ----------
    study : Study
    model_sha : str
    names : mapping
        Names of neurons; those come first.
    """
    every = np.array(sorted(row.id for row in study.clip_rows()), np.int64)
    if len(every) > MOST_CLIPS:
        every = every[np.linspace(0, len(every) - 1, MOST_CLIPS).astype(np.int64)]
    ids, posterior = study.posteriors(model_sha, every)
    if len(ids) < 2:
        return [], len(ids)
    order = rank_neurons(posterior.sigma).tolist()
    ranks = {neuron: rank for rank, neuron in enumerate(order, 1)}
    wanted = dict.fromkeys([*(neuron for neuron in sorted(names) if neuron in ranks), *order])
    typical = np.median(posterior.sigma, axis=0)
    found = []
    for neuron in list(wanted)[:NEURONS]:
        by_mu = np.argsort(-posterior.mu[:, neuron], kind="stable")
        chosen = list(dict.fromkeys([*by_mu[:HIGHEST].tolist(), *by_mu[-LOWEST:].tolist()]))
        clips = tuple((int(ids[place]), float(posterior.mu[place, neuron])) for place in chosen)
        found.append(Fired(neuron, ranks[neuron], float(typical[neuron]), clips))
    return found, len(ids)
