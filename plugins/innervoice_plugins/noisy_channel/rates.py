"""Many rates compared: what each keeps of the notes, over several draws of the sample and of the channel's noise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Posterior, Table
from innervoice.plugin.dynamics import cosine_distances, fill_water, sweep_thresholds
from innervoice_plugins.noisy_channel.channel import Source, bits_of, received, sent
from innervoice_plugins.noisy_channel.parameters import ChannelParameters
from innervoice_plugins.noisy_channel.song import Song
from innervoice_plugins.noisy_channel.sounding import Decoder, hear

Floats = NDArray[np.float64]

LOWEST_RATE = 5
MOST_FRAMES = 256
"""Frames of a song that are decoded at every rate; of longer songs so many, evenly chosen."""
MEASURES = (
    "notes lost of the query",
    "notes lost of the unlimited answer",
    "harmony lost",
    "squared error",
    "least squared error",
)
ERROR, LEAST = 3, 4


def rates_of(parameters: ChannelParameters) -> tuple[int, ...]:
    """Return the rates that are compared: none, 5, 10, 20 bits and so on, or those of the second published sweep."""
    if not parameters.doublings:
        return ()
    if parameters.sweep == "steps of 200":
        return 0, *range(100, 10_000, 200)
    return 0, *(LOWEST_RATE * 2**step for step in range(parameters.doublings))


@dataclass(frozen=True, eq=False)
class RateCurve:
    """What is lost at each rate.

    Attributes
    ----------
    rates : tuple of int
        Bits a frame.
    lost : float64 [measures, rates, draws]
        Of :data:`MEASURES`: shares from 0 to 1, the squared error in all neurons of a frame, and the least that any
        code could reach for Gaussians of the variance that was sent.
    """

    rates: tuple[int, ...]
    lost: Floats

    def table(self) -> Table:
        """One row for each rate: mean, least and most of each measure over the draws."""
        columns = ("bits", *(f"{measure}, {what}" for measure in MEASURES for what in ("mean", "least", "most")))
        rows = []
        for place, rate in enumerate(self.rates):
            found = self.lost[:, place]
            rows.append((rate, *(round(float(v), 6) for one in found for v in (one.mean(), one.min(), one.max()))))
        return Table("rates", columns, tuple(rows))


def compare_rates(
    parameters: ChannelParameters,
    song: Song,
    decode: Decoder,
    rng: np.random.Generator,
    tell: Callable[[int, int], None],
) -> RateCurve:
    """Send the song at every rate, several times; every rate of one draw has the same sample and the same noise."""
    rates = rates_of(parameters)
    chosen = np.unique(np.linspace(0, len(song) - 1, min(len(song), MOST_FRAMES)).astype(np.int64))
    query, posterior = hear(song.tokens[chosen]), song.posterior[chosen]
    lost = np.zeros((len(MEASURES), len(rates), parameters.draws))
    for draw in range(parameters.draws):
        source = sent(posterior, parameters.latent, rng)
        noise = rng.standard_normal(source.z.shape)
        whole = hear(decode(source.z))
        for place, rate in enumerate(rates):
            tell(draw * len(rates) + place, parameters.draws * len(rates))
            y = at_rate(parameters, source, rate, noise)
            answer = hear(decode(y))
            lost[:, place, draw] = (
                1.0 - _mean(answer.kept_of(query).f1),
                1.0 - _mean(answer.kept_of(whole).f1),
                1.0 - _mean(answer.kept_of(query).pitch_classes),
                float(((source.z - y) ** 2).sum(axis=1).mean()),
                least_error(source.z.var(axis=0), rate),
            )
    return RateCurve(rates, lost)


def least_error(variance: Floats, rate: int) -> float:
    """Squared error of a frame at the best code of a rate, by reverse water-filling in closed form."""
    return float(np.minimum(variance, fill_water(variance, float(rate)).level).sum()) if variance.any() else 0.0


def at_rate(parameters: ChannelParameters, source: Source, rate: int, noise: Floats) -> Floats:
    """What comes out at another rate than the one that was set."""
    if rate and parameters.variance == "frames" and not source.variance("frames").any():
        return source.z  # frames without variance are their own mean
    return received(parameters, source, bits_of(parameters, source, rate), noise)


@dataclass(frozen=True, eq=False)
class CorpusCurve:
    """The information rate of the latents of many songs at every rate.

    Attributes
    ----------
    rates : tuple of int
        Bits a frame; -1 stands for no limit.
    names : tuple of str [songs]
    frames : tuple of int [songs]
    totals, thresholds : float64 [songs, rates]
        Total information rate in bits, and the threshold where it is greatest.
    lost : float64 [songs, rates]
        Share of the notes of the query that is lost.
    """

    rates: tuple[int, ...]
    names: tuple[str, ...]
    frames: tuple[int, ...]
    totals: Floats
    thresholds: Floats
    lost: Floats

    def table(self) -> Table:
        """One row for each song and rate."""
        rows = tuple(
            (name, frames, None if rate < 0 else rate, float(total), *(round(float(v), 6) for v in numbers))
            for name, frames, *lines in zip(
                self.names, self.frames, self.totals, self.a_frame, self.thresholds, self.lost, strict=True
            )
            for rate, total, *numbers in zip(self.rates, *lines, strict=True)
        )
        columns = ("song", "frames", "bits", "information rate", "information rate a frame", "threshold", "notes lost")
        return Table("corpus", columns, rows)

    @property
    def a_frame(self) -> Floats:
        """Information rate of a frame, float64 [songs, rates]."""
        return np.asarray(self.totals / np.array(self.frames)[:, None])


def compare_corpus(
    parameters: ChannelParameters,
    songs: Sequence[tuple[str, NDArray[np.int16], Posterior]],
    decode: Decoder,
    rng: np.random.Generator,
    tell: Callable[[int, int], None],
) -> CorpusCurve:
    """Hear the latents of each song at every rate, by cosine as in the paper, and what of its notes is left."""
    rates = (*rates_of(parameters), -1)
    totals, thresholds, lost = (np.zeros((len(songs), len(rates))) for _ in range(3))
    for place, (_, tokens, posterior) in enumerate(songs):
        source, query = sent(posterior, parameters.latent, rng), hear(tokens[:MOST_FRAMES])
        noise = rng.standard_normal(source.z.shape)
        for column, rate in enumerate(rates):
            tell(place * len(rates) + column, len(songs) * len(rates))
            y = source.z if rate < 0 else at_rate(parameters, source, rate, noise)
            sweep = sweep_thresholds(cosine_distances(y))
            totals[place, column], thresholds[place, column] = sweep.total, sweep.threshold
            lost[place, column] = 1.0 - _mean(hear(decode(y[:MOST_FRAMES])).kept_of(query).f1)
    names, frames = tuple(name for name, _, _ in songs), tuple(len(one.mu) for _, _, one in songs)
    return CorpusCurve(rates, names, frames, totals, thresholds, lost)


def _mean(values: Floats) -> float:
    """Mean over the frames that have a value; 1 where none has, for then nothing was there to lose."""
    return float(np.nanmean(values)) if np.isfinite(values).any() else 1.0
