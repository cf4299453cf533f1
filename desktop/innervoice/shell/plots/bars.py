"""Bars: upright while their names are short, lying when the names need room."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from innervoice.plugin.figures import Bars
from innervoice.shell.pens import data_pen
from innervoice.shell.plots.bars_item import BarsItem
from innervoice.shell.plots.canvas import FigureCanvas
from innervoice.shell.plots.label_axis import LabelAxis
from innervoice.shell.plots.lines import Rule
from innervoice.shell.plots.ranges import extent, pad
from innervoice.shell.theme import Theme
from innervoice.shell.words import said

LETTERS = 70  # of all names together that still fit side by side
FEWEST = 5  # bars that the width is made for, so that two bars are not two walls
ROW = 20  # pixels a lying bar needs


class BarsCanvas(FigureCanvas):
    """Draws `Bars`; a click follows the link of the bar."""

    def __init__(self, figure: Bars, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(figure, theme, parent)
        self.figure = figure
        self.lying = sum(len(label) + 2 for label in figure.labels) > LETTERS
        side = "left" if self.lying else "bottom"
        self.plot = self.add_plot(0, axes={side: LabelAxis(side, figure.labels)})
        self.label_axes(self.plot, *((figure.y, figure.x) if self.lying else (figure.x, figure.y)))
        self.plot.setMouseEnabled(x=not self.lying, y=self.lying)
        self.plot.vb.invertY(self.lying)
        self._bars = BarsItem(figure.values, self.lying)
        self._zero = Rule(pos=0, angle=90 if self.lying else 0, movable=False)
        for item in (self._bars, self._zero):
            self.plot.addItem(item, ignoreBounds=True)
        self.selected: int | None = None
        self._fit()
        self.restyle()

    def preferred_height(self) -> int:
        return min(900, 90 + ROW * len(self.figure.labels)) if self.lying else self.height_wanted

    def recolour(self) -> None:
        colours = self.theme.colours
        self._bars.colour, self._bars.frame = QColor(colours.accent), QColor(colours.text)
        self._bars.update()
        self._zero.setPen(data_pen(colours.noise))

    def clicked(self, plot: Any, position: QPointF) -> None:
        bar = self._at(position)
        if bar is not None:
            self._select(bar)

    def key_step(self, step: int) -> None:
        count = len(self.figure.values)
        if count:
            start = (-1 if step > 0 else count) if self.selected is None else self.selected
            self._select(int(np.clip(start + step, 0, count - 1)))

    def hover_text(self, plot: Any, position: QPointF) -> str:
        bar = self._at(position)
        if bar is None:
            return ""
        value = float(self.figure.values[bar])
        words = said("no value") if np.isnan(value) else f"{value:.4g} {self.figure.y.unit}".strip()
        return f"{self.figure.labels[bar]}: {words}"

    def _at(self, position: QPointF) -> int | None:
        bar = int(np.floor(position.y() if self.lying else position.x()))
        return bar if 0 <= bar < len(self.figure.values) else None

    def linked_marks(self) -> Any:
        return ((self.figure.links, self.mark),)

    def mark(self, bars: NDArray[np.int64]) -> None:
        """Frame a bar; an empty array takes the frame away."""
        self.selected = self._bars.selected = int(bars[0]) if len(bars) else None
        self._bars.update()

    def _select(self, bar: int) -> None:
        self.mark(np.array([bar]))
        self.follow(self.figure.links, bar)

    def _fit(self) -> None:
        count = max(1, len(self.figure.values))
        low, high = extent(np.append(self.figure.values, 0.0))
        wide = pad((low, high), 0.05)
        spare = max(0, FEWEST - count) / 2
        along, across = (wide[0] if low < 0 else 0.0, wide[1]), (-spare, count + spare)
        x, y = (along, across) if self.lying else (across, along)
        self.plot.setLimits(xMin=x[0], xMax=x[1], yMin=y[0], yMax=y[1])
        self.plot.setRange(xRange=x, yRange=y, padding=0)
