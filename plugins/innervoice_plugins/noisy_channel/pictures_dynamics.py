"""Figures of what the oracle hears (figures 5 and 6 of the paper)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Axis, Curve, HeatMap, Line, Link
from innervoice.plugin.dynamics import self_similarity
from innervoice_plugins.noisy_channel.dynamics import Listening
from innervoice_plugins.noisy_channel.song import Song

Floats = NDArray[np.float64]
MOST_ROWS = 512


def threshold_curve(listenings: list[Listening]) -> Curve:
    """Draw figure 5: the total information rate at every threshold, with the best."""
    told = "; ".join(f"{one.name}: {one.sweep.total:.1f} bits at {one.sweep.threshold:.2f}" for one in listenings)
    lines = tuple(Line(one.name, np.column_stack([one.sweep.thresholds, one.sweep.totals])) for one in listenings)
    return Curve(
        "Information rate and threshold",
        caption=f"Frames nearer than the threshold count as alike. Greatest: {told}.",
        x=Axis("threshold"),
        y=Axis("information rate in all", "bits"),
        lines=lines,
        marks=tuple(one.sweep.threshold for one in listenings),
    )


def rate_over_time(song: Song, listenings: list[Listening], heard: int) -> Curve:
    """Draw figure 6: the information rate of the latents frame by frame, at several rates of the channel."""
    cut = f" The limited ones heard the first {heard} frames." if heard < len(song) else ""
    return Curve(
        "Information rate of the latents over time",
        caption="How much of each frame its past tells, at the best threshold of each; high where something longer "
        f"is repeated. In all: {'; '.join(f'{one.name}: {one.sweep.total:.1f} bits' for one in listenings)}.{cut}",
        x=Axis(song.frame),
        y=Axis("information rate", "bits"),
        lines=tuple(Line(one.name, np.column_stack([np.arange(1, len(one.rate) + 1), one.rate])) for one in listenings),
    )


def similarity_map(song: Song, listening: Listening, way: str) -> HeatMap:
    """Draw how alike every two frames are."""
    values = self_similarity(listening.distances[:MOST_ROWS, :MOST_ROWS])
    links = Link("clip", song.ids[:MOST_ROWS])
    return HeatMap(
        f"Self-similarity of the {listening.name}",
        caption=f"1 for no distance ({way}), 0 for the greatest in the song; stripes by the diagonal are repetitions.",
        x=Axis(song.frame),
        y=Axis(song.frame),
        values=values.astype(np.float32),
        row_links=links,
        column_links=links,
        colour=Axis("likeness"),
    )
