"""Curve: lines over a common axis, such as information rate over time (seed 3, figures 5 and 6)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin.errors import ResultError
from innervoice.plugin.figures.parts import Axis, Figure, check_type
from innervoice.plugin.values import Value, checked, set_array, set_field, set_tuple


@dataclass(frozen=True, eq=False)
class Line(Value):
    """A line with its label.

    Parameters
    ----------
    label : str
    points : float64 [n, 2]
        The line is broken at NaN.
    band : float64 [n, 2] or None
        Lower and upper edge of a band about the line at each point, such as the spread over several draws.
    """

    label: str
    points: NDArray[np.float64]
    band: NDArray[np.float64] | None = None

    def __post_init__(self) -> None:
        count = len(set_array(self, "points", np.float64, (None, 2)))
        if self.band is not None:
            band = set_array(self, "band", np.float64, (count, 2))
            if bool((band[:, 1] < band[:, 0]).any()):
                raise ResultError(f"The band of the line {self.label!r} has its lower edge above the upper one.")


@dataclass(frozen=True, eq=False, kw_only=True)
class Curve(Figure):
    """Lines in one plane.

    Parameters
    ----------
    x, y : Axis
    lines : tuple of Line
        At least one.
    marks : tuple of float
        Places on the x axis where a dashed line is drawn.
    tick_places, tick_words : tuple of float, tuple of str
        Places on the x axis, increasing, and what stands under each in the place of its number; none for numbers.
    """

    x: Axis
    y: Axis
    lines: tuple[Line, ...]
    marks: tuple[float, ...] = ()
    tick_places: tuple[float, ...] = ()
    tick_words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        check_type(self, "x", Axis)
        check_type(self, "y", Axis)
        if not set_tuple(self, "lines", Line):
            raise ResultError("A Curve needs at least one line.")
        marks = checked("A Curve's marks", tuple(self.marks), np.float64, (None,), missing=False)
        set_field(self, "marks", tuple(float(mark) for mark in marks))
        places = checked("A Curve's tick places", tuple(self.tick_places), np.float64, (None,), missing=False)
        words = set_tuple(self, "tick_words", str)
        if len(places) != len(words) or bool((np.diff(places) <= 0).any()):
            raise ResultError("A Curve's ticks need one word for each of their places, in increasing order.")
        set_field(self, "tick_places", tuple(float(place) for place in places))
