"""What can be set for the test with random notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from innervoice.plugin import Help, Presets, Range, Unit


@dataclass(frozen=True)
class RandomNotesParameters:
    """Parameters of `RandomNotes`."""

    clips: Annotated[
        int,
        Range(10, 1_000_000),
        Help("How many random melodies are encoded, and at most so many clips of the study beside them."),
        Unit("clips"),
    ] = 2000
    threshold: Annotated[
        float, Range(0.0, 10.0), Help("A neuron counts as active in a clip where the size of its mu is above this.")
    ] = 0.1
    neurons: Annotated[int, Range(1, 64), Help("For how many neurons, by rank, mu is drawn.")] = 4
    cut: Annotated[
        int,
        Range(0, 4096),
        Help("How many neurons count as music; 0 finds the cut by the rule of the sigma ranking."),
        Unit("neurons"),
    ] = 0
    folds: Annotated[
        int, Range(2, 100), Help("Parts that the clips are dealt into to test the linear discriminant.")
    ] = 5

    presets: ClassVar[Presets] = {"as in the paper": {"clips": 50_000, "threshold": 0.1, "neurons": 4, "cut": 0}}
