"""The figures of the test with random notes: figures 10 and 11 of the paper, and how well the two are told apart."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Axis, Bars, Bin, Histogram, separation
from innervoice_plugins.random_notes.counting import Counts
from innervoice_plugins.random_notes.telling_apart import Verdict

BINS = 60
SHARE = Axis("share of clips")
NAMES = ("study", "random notes")


def mu_histograms(
    real: NDArray[np.float32], random: NDArray[np.float32], order: NDArray[np.int64], shown: int
) -> Iterator[Histogram]:
    """Draw figure 10: mu of the first neurons over the study and over random notes, [clips, neurons] each."""
    for place, neuron in enumerate(order[:shown].tolist()):
        sides = real[:, neuron], random[:, neuron]
        auc = separation(*sides).auc
        yield _histogram(
            f"Mu of neuron {neuron}, rank {place + 1}",
            f"Over {len(real):,} clips of the study and {len(random):,} of random notes. A neuron whose two "
            "distributions part has learned something that music has and random notes lack; this one alone tells them "
            f"apart with an AUC of {max(auc, 1 - auc):.3f} (0.5 is guessing).",
            Axis("mu"),
            _even_edges(*sides),
            sides,
        )


def count_histogram(kind: str, real: NDArray[np.int64], random: NDArray[np.int64], of: int, above: float) -> Histogram:
    """Draw one half of figure 11: how many music (or noise) neurons a clip makes active."""
    last = int(max(real.max(), random.max(), 1))
    step = max(1, -(-(last + 1) // BINS))
    edges = np.arange(-0.5, last + 0.5 + step, step)
    return _histogram(
        f"Active {kind} neurons",
        f"How many of the {of:,} {kind} neurons have a mu above {above:g} in size, clip by clip.",
        Axis(f"active {kind} neurons"),
        edges,
        (real, random),
    )


def verdict_bars(verdict: Verdict) -> Bars:
    """Draw how well each way tells the two apart."""
    caption = "; ".join(
        f"{way}: {found.auc:.3f} ({found.low:.3f} to {found.high:.3f})" for way, found in verdict.by.items()
    )
    return Bars(
        "Music told from random notes",
        caption=f"Area under the ROC curve with its 95 % interval; 0.5 is guessing, 1 is certainty. {caption}.",
        x=Axis("told apart by"),
        y=Axis("AUC"),
        labels=tuple(verdict.by),
        values=np.array([found.auc for found in verdict.by.values()]),
    )


def both_counts(real: Counts, random: Counts, sizes: tuple[int, int], threshold: float) -> Iterator[Histogram]:
    """Draw figure 11: music neurons on the left, noise neurons on the right; neither where there are none."""
    if sizes[0]:
        yield count_histogram("music", real.music, random.music, sizes[0], threshold)
    if sizes[1]:
        yield count_histogram("noise", real.noise, random.noise, sizes[1], threshold)


def _even_edges(*values: NDArray[np.float32]) -> NDArray[np.float64]:
    low, high = (float(end(value)) for end, value in ((min, np.concatenate(values)), (max, np.concatenate(values))))
    return np.linspace(low, high if high > low else low + 1.0, BINS + 1)


def _histogram(
    title: str, caption: str, x: Axis, edges: NDArray[np.float64], pair: tuple[NDArray[np.generic], ...]
) -> Histogram:
    series = tuple(
        Bin(name, np.histogram(values, edges)[0] / max(1, len(values)))
        for name, values in zip(NAMES, pair, strict=True)
    )
    return Histogram(title, caption=caption, x=x, y=SHARE, edges=edges, series=series)
