"""Histogram: how often values occur, for one or several corpora (seed 1, figures 10 and 11; seed 2, figure 5)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin.errors import ResultError
from innervoice.plugin.figures.parts import Axis, Figure, check_type
from innervoice.plugin.values import Value, set_array, set_tuple


@dataclass(frozen=True, eq=False)
class Bin(Value):
    """One series of counts over the histogram's common edges.

    Parameters
    ----------
    label : str
    counts : float64 [bins]
        Counts, or shares of one.
    density : float64 [k, 2] or None
        A smooth density curve in the same unit as the counts.
    """

    label: str
    counts: NDArray[np.float64]
    density: NDArray[np.float64] | None = None

    def __post_init__(self) -> None:
        counts = set_array(self, "counts", np.float64, (None,), missing=False)
        if counts.size and float(counts.min()) < 0:
            raise ResultError(f"The counts of {self.label!r} must be 0 or greater.")
        if self.density is not None:
            set_array(self, "density", np.float64, (None, 2), missing=False)


@dataclass(frozen=True, eq=False, kw_only=True)
class Histogram(Figure):
    """Series of counts over the same bins, drawn over each other.

    Parameters
    ----------
    x, y : Axis
    edges : float64 [bins + 1]
        Increasing.
    series : tuple of Bin
        At least one.
    """

    x: Axis
    y: Axis
    edges: NDArray[np.float64]
    series: tuple[Bin, ...]

    def __post_init__(self) -> None:
        super().__post_init__()
        check_type(self, "x", Axis)
        check_type(self, "y", Axis)
        edges = set_array(self, "edges", np.float64, (None,), missing=False)
        if len(edges) < 2 or bool((np.diff(edges) <= 0).any()):
            raise ResultError("A Histogram needs at least two edges, increasing.")
        series = set_tuple(self, "series", Bin)
        if not series:
            raise ResultError("A Histogram needs at least one series.")
        for one in series:
            if len(one.counts) != len(edges) - 1:
                raise ResultError(f"The series {one.label!r} has {len(one.counts)} counts for {len(edges) - 1} bins.")
