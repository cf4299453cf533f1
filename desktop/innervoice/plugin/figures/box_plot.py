"""Box plot: the spread of many groups side by side (seed 1, figure 4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin.errors import ResultError
from innervoice.plugin.figures.parts import Axis, Figure, Link, check_links, check_type
from innervoice.plugin.values import checked, set_array, set_field, set_number, set_tuple


@dataclass(frozen=True, eq=False, kw_only=True)
class BoxPlot(Figure):
    """One box per group; the numbers are computed once (see `box_statistics`) and carried here.

    Parameters
    ----------
    x, y : Axis
    boxes : float64 [n, 5]
        Low whisker, first quartile, median, third quartile, high whisker; not decreasing along a row.
    positions : float64 [n]
        Where each box stands on the x axis.
    labels : tuple of str
        One per box, or empty: then the positions are the labels.
    outliers : tuple of float64 [any]
        One array per box, or empty.
    cut : float or None
        Where a dashed line is drawn across the x axis.
    links : Link or None
        One target per box.
    """

    x: Axis
    y: Axis
    boxes: NDArray[np.float64]
    positions: NDArray[np.float64]
    labels: tuple[str, ...] = ()
    outliers: tuple[NDArray[np.float64], ...] = ()
    cut: float | None = None
    links: Link | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        check_type(self, "x", Axis)
        check_type(self, "y", Axis)
        boxes = set_array(self, "boxes", np.float64, (None, 5))
        count = len(boxes)
        set_array(self, "positions", np.float64, (count,), missing=False)
        if bool((np.diff(boxes, axis=1) < 0).any()):
            raise ResultError("A box's numbers run from the low whisker up to the high one.")
        labels = set_tuple(self, "labels", str)
        outliers = tuple(_outliers(values) for values in self.outliers)
        set_field(self, "outliers", outliers)
        for name, items in (("labels", labels), ("outliers", outliers)):
            if items and len(items) != count:
                raise ResultError(f"A BoxPlot with {count} boxes has {len(items)} {name}; give one per box or none.")
        set_number(self, "cut")
        check_links(self, self.links, count)


def _outliers(values: Any) -> NDArray[np.float64]:
    return checked("A BoxPlot's outliers", values, np.float64, (None,), missing=False)
