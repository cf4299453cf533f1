"""Figures of the channel: who gets the bits, and the latents before it and behind it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import (
    Axis,
    Figure,
    HeatMap,
    Link,
    Strip,
    Strips,
    Table,
    TableFigure,
    find_cut,
    rank_neurons,
    typical_sigma,
)
from innervoice_plugins.noisy_channel.channel import WAYS, Source, allocate
from innervoice_plugins.noisy_channel.dynamics import MOST_SHOWN
from innervoice_plugins.noisy_channel.long_songs import first_of
from innervoice_plugins.noisy_channel.parameters import ChannelParameters
from innervoice_plugins.noisy_channel.song import Song

Floats = NDArray[np.float64]
SAID = {
    "posterior": "the variance of the posterior (as published)",
    "frames": "the variance of mu over the frames of the song",
    "prior": "the variance of the prior",
}


class Allocations:
    """The bits of each neuron by each variance, beside the ranking by sigma.

    Parameters
    ----------
    parameters : ChannelParameters
    source : Source

    Attributes
    ----------
    order : int64 [neurons]
        Neurons by rank.
    cut : int
        How many are music neurons by the rule of the sigma ranking.
    bits : dict of way to float64 [neurons]
        In the model's own order; zeros where there is no variance.
    """

    def __init__(self, parameters: ChannelParameters, source: Source) -> None:
        sigma = source.posterior.sigma
        self.order = rank_neurons(sigma)
        self.sigma = typical_sigma(sigma)
        self.cut = find_cut(self.sigma[self.order])
        self.bits: dict[str, Floats] = {}
        for way in WAYS:
            variance = source.variance(way)
            there = variance.any() and parameters.bits
            self.bits[way] = allocate(parameters, variance, parameters.bits) if there else np.zeros(len(variance))

    def noise_share(self, way: str) -> float | None:
        """Share of the bits that goes to noise neurons; None when there are no bits."""
        total = float(self.bits[way].sum())
        return float(self.bits[way][self.order[self.cut :]].sum()) / total if total else None


def allocation_strips(parameters: ChannelParameters, found: Allocations) -> Strips:
    """Draw the three allocations under the ranking by sigma."""
    panels = [Strip("sigma", "", found.sigma[found.order])]
    # Short names: four panels above each other have room for no more.
    panels += [Strip(way, "", found.bits[way][found.order]) for way in WAYS]
    return Strips(
        f"Who gets the {parameters.bits:,} bits: the noise neurons first, by posterior variance"
        if _noise_first(found)
        else f"Who gets the {parameters.bits:,} bits",
        caption=_who(parameters, found),
        panels=tuple(panels),
        neurons=found.order,
        cut=found.cut,
    )


def _noise_first(found: Allocations) -> bool:
    share = found.noise_share("posterior")
    return share is not None and share > 1.0 - found.cut / max(1, len(found.order))


def _who(parameters: ChannelParameters, found: Allocations) -> str:
    neurons = len(found.order)
    parts = []
    for way in WAYS:
        share = found.noise_share(way)
        served = int(np.count_nonzero(found.bits[way]))
        said = "no bits to give" if share is None else f"{share:.0%} of the bits to noise neurons, {served} served"
        parts.append(f"{SAID[way]}: {said}")
    why = (
        "A noise neuron's posterior is as wide as the prior, and that is what the published rule takes for strength: "
        "it gives the noise neurons the bits first; the music neurons, whose posteriors are narrow, get what is left. "
        "The variance of mu over the frames serves those neurons that tell the frames apart."
    )
    return (
        f"Neurons by rank, {found.cut} of {neurons} left of the cut; under sigma the bits of each. Strength by "
        f"{'; '.join(parts)}. {why} The channel "
        f"was run with the variance of {'the ' if parameters.variance != 'frames' else ''}{parameters.variance}."
    )


def latent_maps(song: Song, source: Source, y: Floats, order: NDArray[np.int64]) -> tuple[Figure, ...]:
    """Draw the latents frame by frame: mean, variance, what was sent, and what came."""
    links, cut = Link("clip", song.ids[:MOST_SHOWN]), first_of(song, min(len(song), MOST_SHOWN))
    neurons = Link("neuron", order)
    variance = song.posterior.sigma.astype(np.float64) ** 2

    def picture(title: str, values: Floats, caption: str, centre: float | None, what: str) -> HeatMap:
        return HeatMap(
            title,
            caption=caption + cut,
            x=Axis("rank"),
            y=Axis(song.frame),
            values=values[:MOST_SHOWN, order].astype(np.float32),
            centre=centre,
            row_links=links,
            column_links=neurons,
            colour=Axis(what),
        )

    each, strength = f"{song.frame} by {song.frame}", "What the published allocation takes for strength."
    comes = f"What comes: neurons without bits say the same in every {song.frame}."
    mu = song.posterior.mu.astype(np.float64)
    return (
        picture(f"Mu, {each}", mu, "Neurons by rank, music first.", 0.0, "mu"),
        picture(f"Sigma squared, {each}", variance, strength, None, "sigma squared"),
        picture("Before the channel", source.z, f"What is sent of each {song.frame}.", 0.0, "sent"),
        picture("Behind the channel", y, comes, 0.0, "received"),
        correlation_map(song, source.z),
        product_map(song, source.z),
    )


def correlation_map(song: Song, z: Floats) -> HeatMap:
    """Draw how alike the latents of every two frames are."""
    rows = z[:MOST_SHOWN]
    apart = rows - rows.mean(axis=1, keepdims=True)
    size = np.linalg.norm(apart, axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        values = np.clip(apart @ apart.T / np.outer(size, size), -1.0, 1.0)
    links = Link("clip", song.ids[: len(rows)])
    return HeatMap(
        f"Correlation of the {song.frame}s' latents",
        caption=f"Pearson's correlation over the neurons of every two {song.frame}s, before the channel."
        f"{first_of(song, len(rows))}",
        x=Axis(song.frame),
        y=Axis(song.frame),
        values=values.astype(np.float32),
        centre=0.0,
        row_links=links,
        column_links=links,
        colour=Axis("Pearson's r"),
    )


def product_map(song: Song, z: Floats) -> HeatMap:
    """Draw how much the latents of every two frames have in common, in doublings."""
    rows = z[:MOST_SHOWN]
    products = np.abs(rows @ rows.T)
    with np.errstate(divide="ignore"):
        values = np.where(products > 0, np.log2(products), np.nan)
    links = Link("clip", song.ids[: len(rows)])
    return HeatMap(
        f"Products of the {song.frame}s' latents",
        caption=f"Logarithm to base 2 of the absolute inner product of every two {song.frame}s, before the channel, as "
        f"in the notebook.{first_of(song, len(rows))}",
        x=Axis(song.frame),
        y=Axis(song.frame),
        values=values.astype(np.float32),
        row_links=links,
        column_links=links,
        colour=Axis("log2 of the product"),
    )


def bounds_figure(bounds: dict[str, float]) -> TableFigure:
    """Tell rate and distortion of the model on this song, and what they bound."""
    rows = tuple((name, round(value, 3)) for name, value in bounds.items())
    return TableFigure(
        "Rate, distortion and bound of the model",
        caption="In bits a frame. The information that the latent has of the music lies between H - D and R (Alemi et "
        "al. 2018, appendix A of the paper); H, the entropy of the music, is not known, and at most D + R.",
        table=Table("bounds", ("quantity", "bits a frame"), rows),
    )
