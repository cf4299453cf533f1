"""What is to be known of every neuron's mu over a study, gathered block by block so that memory stays small.

Clips come in blocks of any size and order; kept are counts in bins, mean and deviation, and the clips at both ends.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.statistics.density import binned_density, scott_bandwidth

BINS = 256
MARGIN = 0.25
TAIL = 3.0
"""Kernel widths that a curve goes on beyond the outermost clip: it has come down to nothing there."""
NARROWEST = 1e-3


class MuTally:
    """Counts of mu for every neuron.

    Parameters
    ----------
    first : float [clips, neurons]
        Some clips from all over the study. The bins of a neuron span their range and a quarter of it, or three
        kernel widths, more on either side; what falls outside all the same is counted at the end. These clips are not
        counted yet: `add` them.
    kept : int
        How many clips are kept at either end.

    Attributes
    ----------
    low, high : float64 [neurons]
        Where a neuron's bins begin and end.
    counts : int64 [neurons, BINS]
    clips : int
    highest, lowest : int64 [neurons, up to kept]
        The clips that fire the neuron most (by decreasing mu) and least (by increasing mu).
    highest_mu, lowest_mu : float32, of the same shape

    Raises
    ------
    ValueError
        When there is no clip in `first`, or a number is not finite.
    """

    def __init__(self, first: NDArray[Any], kept: int = 5) -> None:
        sample = np.asarray(first, dtype=np.float64)
        if sample.ndim != 2 or not len(sample) or not np.isfinite(sample).all():
            raise ValueError(f"A tally begins with finite mu of some clips, not with shape {list(sample.shape)}.")
        least, most = sample.min(axis=0), sample.max(axis=0)
        kernel = scott_bandwidth(1.0, len(sample)) * sample.std(axis=0)
        margin = np.maximum.reduce([MARGIN * (most - least), TAIL * kernel, np.full(len(least), NARROWEST)])
        self.low, self.high = least - margin, most + margin
        neurons = sample.shape[1]
        self.counts = np.zeros((neurons, BINS), dtype=np.int64)
        self.clips, self._kept = 0, kept
        self._mean, self._squares = np.zeros(neurons), np.zeros(neurons)
        self.highest = self.lowest = np.zeros((neurons, 0), dtype=np.int64)
        self.highest_mu = self.lowest_mu = np.zeros((neurons, 0), dtype=np.float32)

    @property
    def deviation(self) -> NDArray[np.float64]:
        """Return each neuron's standard deviation of mu (with n - 1), float64 [neurons]; 0 for less than two clips."""
        return np.sqrt(self._squares / max(1, self.clips - 1))

    def add(self, ids: NDArray[Any], mu: NDArray[Any]) -> None:
        """Count some clips, given by their ids, int [n], and mu, float [n, neurons].

        Raises
        ------
        ValueError
            When the shapes do not agree.
        """
        neurons = len(self.low)
        if np.ndim(mu) != 2 or mu.shape != (len(ids), neurons):
            raise ValueError(f"{len(ids)} clips of {neurons} neurons have no mu of shape {list(np.shape(mu))}.")
        if not len(ids):
            return
        places = np.floor((mu - self.low) * (BINS / (self.high - self.low))).astype(np.int64).clip(0, BINS - 1)
        flat = (places + np.arange(neurons) * BINS).reshape(-1)
        self.counts += np.bincount(flat, minlength=neurons * BINS).reshape(neurons, BINS)
        self._spread(np.asarray(mu, dtype=np.float64))
        self.highest, self.highest_mu = self._ends(self.highest, self.highest_mu, ids, mu, -1.0)
        self.lowest, self.lowest_mu = self._ends(self.lowest, self.lowest_mu, ids, mu, 1.0)

    def _spread(self, mu: NDArray[np.float64]) -> None:
        """Join mean and squared deviations of two blocks (Chan, Golub, LeVeque 1983, equations 2.1)."""
        count, mean = len(mu), mu.mean(axis=0)
        both, away = self.clips + count, mean - self._mean
        self._squares += ((mu - mean) ** 2).sum(axis=0) + away**2 * (self.clips * count / both)
        self._mean += away * (count / both)
        self.clips = both

    def _ends(
        self, have: NDArray[Any], have_mu: NDArray[Any], ids: NDArray[Any], mu: NDArray[Any], sign: float
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Keep the `kept` smallest of ``sign * mu`` in order; of equal ones those that came first."""
        rows = np.arange(len(self.low))[:, None]
        block = np.asarray(mu, dtype=np.float32).T
        if block.shape[1] > self._kept:
            chosen = np.sort(np.argpartition(sign * block, self._kept - 1, axis=1)[:, : self._kept], axis=1)
        else:
            chosen = np.broadcast_to(np.arange(block.shape[1]), block.shape)
        all_ids = np.concatenate([have, np.asarray(ids, dtype=np.int64)[chosen]], axis=1)
        all_mu = np.concatenate([have_mu, block[rows, chosen]], axis=1)
        order = np.argsort(sign * all_mu, axis=1, kind="stable")[:, : self._kept]
        return all_ids[rows, order], all_mu[rows, order]

    def densities(self, points: int) -> NDArray[np.float32]:
        """Return each neuron's density at even places from its `low` to its `high`, float32 [neurons, points]."""
        curves = np.zeros((len(self.low), points), dtype=np.float32)
        for neuron, deviation in enumerate(self.deviation):
            low, high = float(self.low[neuron]), float(self.high[neuron])
            width = scott_bandwidth(float(deviation), self.clips)
            curves[neuron] = binned_density(self.counts[neuron], low, high, np.linspace(low, high, points), width)
        return curves
