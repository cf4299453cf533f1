"""Heat map: a matrix as colours, such as a correlation of neurons (seed 1, figures 5 to 7)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin.errors import ResultError
from innervoice.plugin.figures.parts import Axis, Figure, Link, check_links, check_type
from innervoice.plugin.values import set_array, set_number, set_tuple

VALUE = Axis("value")


@dataclass(frozen=True, eq=False, kw_only=True)
class HeatMap(Figure):
    """A matrix drawn as coloured cells, row 0 at the top.

    Parameters
    ----------
    x, y : Axis
        Of the columns and of the rows.
    values : float32 [rows, columns]
        NaN is a blank cell.
    row_labels, column_labels : tuple of str
        One each, or empty: then they are numbered from 1.
    centre : float or None
        The value in the middle of a two-sided colour scale (0 for correlations); None for a one-sided scale.
    row_links, column_links : Link or None
        One target per row and per column.
    colour : Axis
        What the colour means, for the colour bar.
    """

    x: Axis
    y: Axis
    values: NDArray[np.float32]
    row_labels: tuple[str, ...] = ()
    column_labels: tuple[str, ...] = ()
    centre: float | None = None
    row_links: Link | None = None
    column_links: Link | None = None
    colour: Axis = VALUE

    def __post_init__(self) -> None:
        super().__post_init__()
        for name in ("x", "y", "colour"):
            check_type(self, name, Axis)
        rows, columns = set_array(self, "values", np.float32, (None, None)).shape
        for name, count in (("row_labels", rows), ("column_labels", columns)):
            labels = set_tuple(self, name, str)
            if labels and len(labels) != count:
                raise ResultError(f"A HeatMap has {len(labels)} {name} for {count}; give one each or none.")
        set_number(self, "centre")
        check_links(self, self.row_links, rows)
        check_links(self, self.column_links, columns)
