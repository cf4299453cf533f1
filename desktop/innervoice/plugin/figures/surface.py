"""A surface behind the points of a scatter plot, drawn as bands of colour between its levels (seed 2, figure 3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin.errors import ResultError
from innervoice.plugin.values import Value, set_array


@dataclass(frozen=True, eq=False)
class Surface(Value):
    """Heights on an even grid.

    Parameters
    ----------
    x, y : float64 [2]
        Places of the first and of the last column, and of the first and of the last row; increasing.
    heights : float32 [rows, columns]
        At least two of each; NaN where there is no surface.
    levels : float64 [k]
        Increasing, at least two: between two of them lies a band of one colour.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    heights: NDArray[np.float32]
    levels: NDArray[np.float64]

    def __post_init__(self) -> None:
        for name, length in (("x", 2), ("y", 2), ("levels", None)):
            values = set_array(self, name, np.float64, (length,), missing=False)
            if len(values) < 2 or bool((np.diff(values) <= 0).any()):
                raise ResultError(f"A Surface's {name} must be two or more increasing numbers.")
        if min(set_array(self, "heights", np.float32, (None, None)).shape) < 2:
            raise ResultError("A Surface's heights need two rows and two columns at least.")

    def bands(self) -> NDArray[np.float32]:
        """Return each height as the middle of its band, float32 [rows, columns]; beyond the levels the outermost."""
        middles = (self.levels[:-1] + self.levels[1:]) / 2
        place = np.clip(np.searchsorted(self.levels, self.heights, side="right") - 1, 0, len(middles) - 1)
        return np.where(np.isnan(self.heights), np.nan, middles[place]).astype(np.float32)
