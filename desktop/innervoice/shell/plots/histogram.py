"""Histograms of one or several corpora over each other, with smooth densities."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from innervoice.plugin.figures import Histogram
from innervoice.shell.pens import data_pen
from innervoice.shell.plots.canvas import FigureCanvas
from innervoice.shell.plots.legend import Entry
from innervoice.shell.plots.lines import Polyline
from innervoice.shell.theme import Theme

FILLS = (
    Qt.BrushStyle.SolidPattern,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.FDiagPattern,
    Qt.BrushStyle.Dense6Pattern,
)


class HistogramCanvas(FigureCanvas):
    """Draws a `Histogram`; series differ in colour and in the pattern of their filling."""

    def __init__(self, figure: Histogram, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(figure, theme, parent)
        self.figure = figure
        self.plot = self.add_plot(0)
        self.plot.setMouseEnabled(x=True, y=False)
        self.label_axes(self.plot, figure.x, figure.y)
        self._steps, self._densities = [], []
        for one in figure.series:
            steps = Polyline(figure.edges, one.counts, stepMode="center", fillLevel=0)
            points = one.density if one.density is not None else np.zeros((0, 2))
            density = Polyline(points[:, 0], points[:, 1], antialias=True)
            self._steps.append(steps)
            self._densities.append(density)
        for item in self._steps + self._densities:
            self.plot.addItem(item, ignoreBounds=True)
        tops = [float(v.max()) for v in self._heights() if len(v)]
        top = 1.06 * max(tops, default=0.0) or 1.0
        left, right = float(figure.edges[0]), float(figure.edges[-1])
        self.plot.setLimits(xMin=left, xMax=right, yMin=0, yMax=top)
        self.plot.setRange(xRange=(left, right), yRange=(0, top), padding=0)
        self.restyle()

    def entries(self) -> tuple[Entry, ...]:
        shapes = ["hatched" if n % len(FILLS) else "band" for n in range(len(self.figure.series))]
        return tuple(Entry(one.label, self._colour(n), shapes[n]) for n, one in enumerate(self.figure.series))

    def recolour(self) -> None:
        for number, (steps, density) in enumerate(zip(self._steps, self._densities, strict=True)):
            colour = QColor(self._colour(number))
            steps.setPen(data_pen(colour, 1.2))
            fill = QColor(colour)
            fill.setAlpha(200 if number % len(FILLS) else 80)
            brush = pg.mkBrush(fill)
            brush.setStyle(FILLS[number % len(FILLS)])
            steps.setBrush(brush)
            density.setPen(data_pen(colour, 2.4))

    def hover_text(self, plot: Any, position: QPointF) -> str:
        edges = self.figure.edges
        bin_ = int(np.searchsorted(edges, position.x(), side="right")) - 1
        if not 0 <= bin_ < len(edges) - 1:
            return ""
        lines = [f"{one.label}: {one.counts[bin_]:g}" for one in self.figure.series]
        return "\n".join([f"{self.figure.x.label} {edges[bin_]:.3g} to {edges[bin_ + 1]:.3g}", *lines])

    def _colour(self, number: int) -> str:
        series = self.theme.colours.series
        return series[number % len(series)]

    def _heights(self) -> list[Any]:
        densities = [one.density[:, 1] for one in self.figure.series if one.density is not None]
        return [one.counts for one in self.figure.series] + densities
