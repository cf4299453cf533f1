"""An image of any size that only ever hands the screen what it can show."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QRectF, Signal

ROWS, COLUMNS = 1200, 2400  # cells handed to the screen at most


class BigImage(QObject):
    """A matrix in a plot: on each change of the view the visible part is taken, every n-th row and column of it.

    Sampling rather than averaging, because averaging many clips would fade every neuron to its mean. 50,000 clips of
    512 neurons (100 MB) cost a few milliseconds a move.

    Signal ``sampled(n)``: from now on one in n rows is drawn.

    Parameters
    ----------
    plot : pyqtgraph PlotItem
        Where the image goes; rows go down, so the y axis is inverted.
    """

    sampled = Signal(int)

    def __init__(self, plot: Any, parent: QObject) -> None:
        super().__init__(parent)
        self.plot, self.values = plot, np.zeros((0, 0), dtype=np.float32)
        self.image = pg.ImageItem(axisOrder="row-major")
        self.levels = (-1.0, 1.0)
        self.step = (1, 1)
        plot.addItem(self.image, ignoreBounds=True)
        plot.vb.sigRangeChanged.connect(self._refresh)
        plot.vb.sigResized.connect(self._refresh)

    def set_values(self, values: NDArray[np.float32], levels: tuple[float, float]) -> None:
        """Show a matrix [rows, columns]; NaN is transparent."""
        self.values, self.levels = values, levels
        rows, columns = values.shape
        limit = {"minXRange": min(4, max(columns, 1)), "minYRange": min(2, max(rows, 1))}
        self.plot.setLimits(xMin=0, xMax=max(columns, 1), yMin=0, yMax=max(rows, 1), **limit)
        self.plot.setRange(xRange=(0, max(columns, 1)), yRange=(0, max(rows, 1)), padding=0)
        self._refresh()

    def set_map(self, colour_map: Any) -> None:
        """Use a colour map (pyqtgraph ``ColorMap``)."""
        self.image.setLookupTable(colour_map.getLookupTable(nPts=512))

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """The row and column under a point, or None outside the matrix."""
        row, column = int(np.floor(y)), int(np.floor(x))
        rows, columns = self.values.shape
        return (row, column) if 0 <= row < rows and 0 <= column < columns else None

    def _refresh(self, *_: object) -> None:
        if not self.values.size:
            self.image.clear()
            return
        (left, right), (top, bottom) = self.plot.vb.viewRange()
        (r0, r1), (c0, c1) = _span(top, bottom, self.values.shape[0]), _span(left, right, self.values.shape[1])
        row_step, column_step = max(1, -(-(r1 - r0) // ROWS)), max(1, -(-(c1 - c0) // COLUMNS))
        r0, c0 = r0 - r0 % row_step, c0 - c0 % column_step  # the same rows at any offset: no shimmer while moving
        part = np.ascontiguousarray(self.values[r0:r1:row_step, c0:c1:column_step])
        if row_step != self.step[0]:
            self.sampled.emit(row_step)
        self.step = (row_step, column_step)
        self.image.setImage(part, autoLevels=False, levels=self.levels)
        self.image.setRect(QRectF(c0, r0, part.shape[1] * column_step, part.shape[0] * row_step))


def symmetric_levels(values: NDArray[np.float32], centre: float = 0.0) -> tuple[float, float]:
    """Levels around a centre that leave out the most extreme half percent (of a sample of some 200,000 cells)."""
    sample = values[:: max(1, values.size // 200_000)]  # whole rows, so that every column is heard
    finite = np.abs(sample[np.isfinite(sample)] - centre)
    reach = float(np.quantile(finite, 0.995)) if finite.size else 1.0
    reach = reach if reach > 0 else 1.0
    return centre - reach, centre + reach


def _span(low: float, high: float, count: int) -> tuple[int, int]:
    first = int(np.clip(np.floor(low), 0, count - 1))
    return first, int(np.clip(np.ceil(high), first + 1, count))
