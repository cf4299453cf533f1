"""Which neurons are active by the two usual counts, beside the ranking by sigma."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Posterior

LEAST = 0.01
"""Nats of divergence, or variance of mu, above which a neuron counts as active."""


@dataclass(frozen=True, eq=False)
class Activity:
    """What each neuron tells of the clips.

    Attributes
    ----------
    divergence : float64 [neurons]
        Mean divergence of the posterior from the prior, in nats (Kingma and Welling 2014, appendix B).
    variance : float64 [neurons]
        Variance of mu over the clips, NaN for a single one; above 0.01 a neuron is an active unit (Burda, Grosse and
        Salakhutdinov 2016, arXiv 1509.00519, section 5.2).
    """

    divergence: NDArray[np.float64]
    variance: NDArray[np.float64]

    @property
    def active_by_divergence(self) -> int:
        """How many neurons diverge from the prior."""
        return int(np.count_nonzero(self.divergence > LEAST))

    @property
    def active_by_variance(self) -> int | None:
        """How many neurons have a mu that goes from clip to clip; None where there is one clip only."""
        return None if np.isnan(self.variance).all() else int(np.count_nonzero(self.variance > LEAST))


def activity(posterior: Posterior) -> Activity:
    """Measure the neurons of a posterior of at least one clip."""
    mu = posterior.mu.astype(np.float64)
    # A sigma that underflowed to 0 would diverge without end.
    sigma = np.maximum(posterior.sigma.astype(np.float64), np.finfo(np.float32).tiny)
    divergence = 0.5 * (mu**2 + sigma**2 - 1.0) - np.log(sigma)
    variance = mu.var(axis=0) if len(mu) > 1 else np.full(posterior.neurons, np.nan)
    return Activity(divergence.mean(axis=0), variance)
