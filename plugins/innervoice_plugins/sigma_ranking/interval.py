"""How sure the number of music neurons is: a bootstrap over songs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Posterior, find_cut

LEVEL = 95.0
"""Percent of the draws that the interval holds."""


def interval_of_cut(
    posterior: Posterior,
    songs: Sequence[str],
    by: str,
    draws: int,
    rng: np.random.Generator,
    tell: Callable[[int], None],
) -> tuple[int, int] | None:
    """Percentile interval of the automatic cut (Efron and Tibshirani 1993, chapter 13).

    Songs are drawn anew, not clips: the clips of one song are much alike, and would feign certainty.

    Parameters
    ----------
    songs : sequence of str [clips]
        Which song each clip is of.
    by : "median" or "mean"
    draws : int
        How many times the songs are drawn with replacement.
    tell : callable
        Told the number of draws done; may raise to end it.

    Returns
    -------
    lowest and highest cut, or None for fewer than two songs or no draws
    """
    _, of_song = np.unique(np.asarray(songs), return_inverse=True)
    count = int(of_song.max()) + 1 if len(of_song) else 0
    if count < 2 or draws < 1:
        return None
    clips_of = [np.flatnonzero(of_song == song) for song in range(count)]
    # Neuron by neuron in memory: the median of a draw then reads each neuron's numbers in one go.
    sigma = np.ascontiguousarray(posterior.sigma.T)
    cuts = np.empty(draws)
    for draw in range(draws):
        tell(draw)
        clips = np.concatenate([clips_of[song] for song in rng.integers(0, count, count)])
        cuts[draw] = find_cut(np.sort(_typical(sigma[:, clips], by)))
    low, high = np.percentile(cuts, [(100 - LEVEL) / 2, (100 + LEVEL) / 2], method="inverted_cdf")
    return int(low), int(high)


def _typical(sigma: NDArray[np.float32], by: str) -> NDArray[np.float64]:
    typical = np.median(sigma, axis=1) if by == "median" else sigma.mean(axis=1, dtype=np.float64)
    return np.asarray(typical, dtype=np.float64)
