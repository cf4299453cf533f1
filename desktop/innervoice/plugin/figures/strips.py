"""Strips: one narrow panel under the other over the same neurons (seed 1, figure 3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin.errors import ResultError
from innervoice.plugin.figures.parts import Axis, Figure, check_type
from innervoice.plugin.values import Value, set_array, set_number, set_tuple

RANK = Axis("rank")


@dataclass(frozen=True, eq=False)
class Strip(Value):
    """One panel: a value per neuron, with its label and unit.

    Parameters
    ----------
    label, unit : str
    values : float64 [neurons]
    chance : float or None
        Drawn as dashed lines at plus and minus this: what chance alone reaches; above 0.
    """

    label: str
    unit: str
    values: NDArray[np.float64]
    chance: float | None = None

    def __post_init__(self) -> None:
        set_array(self, "values", np.float64, (None,))
        set_number(self, "chance")
        if self.chance is not None and self.chance <= 0:
            raise ResultError(f"The chance of the strip {self.label!r} must be above 0.")


@dataclass(frozen=True, eq=False, kw_only=True)
class Strips(Figure):
    """Panels over the same neurons in rank order; the mark at place k is neuron ``neurons[k]`` of rank k + 1.

    Parameters
    ----------
    x : Axis
    panels : tuple of Strip
        From top to bottom, at least one.
    neurons : int64 [n]
        Which neuron stands at each place; every mark links to it.
    cut : int or None
        How many of the n places are left of the cut; the line is drawn behind that place.
    ranked : bool
        Whether the places are ranks; otherwise the axis shows the neuron of each place.
    """

    x: Axis = RANK
    panels: tuple[Strip, ...]
    neurons: NDArray[np.int64]
    cut: int | None = None
    ranked: bool = True

    def __post_init__(self) -> None:
        super().__post_init__()
        check_type(self, "x", Axis)
        check_type(self, "ranked", bool)
        neurons: NDArray[np.int64] = set_array(self, "neurons", np.int64, (None,))
        panels = set_tuple(self, "panels", Strip)
        if not panels:
            raise ResultError("Strips need at least one panel.")
        for panel in panels:
            if len(panel.values) != len(neurons):
                raise ResultError(
                    f"The strip {panel.label!r} has {len(panel.values)} values for {len(neurons)} neurons."
                )
        cut: object = self.cut
        if cut is not None and (not isinstance(cut, int) or cut < 0):
            raise ResultError("The cut of Strips is a count of neurons, 0 or more.")
