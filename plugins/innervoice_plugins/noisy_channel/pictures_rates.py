"""Figures of many rates: of one song, and of many songs."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Axis, Curve, Figure, HeatMap, Line
from innervoice_plugins.noisy_channel.rates import ERROR, LEAST, MEASURES, CorpusCurve, RateCurve

Floats = NDArray[np.float64]
BITS = Axis("bits of a frame")
MOST_WORDS = 14
"""Words that stand under an axis without touching."""
LINEAR = 20
"""Rates from which on their axis is not in doublings."""


def places_of(rates: tuple[int, ...]) -> Floats:
    """Where rates stand on their axis: a doubling apart, 0 bits one doubling left of the first; many by their bits."""
    many = np.array(rates, np.float64)
    return many if len(rates) > LINEAR else np.log2(np.maximum(many, 2.5) / 5.0)


def lost_curve(curve: RateCurve) -> Curve:
    """Draw the rate-distortion curve of the song: what is lost at each rate, with its spread over the draws."""
    return Curve(
        "What is lost at each rate",
        caption="Mean over the draws of the sample and of the noise, each rate with the same ones; the bands go "
        "from the least to the most. Notes lost: one less the F1 of onsets and pitches; harmony lost: one less the "
        "cosine of the pitch classes.",
        y=Axis("share lost"),
        lines=tuple(_spread(name, curve, place) for place, name in enumerate(MEASURES[:3])),
        **_by_rate(curve.rates),
    )


def error_curve(curve: RateCurve) -> Curve:
    """Draw what the channel costs the latents beside what it must cost by Shannon."""
    return Curve(
        "Rate and distortion of the latents",
        caption="Squared error of all neurons of a frame, and the least that any code could reach for Gaussians of the "
        "variance that what was sent has over this song (reverse water-filling, closed form).",
        y=Axis("squared error"),
        lines=(
            _spread("squared error of the channel", curve, ERROR),
            _spread("least there can be, by the variance over the frames", curve, LEAST),
        ),
        **_by_rate(curve.rates),
    )


def corpus_figures(curve: CorpusCurve) -> tuple[Figure, ...]:
    """Draw information rate and notes lost against the bits, over the songs and for each of them."""
    return (
        _over_songs(
            curve,
            curve.a_frame,
            "Information rate and bits, over the songs",
            "information rate of the latents a frame, each at its own best threshold (cosine). As it was found, "
            "whether or not it rises with the bits.",
            Axis("information rate of a frame", "bits"),
        ),
        _over_songs(
            curve,
            curve.lost,
            "Notes lost and bits, over the songs",
            "one less the F1 of the notes.",
            Axis("share lost"),
        ),
        _each_song(curve, curve.a_frame, "Information rate of each song", Axis("information rate of a frame", "bits")),
        _each_song(curve, curve.lost, "Notes lost of each song", Axis("share lost")),
    )


def _over_songs(curve: CorpusCurve, values: Floats, title: str, what: str, y: Axis) -> Curve:
    rates = tuple(rate for rate in curve.rates if rate >= 0)
    at, limited = places_of(rates), values[:, : len(rates)]
    low, middle, high = np.percentile(limited, [25, 50, 75], axis=0)
    flat = np.full(len(at), np.median(values[:, -1]))
    return Curve(
        title,
        caption=f"{len(curve.names)} songs; {what}",
        y=y,
        lines=(
            Line(
                "median of the songs, with its quartiles", np.column_stack([at, middle]), np.column_stack([low, high])
            ),
            Line("without a limit, median", np.column_stack([at, flat])),
        ),
        **_by_rate(rates),
    )


def _each_song(curve: CorpusCurve, values: Floats, title: str, what: Axis) -> HeatMap:
    return HeatMap(
        title,
        caption="A row for each song, a column for each rate in bits; the last is without a limit.",
        x=BITS,
        y=Axis("song"),
        values=values.astype(np.float32),
        row_labels=tuple(re.sub(r"\.(midi?|mxl|(music)?xml|abc)$", "", name) for name in curve.names),
        column_labels=tuple("all" if rate < 0 else f"{rate:,}" for rate in curve.rates),
        colour=what,
    )


def _spread(name: str, curve: RateCurve, place: int) -> Line:
    """A measure's mean over the draws, with a band from the least to the most."""
    at, found = places_of(curve.rates), curve.lost[place]
    band = np.column_stack([found.min(axis=1), found.max(axis=1)])
    return Line(name, np.column_stack([at, found.mean(axis=1)]), band)


def _by_rate(rates: tuple[int, ...]) -> dict[str, Any]:
    """The axis of the rates, with the bits in words where they stand."""
    at = places_of(rates)
    shown = range(0, len(rates), -(-len(rates) // MOST_WORDS))
    return {
        "x": BITS,
        "tick_places": tuple(float(at[place]) for place in shown),
        "tick_words": tuple(f"{rates[place]:,}" for place in shown),
    }
