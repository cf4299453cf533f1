"""A narrow colour bar beside an image, with its own axis."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF

from innervoice.shell.plots.panel import PlotPanel

WIDTH, BELOW = 66, 42  # pixels


class ColourBar:
    """The map of an image as a strip; not interactive, so that a level is never changed by accident.

    Parameters
    ----------
    beside : pyqtgraph PlotItem
        The plot it explains.
    """

    def __init__(self, panel: PlotPanel, row: int, column: int, beside: Any) -> None:
        self.plot = panel.add_plot(row, column)
        self.plot.setMouseEnabled(x=False, y=False)
        self.plot.setFixedWidth(WIDTH)
        self.plot.showAxis("right")
        self.plot.hideAxis("left")
        self.plot.getAxis("right").enableAutoSIPrefix(False)
        for plot in (self.plot, beside):
            plot.getAxis("bottom").setHeight(BELOW)  # so that the bar ends where the image ends
        self.plot.getAxis("bottom").setTicks([])  # the strip has no scale across
        self._strip = pg.ImageItem(np.linspace(0, 1, 256, dtype=np.float32)[:, None], axisOrder="row-major")
        self.plot.addItem(self._strip, ignoreBounds=True)
        self.plot.setXRange(0, 1, padding=0)

    def set_scale(self, levels: tuple[float, float], colour_map: Any, label: str) -> None:
        """Show `colour_map` from the first to the second level."""
        low, high = levels
        self._strip.setLookupTable(colour_map.getLookupTable(nPts=512))
        self._strip.setLevels((0, 1))
        self._strip.setRect(QRectF(0, low, 1, high - low))
        self.plot.setYRange(low, high, padding=0)
        axis = self.plot.getAxis("right")
        axis.setLabel(label, **axis.labelStyle)
