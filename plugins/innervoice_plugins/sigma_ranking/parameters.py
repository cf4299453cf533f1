"""What can be set for a sigma ranking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from innervoice.plugin import Choice, Help, Presets, Range, Unit


@dataclass(frozen=True)
class RankingParameters:
    """Parameters of `SigmaRanking`; the defaults are the paper's, as far as it gives them."""

    ranking: Annotated[
        str,
        Choice("median", "mean"),
        Help("Which sigma of a neuron over the clips is compared; the paper says neither."),
    ] = "median"
    neurons: Annotated[int, Range(1, 4096), Help("How many neurons are drawn, from the smallest sigma on.")] = 100
    tracks: Annotated[
        int, Range(1, 1_000_000), Help("How many clips are drawn at random; all, when there are fewer."), Unit("clips")
    ] = 2000
    cut: Annotated[
        int,
        Range(0, 4096),
        Help("How many neurons count as music; 0 finds the cut by the stated rule."),
        Unit("neurons"),
    ] = 0
    clip: Annotated[int, Range(0, 100_000_000), Help("Which clip the strips show, counted from 0.")] = 0

    bootstrap: Annotated[
        int,
        Range(0, 10_000),
        Help("How many times the songs are drawn anew to tell how sure the number of music neurons is; 0 for not."),
        Unit("draws"),
    ] = 200
    ablation: Annotated[
        int,
        Range(0, 100_000),
        Help("How many clips are decoded again with the noise neurons, then the music neurons, set to 0; 0 for none."),
        Unit("clips"),
    ] = 256

    presets: ClassVar[Presets] = {"as in the paper": {"ranking": "median", "neurons": 100, "tracks": 2000, "cut": 0}}
