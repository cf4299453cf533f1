"""Curves over a common axis, told apart by colour and by dashes."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPolygonF
from PySide6.QtWidgets import QGraphicsPathItem, QWidget

from innervoice.plugin.figures import Curve, Line
from innervoice.shell.pens import data_pen
from innervoice.shell.plots.canvas import FigureCanvas
from innervoice.shell.plots.legend import Entry
from innervoice.shell.plots.lines import DataLine, Rule
from innervoice.shell.plots.ranges import extent, pad
from innervoice.shell.theme import Theme

STYLES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)
THICK_BELOW = 3000  # points of a line that can be drawn thick and smooth; Qt takes seconds for more
BAND_ALPHA = 50
DOTTED_BELOW = 40  # points of a line that are few enough to be marked


class CurveCanvas(FigureCanvas):
    """Draws a `Curve`."""

    def __init__(self, figure: Curve, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(figure, theme, parent)
        self.figure = figure
        self.plot = self.add_plot(0)
        self.label_axes(self.plot, figure.x, figure.y)
        if figure.tick_places:
            named = list(zip(figure.tick_places, figure.tick_words, strict=True))
            self.plot.getAxis("bottom").setTicks([named])
        self._lines = [self._line(line.points) for line in figure.lines]
        self._marks = [Rule(pos=mark, angle=90, movable=False) for mark in figure.marks]
        self._bands = [(n, _band(line)) for n, line in enumerate(figure.lines) if line.band is not None]
        for item in [band for _, band in self._bands] + self._marks + self._lines:
            self.plot.addItem(item, ignoreBounds=True)
        for line, data in zip(self._lines, figure.lines, strict=True):
            if len(data.points) > THICK_BELOW:
                _thin_out(line)
        everything = np.vstack([line.points for line in figure.lines])
        marks = np.asarray(figure.marks, dtype=np.float64)
        x = pad(extent(np.concatenate([everything[:, 0], marks])), 0.02)
        edges = [line.band.ravel() for line in figure.lines if line.band is not None]
        y = pad(extent(np.concatenate([everything[:, 1], *edges])), 0.06)
        self.plot.setLimits(xMin=x[0], xMax=x[1], yMin=y[0], yMax=y[1])
        self.plot.setRange(xRange=x, yRange=y, padding=0)
        self.restyle()

    def take(self, figure: Curve) -> None:
        """Draw longer lines in the place of those there are; they have the same labels."""
        self.figure = figure
        for item, line in zip(self._lines, figure.lines, strict=True):
            item.setData(line.points[:, 0], line.points[:, 1], symbol="o" if len(line.points) < DOTTED_BELOW else None)
        everything = np.vstack([line.points for line in figure.lines])
        x, y = pad(extent(everything[:, 0]), 0.02), pad(extent(everything[:, 1]), 0.06)
        self.plot.setLimits(xMin=x[0], xMax=x[1], yMin=y[0], yMax=y[1])
        self.plot.setRange(xRange=x, yRange=y, padding=0)
        self.recolour()

    def entries(self) -> tuple[Entry, ...]:
        if len(self.figure.lines) == 1 and self.figure.lines[0].label in ("", self.figure.title):
            return ()
        shapes = ["line" if n % len(STYLES) == 0 else "dash" for n in range(len(self.figure.lines))]
        return tuple(Entry(line.label, self._colour(n), shapes[n]) for n, line in enumerate(self.figure.lines))

    def recolour(self) -> None:
        for number, line in enumerate(self._lines):
            width = 1 if len(self.figure.lines[number].points) > THICK_BELOW else 2
            line.setPen(data_pen(self._colour(number), width, STYLES[number % len(STYLES)]))
            line.setSymbolBrush(self._colour(number))
        for number, band in self._bands:
            shade = QColor(self._colour(number))
            shade.setAlpha(BAND_ALPHA)
            band.setBrush(shade)
        for mark in self._marks:
            mark.setPen(data_pen(self.theme.colours.cut, 1.6, dashes=(5, 4)))

    def hover_text(self, plot: Any, position: QPointF) -> str:
        texts, words = [], dict(zip(self.figure.tick_places, self.figure.tick_words, strict=True))
        for line in self.figure.lines:
            usable = line.points[np.isfinite(line.points).all(axis=1)]
            if len(usable):
                x, y = usable[int(np.abs(usable[:, 0] - position.x()).argmin())].tolist()
                texts.append(f"{line.label}: {y:.4g} at {words.get(x, f'{x:.6g}')}")
        return "\n".join(texts)

    def _line(self, points: Any) -> Any:
        if not np.isfinite(points).all(axis=1).any():
            points = points[:0]  # pyqtgraph takes the least of what is there
        symbol = "o" if len(points) < DOTTED_BELOW else None
        return DataLine(
            points[:, 0],
            points[:, 1],
            connect="finite",
            symbol=symbol,
            symbolSize=6,
            symbolPen=None,
            antialias=len(points) <= THICK_BELOW,
        )

    def _colour(self, number: int) -> str:
        series = self.theme.colours.series
        return series[number % len(series)]


def _band(line: Line) -> QGraphicsPathItem:
    """Return the band about a line as one closed shape, without the points that have no value."""
    assert line.band is not None
    there = np.isfinite(line.points[:, 0]) & np.isfinite(line.band).all(axis=1)
    x, band = line.points[there, 0], line.band[there]
    corners = np.concatenate([np.column_stack([x, band[:, 0]]), np.column_stack([x, band[:, 1]])[::-1]])
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(*corner) for corner in corners.tolist()]))
    shape = QGraphicsPathItem(path)
    shape.setPen(Qt.PenStyle.NoPen)
    shape.setZValue(-10)
    return shape


def _thin_out(line: Any) -> None:
    """Let a line in a plot draw its least and greatest value per pixel, and only what is in view."""
    line.opts["autoDownsampleFactor"] = 1.0
    line.setDownsampling(auto=True, method="peak")
    line.setClipToView(True)
