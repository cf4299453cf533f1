"""The map of the space: a plane in which distances are as in the model's space, coloured by each attribute."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import (
    FEATURES,
    Axis,
    Link,
    Scaling,
    Scatter,
    Surface,
    pairwise_distances,
    smacof,
    surface_through,
)
from innervoice_plugins.latin_hypercube.attributes import Attributes, axis_of, name_of
from innervoice_plugins.latin_hypercube.cloud import Cloud
from innervoice_plugins.latin_hypercube.relating import Found

Floats = NDArray[np.float64]

LEVELS = 21
"""Of the contours, as in the paper's code."""
ONE, OTHER = Axis("first axis of the map"), Axis("second axis of the map")


def scale(cloud: Cloud, of: str, tell: Callable[[str], None]) -> Scaling:
    """Place the "centres" or all "samples" in a plane."""
    tell("measuring distances")
    points = cloud.centres if of == "centres" else cloud.samples.reshape(-1, cloud.neurons)
    distances = pairwise_distances(points)
    return smacof(distances, tell=lambda done, most: tell(f"placing the {of} in a plane, step {done} of {most}"))


def links_of(cloud: Cloud, of: str) -> Link:
    """Return where the marks of a map lead: each to its point, which can be decoded and heard."""
    points = cloud.centres if of == "centres" else cloud.samples.reshape(-1, cloud.neurons)
    return Link("latent", np.arange(len(points)), points)


def attribute_maps(scaling: Scaling, attributes: Attributes, of: str, links: Link) -> list[Scatter]:
    """Draw figure 3: one map for each attribute."""
    values = attributes.of_regions if of == "centres" else attributes.of_samples.reshape(-1, len(attributes.ids))
    ground = "the colour between them is interpolated" if of == "centres" else "a mark is a sample"
    return [
        Scatter(
            f"Map of {name_of(key)}",
            caption=f"Multidimensional scaling of the {of}: near here is near in the space of {_neurons(links)} "
            f"neurons, as far as a plane can tell (stress-1 {scaling.normalised:.2f}). Colour: {name_of(key)}, around "
            f"its mean; {ground}. Click a mark to hear it; draw a path from the menu.",
            x=ONE,
            y=OTHER,
            points=scaling.points,
            colour=column,
            colour_axis=axis_of(key),
            centre=_mean(column),
            surface=surface_of(scaling.points, column, "linear") if of == "centres" else None,
            links=links,
        )
        for key, column in zip(attributes.ids, values.T, strict=True)
    ]


def best_two(cloud: Cloud, attributes: Attributes, found: list[Found], links: Link) -> list[Scatter]:
    """Draw each attribute over the two neurons that go along with it best, with a smooth surface."""
    figures = []
    for one, column in zip(found, attributes.of_regions.T, strict=True):
        if one.regions.best < 0 or cloud.neurons < 2:
            continue
        first, second = one.regions.order[:2].tolist()
        points = cloud.centres[:, [first, second]].astype(np.float64)
        figures.append(
            Scatter(
                f"{FEATURES[one.key].name} over neurons {first} and {second}",
                caption=f"The two neurons with the greatest |rho| (rho {one.regions.rho[first]:.2f} and "
                f"{one.regions.rho[second]:.2f}). Marks are regions, their colour is the mean of {name_of(one.key)}; "
                "the ground is a cubic interpolation.",
                x=Axis(f"neuron {first}"),
                y=Axis(f"neuron {second}"),
                points=points,
                colour=column,
                colour_axis=axis_of(one.key),
                centre=_mean(column),
                surface=surface_of(points, column, "cubic"),
                links=links,
            )
        )
    return figures


def surface_of(points: Floats, values: Floats, method: Literal["linear", "cubic"]) -> Surface | None:
    """Return a surface through points with 21 levels between the least and the greatest value; None without a plane."""
    seen = values[np.isfinite(values)]
    if len(seen) < 3 or np.ptp(seen) == 0:
        return None
    grid = surface_through(points, values, method)
    if grid is None:
        return None
    return Surface(grid.x, grid.y, grid.heights, np.linspace(seen.min(), seen.max(), LEVELS))


def _mean(values: Floats) -> float | None:
    seen = values[np.isfinite(values)]
    return float(seen.mean()) if len(seen) else None


def _neurons(links: Link) -> int:
    return 0 if links.points is None else links.points.shape[1]
