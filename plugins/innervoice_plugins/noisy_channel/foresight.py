"""How much what came through the channel tells of the frame after it, by a network (the notebook's MINE)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Axis, Curve, Line
from innervoice.plugin.dynamics import FEWEST, NeuralInformation, neural_information

Floats = NDArray[np.float64]


def foresee(
    z: Floats, y: Floats, epochs: int, rng: np.random.Generator, tell: Callable[[int], None]
) -> NeuralInformation | None:
    """Information of y, behind the channel, of the z that follows it; None for a song that is too short for it."""
    return neural_information(y[:-1], z[1:], epochs, rng, tell) if len(z) > FEWEST else None


def foresight_curve(found: NeuralInformation, frame: str) -> Curve:
    """Draw what the network reaches after each epoch."""
    at = np.arange(1, len(found.learnt) + 1)
    lines = (("pairs that it learns from", found.learnt), ("pairs that it never saw", found.held_out))
    return Curve(
        f"What a {frame} behind the channel tells of the next",
        caption="A lower bound of their mutual information that a small network learns (MINE). What it reaches on "
        "pairs that it learns from it may have learnt by heart; only pairs that it never saw give a bound, and below 0 "
        f"what it learnt does not hold for them: {found.learnt[-1]:.2f} and {found.held_out[-1]:.2f} bits at the end. "
        "The notebook learns from one pair at a time, and so nothing bounds the 8.7 bits that it reaches.",
        x=Axis("epoch"),
        y=Axis("information", "bits"),
        lines=tuple(Line(name, np.column_stack([at, values])) for name, values in lines),
    )
