"""Figures of what the oracle hears (figures 5 and 6 of the paper), and of many rates."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Axis, Curve, HeatMap, Line, Link
from innervoice.plugin.dynamics import self_similarity
from innervoice_plugins.noisy_channel.dynamics import Listening
from innervoice_plugins.noisy_channel.rates import ERROR, LEAST, MEASURES, CorpusCurve, RateCurve
from innervoice_plugins.noisy_channel.song import Song

Floats = NDArray[np.float64]
MOST_ROWS = 512
BITS = Axis("bits of a frame", "in doublings: 0 is 5 bits, 1 is 10")
"""The axis of rates; a rate of 0 bits stands one doubling left of the first."""


def place_of(rate: int) -> float:
    """Where a rate stands on the axis of rates."""
    return float(np.log2(rate / 5)) if rate > 0 else -1.0


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


def lost_curve(curve: RateCurve) -> Curve:
    """Draw the rate-distortion curve of the song: what is lost at each rate, with its spread over the draws."""
    return Curve(
        "What is lost at each rate",
        caption="Mean over the draws of the sample and of the noise, each rate with the same ones; the bands go "
        "from the least to the most. Notes lost: one less the F1 of onsets and pitches; harmony lost: one less the "
        f"cosine of the pitch classes. Rates: {_rates(curve.rates)}.",
        x=BITS,
        y=Axis("share lost"),
        lines=tuple(_spread(name, curve, place) for place, name in enumerate(MEASURES[:3])),
    )


def error_curve(curve: RateCurve) -> Curve:
    """Draw what the channel costs the latents beside what it must cost by Shannon."""
    return Curve(
        "Rate and distortion of the latents",
        caption="Squared error of all neurons of a frame, and the least that any code could reach for Gaussians of the "
        "variance that what was sent has over this song (reverse water-filling, closed form).",
        x=BITS,
        y=Axis("squared error"),
        lines=(
            _spread("squared error of the channel", curve, ERROR),
            _spread("least there can be, by the variance over the frames", curve, LEAST),
        ),
    )


def corpus_curve(curve: CorpusCurve) -> Curve:
    """Draw the information rate of a frame against the bits, over the songs."""
    rates = [rate for rate in curve.rates if rate >= 0]
    at = np.array([place_of(rate) for rate in rates])
    each = curve.totals / np.array(curve.frames)[:, None]
    limited, whole = each[:, : len(rates)], each[:, -1]
    low, middle, high = np.percentile(limited, [25, 50, 75], axis=0)
    flat = np.full(len(at), np.median(whole))
    return Curve(
        "Information rate and bits, over the songs",
        caption=f"{len(curve.names)} songs; information rate of the latents a frame, each at its own best threshold "
        f"(cosine). As it was found, whether or not it rises with the bits. Rates: {_rates(tuple(rates))}.",
        x=BITS,
        y=Axis("information rate of a frame", "bits"),
        lines=(
            Line(
                "median of the songs, with its quartiles", np.column_stack([at, middle]), np.column_stack([low, high])
            ),
            Line("without a limit, median", np.column_stack([at, flat])),
        ),
    )


def _spread(name: str, curve: RateCurve, place: int) -> Line:
    """A measure's mean over the draws, with a band from the least to the most."""
    at = np.array([place_of(rate) for rate in curve.rates])
    found = curve.lost[place]
    band = np.column_stack([found.min(axis=1), found.max(axis=1)])
    return Line(name, np.column_stack([at, found.mean(axis=1)]), band)


def _rates(rates: tuple[int, ...]) -> str:
    return ", ".join(f"{rate:,}" for rate in rates) + " bits"
