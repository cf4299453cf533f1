"""Scatter: points in a plane, with a fitted line and colours (seed 1, figures 8 and 9; seed 2, figures 2 and 3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin.errors import ResultError
from innervoice.plugin.figures.parts import Axis, Figure, Link, check_links, check_type
from innervoice.plugin.values import set_array


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
        What that quantity is; needed with `colour`.
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
    fit: NDArray[np.float64] | None = None
    links: Link | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        check_type(self, "x", Axis)
        check_type(self, "y", Axis)
        count = len(set_array(self, "points", np.float64, (None, 2)))
        if (self.colour is None) != (self.colour_axis is None):
            raise ResultError("A Scatter's colour and colour_axis come together.")
        if self.colour is not None:
            check_type(self, "colour_axis", Axis)
            set_array(self, "colour", np.float64, (count,))
        if self.fit is not None:
            set_array(self, "fit", np.float64, (None, 2))
        check_links(self, self.links, count)
