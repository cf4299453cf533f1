"""Figures of what the oracle hears (figures 5 and 6 of the paper)."""

from __future__ import annotations

import numpy as np

from innervoice.plugin import Axis, Curve, HeatMap, Line, Link
from innervoice_plugins.noisy_channel.dynamics import Listening
from innervoice_plugins.noisy_channel.long_songs import course, first_of, in_means
from innervoice_plugins.noisy_channel.song import Song


def threshold_curve(listenings: list[Listening]) -> Curve:
    """Draw figure 5: the total information rate at every threshold, with the best."""
    told = "; ".join(f"{one.name}: {one.sweep.total:.1f} bits at {one.sweep.threshold:.2f}" for one in listenings)
    # Where every two frames of each are alike nothing is left to see.
    told_by = np.array([one.sweep.totals for one in listenings]).max(axis=0) > 0
    end = int(np.flatnonzero(told_by)[-1]) + 2 + len(told_by) // 20 if told_by.any() else len(told_by)
    lines = tuple(Line(one.name, np.column_stack([one.sweep.thresholds, one.sweep.totals])[:end]) for one in listenings)
    return Curve(
        "Information rate and threshold",
        caption=f"Frames nearer than the threshold count as alike. Greatest, at the dashes: {told}.",
        x=Axis("threshold"),
        y=Axis("total information rate", "bits"),
        lines=lines,
        marks=tuple(one.sweep.threshold for one in listenings),
    )


def rate_over_time(song: Song, listenings: list[Listening], heard: int) -> Curve:
    """Draw figure 6: the information rate of the latents frame by frame, at several rates of the channel."""
    cut = f" Those behind the channel hear the first {heard:,} {song.frame}s." if heard < len(song) else ""
    drawn = [(one.name, *course(one.rate)) for one in listenings]
    cut += in_means(song, max(width for _, _, width in drawn))
    return Curve(
        "Information rate of the latents over time",
        caption="How much of each frame its past tells, at the best threshold of each; high where something longer "
        f"is repeated. In all: {'; '.join(f'{one.name}: {one.sweep.total:.1f} bits' for one in listenings)}.{cut}",
        x=Axis(song.frame),
        y=Axis("information rate", "bits"),
        lines=tuple(Line(name, points) for name, points, _ in drawn),
    )


def similarity_map(song: Song, listening: Listening, way: str) -> HeatMap:
    """Draw how alike every two frames are."""
    shown = len(listening.likeness)
    links = Link("clip", song.ids[:shown])
    return HeatMap(
        f"Self-similarity of the {listening.name}",
        caption=f"1 for no distance ({way}), 0 for the greatest of those shown; stripes by the diagonal are "
        f"repetitions.{first_of(song, shown)}",
        x=Axis(song.frame),
        y=Axis(song.frame),
        values=listening.likeness,
        row_links=links,
        column_links=links,
        colour=Axis("likeness"),
    )
