"""Lines in units of data as pyqtgraph draws them, but as wide on a sharp screen and in pictures as on any other."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtGui import QPainter, QPen

from innervoice.shell.pens import hatched, sharpened


class Rule(pg.InfiniteLine):  # type: ignore[misc]
    """A straight line through the whole view; its pens are of `data_pen`."""

    currentPen: QPen

    def paint(self, painter: QPainter, *args: Any) -> None:
        """Draw it."""
        own = self.currentPen
        self.currentPen = sharpened(own, painter, crisp=True)
        try:
            super().paint(painter, *args)
        finally:
            self.currentPen = own


class Polyline(pg.PlotCurveItem):  # type: ignore[misc]
    """A line through points; its pen is of `data_pen`."""

    def paint(self, painter: QPainter, *args: Any) -> None:
        """Draw it."""
        line, filling = self.opts["pen"], self.opts["brush"]
        self.opts["pen"] = sharpened(line, painter, crisp=not self.opts["antialias"])
        if filling is not None:
            self.opts["brush"] = hatched(filling.color(), filling.style(), painter)
        try:
            super().paint(painter, *args)
        finally:
            self.opts["pen"], self.opts["brush"] = line, filling


class DataLine(pg.PlotDataItem):  # type: ignore[misc]
    """A `Polyline` with a dot at each point, that can be thinned out to what the screen shows."""

    def __init__(self, x: Any, y: Any, **options: Any) -> None:
        super().__init__()
        self.curve.setParentItem(None)
        self.curve: Polyline = Polyline()
        self.curve.setParentItem(self)
        self.setData(x, y, **options)
