"""What can be set for the sampling of a model's space."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from innervoice.plugin import Choice, Help, Presets, Range, Unit


@dataclass(frozen=True)
class HypercubeParameters:
    """Parameters of `LatinHypercube`; the defaults are the paper's draft's but for the temperature."""

    sampling: Annotated[
        str,
        Choice("latin hypercube", "random", "grid"),
        Help("How the points are chosen; a grid is possible for a few neurons only."),
    ] = "latin hypercube"
    points: Annotated[int, Range(6, 5000), Help("Centres of regions in the model's space."), Unit("points")] = 100
    samples: Annotated[int, Range(2, 10_000), Help("Samples around each centre."), Unit("samples")] = 64
    low: Annotated[float, Range(-100.0, 100.0), Help("Lower end of the box in every neuron.")] = -3.0
    high: Annotated[float, Range(-100.0, 100.0), Help("Upper end of the box in every neuron.")] = 3.0
    sigma_rule: Annotated[
        str,
        Choice("fixed", "by distance"),
        Help("Take sigma as it is, or the least distance of two centres divided by 2 k (the paper's code)."),
    ] = "fixed"
    sigma: Annotated[float, Range(1e-6, 100.0), Help("Standard deviation of the samples around their centre.")] = 1.0
    k: Annotated[float, Range(0.1, 100.0), Help("Sigmas that fit into half the least distance of two centres.")] = 3.0
    temperature: Annotated[float, Range(0.0, 2.0), Help("Temperature of the decoder; 0 takes the likeliest token.")] = (
        0.0
    )
    metrical: Annotated[
        str,
        Choice("tiled", "as published", "normalised"),
        Help("Toussaint's weights bar after bar, as the published code repeats them, or Pati's normalised sum."),
    ] = "tiled"
    density: Annotated[str, Choice("notes", "loudness"), Help("Count notes, or add up their loudness.")] = "notes"
    contour: Annotated[
        str, Choice("absolute", "signed"), Help("Add up the sizes of the leaps (code), or the leaps (final report).")
    ] = "absolute"
    region_sigma: Annotated[
        float, Range(1e-6, 100.0), Help("Standard deviation of the samples around the low, middle and high centre.")
    ] = 1.0
    permutations: Annotated[
        int, Range(0, 10_000), Help("How often the regions are shuffled to tell what chance reaches; 0 for not.")
    ] = 500
    level: Annotated[float, Range(0.0001, 0.5), Help("Chance of error below which a finding counts.")] = 0.05
    map_of: Annotated[
        str, Choice("centres", "samples"), Help("What the maps show: the centres of the regions, or every sample.")
    ] = "centres"

    presets: ClassVar[Presets] = {
        "as in the paper": {"points": 100, "samples": 64, "sigma": 1.0, "temperature": 1e-4, "seed": 99},
        "as in the paper's code": {
            "sigma_rule": "by distance",
            "k": 3.0,
            "temperature": 1e-4,
            "metrical": "as published",
            "seed": 99,
        },
    }
