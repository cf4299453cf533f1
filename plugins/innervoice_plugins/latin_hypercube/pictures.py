"""The other figures: attributes beside each other, stems by neuron, trends, histograms, and ways to choose points."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import (
    FEATURES,
    Axis,
    Bin,
    HeatMap,
    Histogram,
    Link,
    Scatter,
    Strip,
    Strips,
    binned_density,
    grid_levels,
    in_box,
    linear_trend,
    scott_bandwidth,
)
from innervoice_plugins.latin_hypercube.attributes import SHORT, Attributes, axis_of, name_of
from innervoice_plugins.latin_hypercube.cloud import Cloud, choose
from innervoice_plugins.latin_hypercube.parameters import HypercubeParameters
from innervoice_plugins.latin_hypercube.relating import Found, Side
from innervoice_plugins.latin_hypercube.three_regions import NAMES

Floats = NDArray[np.float64]

ATTRIBUTE = Axis("attribute")
MOST_BINS = 100
CURVE = 200
COMPARED = 100
"""Points of each way to choose them in the small pictures."""


def attribute_matrix(attributes: Attributes) -> HeatMap:
    """Draw figure 2 of the draft: Pearson's r of each two attributes over the samples."""
    clips = attributes.of_samples[..., 0].size - attributes.empty
    return HeatMap(
        "Correlation of the attributes",
        caption=f"Pearson's r over the {clips:,} decoded clips that have notes.",
        x=ATTRIBUTE,
        y=ATTRIBUTE,
        values=attributes.between.astype(np.float32),
        row_labels=SHORT,
        column_labels=SHORT,
        centre=0.0,
        colour=Axis("Pearson's r"),
    )


def stems(found: list[Found], level: float) -> tuple[Strips, Strips]:
    """Draw rho of each attribute with every neuron: over the region means, and over the samples."""
    said = "Pearson's r of each neuron with each attribute, over {}."
    dashes = f" Dashed: what the best of all neurons passes by chance in {level:.0%} of the cases."
    return (
        _strips("Rho by neuron, region means", [one.regions for one in found], said.format("the regions"), dashes),
        _strips("Rho by neuron, samples", [one.samples for one in found], said.format("all samples"), dashes),
    )


def trends(cloud: Cloud, attributes: Attributes, found: list[Found], links: Link) -> list[Scatter]:
    """Draw figure 4: each attribute against its best neuron, sample by sample, with the straight line."""
    figures = []
    for one, values in zip(found, np.moveaxis(attributes.of_samples, 2, 0), strict=True):
        best = one.regions.best
        if best < 0:
            continue
        x, y = cloud.samples[..., best].ravel().astype(np.float64), values.ravel()
        line = linear_trend(x, y)
        ends = np.array([x.min(), x.max()])
        told = f"slope {line.slope:.3g} ± {line.error:.1g} a unit of the neuron, " if line is not None else ""
        figures.append(
            Scatter(
                f"{FEATURES[one.key].name} along neuron {best}",
                caption=f"Every sample by the neuron with the greatest |rho| over the regions: {told}"
                f"rho {one.samples.rho[best]:.2f} over the samples, {one.regions.rho[best]:.2f} over the region means.",
                x=Axis(f"neuron {best}"),
                y=axis_of(one.key),
                points=np.stack([x, y], axis=1),
                fit=None if line is None else np.stack([ends, line.intercept + line.slope * ends], axis=1),
                links=links,
            )
        )
    return figures


def histograms(values: Floats, chosen: NDArray[np.int64], ids: tuple[str, ...], sigma: float) -> list[Histogram]:
    """Draw figure 5 for each attribute: its three regions over each other, with density curves.

    Parameters
    ----------
    values : float64 [attributes, 3, samples]
    """
    return [_histogram(key, three, regions, sigma) for key, three, regions in zip(ids, values, chosen, strict=True)]


def ways_to_choose(parameters: HypercubeParameters, rng: np.random.Generator) -> list[Scatter]:
    """Draw figure 1: points of a plane at random, on a grid, on a Latin hypercube."""
    count = min(parameters.points, COMPARED)
    named = {"random": "at random", "grid": "on a grid", "latin hypercube": "on a Latin hypercube"}
    said = {
        "random": "Some places are crowded and others empty.",
        "grid": f"Even, but with k places in each of D neurons it has k^D points; here {grid_levels(count, 2)}^2.",
        "latin hypercube": "Each of the equal strata of each neuron has one point, however many neurons there are.",
    }
    return [
        Scatter(
            f"Points chosen {title}",
            caption=f"{said[way]} Two neurons of the box.",
            x=Axis("one neuron"),
            y=Axis("another neuron"),
            points=in_box(choose(way, count, 2, rng), parameters.low, parameters.high),
        )
        for way, title in named.items()
    ]


def _strips(title: str, sides: list[Side], caption: str, dashes: str) -> Strips:
    told = dashes if any(side.reach for side in sides) else ""
    panels = tuple(Strip(name, "", side.rho, side.reach) for name, side in zip(SHORT, sides, strict=True))
    neurons = np.arange(len(sides[0].rho))
    return Strips(title, caption=caption + told, x=Axis("neuron"), panels=panels, neurons=neurons, ranked=False)


def _histogram(key: str, three: Floats, regions: NDArray[np.int64], sigma: float) -> Histogram:
    edges = edges_of(three[np.isfinite(three)])
    series = []
    for name, region, values in zip(NAMES, regions.tolist(), three, strict=True):
        own = values[np.isfinite(values)]
        shares = np.histogram(own, edges)[0] / max(1, len(own))
        series.append(Bin(f"{name} (region {region})", shares, _curve(own, edges)))
    return Histogram(
        f"{FEATURES[key].name} in three regions",
        caption=f"New samples around the centres of the regions with the lowest, a middle and the highest mean of "
        f"{name_of(key)}, sigma {sigma:g}, with their kernel densities.",
        x=axis_of(key),
        y=Axis("share of clips"),
        edges=edges,
        series=tuple(series),
    )


def edges_of(values: Floats) -> Floats:
    """Return even bins: one for each step of values that are counts of something, else as many as NumPy's rule says.

    A rule for smooth values would put now two and now three such steps into a bin, and its bins would go up and down.
    """
    seen = np.unique(values)
    if len(seen) > 1:
        step = float(np.diff(seen).min())
        places = (seen - seen[0]) / step
        if places[-1] < MOST_BINS and np.abs(places - np.rint(places)).max() < 1e-6:
            return np.asarray(seen[0] + step * (np.arange(round(places[-1]) + 2) - 0.5))
    edges = np.histogram_bin_edges(values if len(values) else np.zeros(1), bins="auto")
    return edges if len(edges) <= MOST_BINS + 1 else np.linspace(edges[0], edges[-1], MOST_BINS + 1)


def _curve(values: Floats, edges: Floats) -> Floats | None:
    """Kernel density in shares of a bin; none for values that do not vary."""
    if len(values) < 2 or np.ptp(values) == 0:
        return None
    counts, grid = np.histogram(values, edges)[0], np.linspace(edges[0], edges[-1], CURVE)
    width = scott_bandwidth(float(values.std(ddof=1)), len(values))
    return np.stack([grid, binned_density(counts, edges[0], edges[-1], grid, width) * (edges[1] - edges[0])], axis=1)
