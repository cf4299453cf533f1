"""Heat maps of a result: a matrix with names or numbers along its sides and a colour bar."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from innervoice.plugin.figures import HeatMap
from innervoice.shell.pens import pen
from innervoice.shell.plots.band_mark import BandMark
from innervoice.shell.plots.big_image import BigImage, symmetric_levels
from innervoice.shell.plots.canvas import FigureCanvas
from innervoice.shell.plots.cell_numbers import CellNumbers
from innervoice.shell.plots.colour_bar import ColourBar
from innervoice.shell.plots.colour_maps import diverging, sequential
from innervoice.shell.plots.frame_item import LINE, FrameItem
from innervoice.shell.plots.label_axis import LabelAxis
from innervoice.shell.theme import Theme
from innervoice.shell.words import said

NUMBERED = 12  # rows and columns up to which the number stands in each cell, as in the report


class MatrixCanvas(FigureCanvas):
    """Draws a `HeatMap`; a click follows the links of the row and of the column."""

    height_wanted = 440

    def __init__(self, figure: HeatMap, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(figure, theme, parent)
        self.figure = figure
        axes = {"left": LabelAxis("left", figure.row_labels), "bottom": LabelAxis("bottom", figure.column_labels)}
        self.plot = self.add_plot(0, axes=axes)
        self.plot.vb.invertY(True)
        self.label_axes(self.plot, figure.x, figure.y)
        self._image = BigImage(self.plot, self)
        self._bar = ColourBar(self, 0, 1, self.plot)
        self._frame = FrameItem()
        self._row, self._column = BandMark(row=True), BandMark(row=False)
        for mark in (self._row, self._column, self._frame):
            self.plot.addItem(mark, ignoreBounds=True)
        self._numbers = CellNumbers(figure.values) if max(figure.values.shape) <= NUMBERED else None
        if self._numbers is not None:
            self.plot.addItem(self._numbers, ignoreBounds=True)
        self.selected: tuple[int, int] | None = None
        self._image.set_values(figure.values, self._levels())
        self.restyle()

    def recolour(self) -> None:
        colour_map = sequential(self.theme) if self.figure.centre is None else diverging(self.theme)
        self._image.set_map(colour_map)
        self._bar.set_scale(self._image.levels, colour_map, str(self.figure.colour))
        if self._numbers is not None:
            self._numbers.set_colours(colour_map, self._image.levels)
        text, ground = QColor(self.theme.colours.text), QColor(self.theme.colours.surface)
        self._frame.line, self._frame.halo = pen(text, LINE), ground
        for mark in (self._row, self._column):
            mark.line, mark.halo = text, ground
            mark.update()

    def clicked(self, plot: Any, position: QPointF) -> None:
        cell = self._image.cell(position.x(), position.y()) if plot is self.plot else None
        if cell is not None:
            self._select(cell)

    def key_step(self, step: int) -> None:
        rows, columns = self.figure.values.shape
        if rows and columns:
            row, column = self.selected or (0, -1 if step > 0 else columns)
            self._select((row, int(np.clip(column + step, 0, columns - 1))))

    def hover_text(self, plot: Any, position: QPointF) -> str:
        cell = self._image.cell(position.x(), position.y()) if plot is self.plot else None
        if cell is None:
            return ""
        figure, (row, column) = self.figure, cell
        rows = figure.row_labels[row] if figure.row_labels else f"{figure.y.label} {row + 1}"
        columns = figure.column_labels[column] if figure.column_labels else f"{figure.x.label} {column + 1}"
        value = float(figure.values[row, column])
        return f"{rows} × {columns}\n" + (said("no value") if np.isnan(value) else f"{figure.colour.label} {value:.3f}")

    def linked_marks(self) -> Any:
        return ((self.figure.row_links, self._row.set_places), (self.figure.column_links, self._column.set_places))

    def _select(self, cell: tuple[int, int]) -> None:
        self.selected = cell
        self._frame.setRect(QRectF(cell[1], cell[0], 1, 1))
        self._frame.setVisible(True)
        self.follow(self.figure.row_links, cell[0])
        self.follow(self.figure.column_links, cell[1])

    def _levels(self) -> tuple[float, float]:
        values = self.figure.values
        if self.figure.centre is not None:
            return symmetric_levels(values, self.figure.centre)
        finite = values[np.isfinite(values)]
        if not finite.size:
            return 0.0, 1.0
        low, high = float(finite.min()), float(finite.max())
        return (low, high) if high > low else (low - 0.5, low + 0.5)
