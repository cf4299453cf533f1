"""Scatter: points in a plane, with a fitted line, colours, a surface (seed 1, figures 8 and 9; seed 2, 2 and 3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin.errors import ResultError
from innervoice.plugin.figures.parts import Axis, Figure, Link, check_links, check_type
from innervoice.plugin.figures.surface import Surface
from innervoice.plugin.values import set_array, set_number


@dataclass(frozen=True, eq=False, kw_only=True)
class Scatter(Figure):
    """Points, perhaps coloured by a third quantity, perhaps with a curve fitted to them.

    Parameters
    ----------
    x, y : Axis
    points : float64 [n, 2]
        A point with NaN is not drawn.
    colour : float64 [n] or None
        A quantity shown as the colour of each point.
    colour_axis : Axis or None
        What that quantity is; needed with `colour` and with `surface`.
    centre : float or None
        The value in the middle of a two-sided scale of colours; None for a one-sided scale.
    surface : Surface or None
        Drawn behind the points, in the same colours.
    fit : float64 [m, 2] or None
        The fitted curve, from left to right.
    links : Link or None
        One target per point.
    """

    x: Axis
    y: Axis
    points: NDArray[np.float64]
    colour: NDArray[np.float64] | None = None
    colour_axis: Axis | None = None
    centre: float | None = None
    surface: Surface | None = None
    fit: NDArray[np.float64] | None = None
    links: Link | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        check_type(self, "x", Axis)
        check_type(self, "y", Axis)
        count = len(set_array(self, "points", np.float64, (None, 2)))
        if (self.colour is None and self.surface is None) != (self.colour_axis is None):
            raise ResultError("A Scatter's colour and colour_axis come together.")
        if self.colour_axis is not None:
            check_type(self, "colour_axis", Axis)
        if self.colour is not None:
            set_array(self, "colour", np.float64, (count,))
        if self.surface is not None:
            check_type(self, "surface", Surface)
        set_number(self, "centre")
        if self.fit is not None:
            set_array(self, "fit", np.float64, (None, 2))
        check_links(self, self.links, count)

    def colour_range(self) -> tuple[float, float]:
        """Return the least and the greatest value that a colour stands for, equally far from a centre."""
        given = [np.zeros(0) if self.colour is None else self.colour]
        if self.surface is not None:
            given.append(self.surface.levels[[0, -1]])
        seen = np.concatenate(given)
        seen = seen[np.isfinite(seen)]
        low, high = (float(seen.min()), float(seen.max())) if seen.size else (0.0, 1.0)
        if self.centre is None:
            return (low, high) if high > low else (low - 0.5, low + 0.5)
        reach = max(high - self.centre, self.centre - low) or 0.5
        return self.centre - reach, self.centre + reach
