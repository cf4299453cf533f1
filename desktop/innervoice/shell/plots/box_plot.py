"""Box plots, with a line between music and noise neurons that can be dragged."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from innervoice.plugin.figures import BoxPlot
from innervoice.shell.pens import data_pen
from innervoice.shell.plots.boxes_item import BoxesItem
from innervoice.shell.plots.canvas import FigureCanvas
from innervoice.shell.plots.legend import Entry
from innervoice.shell.plots.lines import Rule
from innervoice.shell.plots.range_band import RangeBand
from innervoice.shell.theme import Theme
from innervoice.shell.words import said


class BoxPlotCanvas(FigureCanvas):
    """Draws a `BoxPlot`; `cut_moved` tells where the line was dropped."""

    def __init__(self, figure: BoxPlot, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(figure, theme, parent)
        self.figure = figure
        self.plot = self.add_plot(0)
        self.plot.setMouseEnabled(x=True, y=False)
        self.label_axes(self.plot, figure.x, figure.y)
        places = np.unique(figure.positions)
        self._spacing = float(np.diff(places).min()) if len(places) > 1 else 1.0
        self._boxes = BoxesItem(figure.boxes, figure.positions, self._spacing)
        self._outliers = pg.ScatterPlotItem(size=3, pen=None)
        self._band = RangeBand()
        self._band.setVisible(False)
        for item in (self._band, self._outliers, self._boxes):
            self.plot.addItem(item, ignoreBounds=True)
        self._cut = self._make_cut(figure.cut)
        self.selected: int | None = None
        self._far = _far(figure)
        self._fill()
        self.restyle()

    def entries(self) -> tuple[Entry, ...]:
        colours = self.theme.colours
        if self._cut is None:
            return ()
        music = Entry(said("music neurons"), colours.accent)
        noise = Entry(said("noise neurons"), colours.noise, "outline")
        return (music, noise, Entry(said("cut"), colours.cut, "dash"))

    def recolour(self) -> None:
        colours = self.theme.colours
        self._boxes.music, self._boxes.noise = QColor(colours.accent), QColor(colours.noise)
        self._boxes.ground = QColor(colours.surface)
        self._boxes.update()
        faint = QColor(colours.noise)
        faint.setAlpha(110)
        self._outliers.setData(*self._far, brush=pg.mkBrush(faint))
        self._band.set_colour(colours.selection, 60)
        if self._cut is not None:
            self._cut.setPen(data_pen(colours.cut, 1.8, dashes=(5, 4)))
            self._cut.setHoverPen(data_pen(colours.cut, 3))

    def set_cut(self, cut: float) -> None:
        """Move the line without telling anybody."""
        if self._cut is not None:
            self._cut.setValue(cut)

    def clicked(self, plot: Any, position: QPointF) -> None:
        box = self._at(position.x())
        if box is not None:
            self._select(box)

    def key_step(self, step: int) -> None:
        count = len(self.figure.boxes)
        if count:
            start = (-1 if step > 0 else count) if self.selected is None else self.selected
            self._select(int(np.clip(start + step, 0, count - 1)))

    def hover_text(self, plot: Any, position: QPointF) -> str:
        box = self._at(position.x())
        if box is None:
            return ""
        figure = self.figure
        name = figure.labels[box] if figure.labels else f"{figure.x.label} {figure.positions[box]:g}"
        if figure.links is not None and figure.links.kind == "neuron":
            name = said("neuron {neuron}, {name}").format(neuron=figure.links.ids[box], name=name)
        low, first, median, third, high = figure.boxes[box].tolist()
        return said(
            "{name}\nmedian {median:.3g}, quartiles {first:.3g} to {third:.3g}, whiskers {low:.3g} to {high:.3g}"
        ).format(name=name, median=median, first=first, third=third, low=low, high=high)

    def linked_marks(self) -> Any:
        return ((self.figure.links, self.mark),)

    def mark(self, boxes: NDArray[np.int64]) -> None:
        """Put the band on a box; an empty array takes it away."""
        self.selected = int(boxes[0]) if len(boxes) else None
        self._band.setVisible(self.selected is not None)
        if self.selected is not None:
            half, place = self._spacing / 2, float(self.figure.positions[self.selected])
            self._band.set_range(place - half, place + half)

    def _select(self, box: int) -> None:
        self.mark(np.array([box]))
        self.follow(self.figure.links, box)

    def _at(self, x: float) -> int | None:
        if not len(self.figure.positions):
            return None
        nearest = int(np.abs(self.figure.positions - x).argmin())
        return nearest if abs(self.figure.positions[nearest] - x) <= self._spacing / 2 else None

    def _make_cut(self, cut: float | None) -> Any:
        if cut is None:
            return None
        line = Rule(pos=cut, angle=90, movable=True)
        line.sigPositionChanged.connect(self._cut_dragged)
        line.sigPositionChangeFinished.connect(self._cut_dropped)
        self.plot.addItem(line, ignoreBounds=True)
        self._boxes.cut = cut
        return line

    def _cut_dragged(self) -> None:
        self._boxes.cut = float(self._cut.value())
        self._boxes.update()

    def _cut_dropped(self) -> None:
        self.cut_moved.emit(float(self._cut.value()))

    def _fill(self) -> None:
        figure = self.figure
        values = np.concatenate([figure.boxes.reshape(-1), *figure.outliers])
        values = values[np.isfinite(values)]
        if not len(values):
            return
        low, high = float(values.min()), float(values.max())
        margin = 0.04 * (high - low) or 0.5
        left, right = figure.positions.min() - self._spacing, figure.positions.max() + self._spacing
        self.plot.setLimits(xMin=left, xMax=right, yMin=low - margin, yMax=high + margin)
        self.plot.setRange(xRange=(left, right), yRange=(low - margin, high + margin), padding=0)
        if figure.labels:
            named = zip(figure.positions.tolist(), figure.labels, strict=True)
            self.plot.getAxis("bottom").setTicks([list(named)])


def _far(figure: BoxPlot) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The places and the values of all outliers."""
    if not figure.outliers:
        return np.zeros(0), np.zeros(0)
    return np.repeat(figure.positions, [len(values) for values in figure.outliers]), np.concatenate(figure.outliers)
