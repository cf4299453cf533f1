"""How much faster phi_k of features and neurons is than the phik package, and how long 50,000 clips take.

Run by `make bench`. Both sides get the same binned values of 50,000 clips in one process; the package computes a few
pairs, one at a time, and ours the whole matrix of 512 neurons by 57 features. The ratio is of seconds a pair.
"""

from __future__ import annotations

import time
import warnings

import numpy as np

from innervoice.statistics.contingency import equal_width_bins
from innervoice.statistics.phik import phik_matrix

CLIPS, NEURONS, FEATURES, BINS = 50_000, 512, 57, 10
PAIRS = 8
GOAL = 20.0


def bench() -> dict[str, float]:
    """Seconds of both sides, their ratio, and the greatest difference between them."""
    rng = np.random.default_rng(1)
    features = rng.standard_normal((CLIPS, FEATURES))
    neurons = rng.standard_normal((CLIPS, NEURONS)) + np.where(np.arange(NEURONS) < FEATURES, 1.0, 0.0)
    neurons[:, :FEATURES] += features
    rows, columns = equal_width_bins(neurons, BINS), equal_width_bins(features, BINS)
    begin = time.perf_counter()
    ours = phik_matrix(rows, columns, BINS).phik
    whole = time.perf_counter() - begin
    theirs, each = _package(rows, columns)
    figures = {
        "phik package seconds a pair": each,
        "innervoice seconds a pair": whole / (NEURONS * FEATURES),
        "innervoice seconds for all": whole,
        "ratio": each * NEURONS * FEATURES / whole,
        "greatest difference": float(np.abs(theirs - np.diag(ours[:PAIRS, :PAIRS])).max()),
    }
    for name, value in figures.items():
        print(f"correlation: {name} {value:.4g}" + (f" (goal {GOAL:g})" if name == "ratio" else ""))
    return figures


def _package(rows: np.ndarray, columns: np.ndarray) -> tuple[np.ndarray, float]:
    import pandas as pd
    from phik.phik import phik_from_rebinned_df

    def pair(place: int) -> float:
        frame = pd.DataFrame({"neuron": rows[:, place], "feature": columns[:, place]})
        return float(phik_from_rebinned_df(frame, njobs=1).loc["neuron", "feature"])

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pair(0)
        begin = time.perf_counter()
        values = np.array([pair(place) for place in range(PAIRS)])
        # The package also relates each variable with itself: a third of its work is the pair's.
        return values, (time.perf_counter() - begin) / PAIRS / 3
