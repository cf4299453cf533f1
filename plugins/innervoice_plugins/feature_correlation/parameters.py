"""What can be set for a feature correlation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from innervoice.plugin import Choice, Help, Presets, Range, Unit


@dataclass(frozen=True)
class CorrelationParameters:
    """Parameters of `FeatureCorrelation`."""

    clips: Annotated[
        int, Range(10, 1_000_000), Help("How many clips are drawn at random; all, when there are fewer."), Unit("clips")
    ] = 5000
    features: Annotated[
        str,
        Choice("jsymbolic", "attributes", "both", "plugins", "all"),
        Help("The scalars of jSymbolic, the four attributes with their variants, both, those of plugins, or all."),
    ] = "jsymbolic"
    own: Annotated[str, Help("Which features of plugins, by their ids with commas between; empty for all.")] = ""
    neurons: Annotated[int, Range(1, 4096), Help("How many neurons are drawn, from the smallest sigma on.")] = 100
    bins: Annotated[int, Range(2, 100), Help("Bins of equal width that each feature and neuron is cut into.")] = 10
    cut: Annotated[
        int,
        Range(0, 4096),
        Help("How many neurons count as music; 0 finds the cut by the rule of the sigma ranking."),
        Unit("neurons"),
    ] = 0
    permutations: Annotated[
        int,
        Range(0, 10_000),
        Help("How often the clips are shuffled to tell how close a feature can be by chance; 0 names no neuron."),
    ] = 100
    level: Annotated[
        float, Range(0.0001, 0.5), Help("Chance of error below which a neuron is said to follow a feature.")
    ] = 0.05
    span: Annotated[
        float, Range(0.05, 1.0), Help("Share of the clips that each line of the local regression is fitted to.")
    ] = 0.5
    neuron: Annotated[int, Range(-1, 4095), Help("Neuron of one more scatter plot; -1 for none.")] = -1
    feature: Annotated[str, Help("Feature of that scatter plot, by its id, such as P1; empty for its closest.")] = ""

    presets: ClassVar[Presets] = {
        "as in the paper": {"clips": 50_000, "features": "jsymbolic", "neurons": 100, "bins": 10, "cut": 0}
    }
