"""Bars: one number per named thing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin.figures.parts import Axis, Figure, Link, check_links, check_type
from innervoice.plugin.values import set_array, set_tuple


@dataclass(frozen=True, eq=False, kw_only=True)
class Bars(Figure):
    """One bar per label.

    Parameters
    ----------
    x, y : Axis
        Of the labels and of the values.
    labels : tuple of str [n]
    values : float64 [n]
    links : Link or None
        One target per bar.
    """

    x: Axis
    y: Axis
    labels: tuple[str, ...]
    values: NDArray[np.float64]
    links: Link | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        check_type(self, "x", Axis)
        check_type(self, "y", Axis)
        labels = set_tuple(self, "labels", str)
        set_array(self, "values", np.float64, (len(labels),))
        check_links(self, self.links, len(labels))
