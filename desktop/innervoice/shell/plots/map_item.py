"""The graphics item that paints a large matrix: what is in view, a cell per pixel at most."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from innervoice.shell.pens import pen, sharpness
from innervoice.shell.plots.extreme_levels import MISSING, STEPS, ExtremeLevels

LEAST_FRAME = 7.0  # pixels of the frame around a cell that would be smaller


class MapItem(QGraphicsItem):
    """Paints the visible part of a matrix, row n between y = n and n + 1, and a frame around one of its cells."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: ExtremeLevels | None = None
        self.cell: tuple[int, int] | None = None
        self.frame, self.halo = QColor(), QColor()
        self.block = (1, 1)
        self._table: NDArray[np.uint32] = np.zeros(256, dtype=np.uint32)

    def set_levels(self, levels: ExtremeLevels | None) -> None:
        """Show another matrix."""
        self.prepareGeometryChange()
        self.levels = levels
        self.update()

    def set_map(self, colour_map: Any) -> None:
        """Use a colour map (pyqtgraph ``ColorMap``): its middle for 0, its ends for the reach."""
        places = np.arange(-STEPS, STEPS + 1)
        shades = colour_map.map((places + STEPS) / (2 * STEPS), mode="byte").astype(np.uint32)
        self._table[:] = 0
        self._table[places & 255] = 0xFF000000 | shades[:, 0] << 16 | shades[:, 1] << 8 | shades[:, 2]
        self._table[MISSING & 255] = 0
        self.update()

    def set_cell(self, cell: tuple[int, int] | None) -> None:
        """Frame another cell, by row and column; None frames nothing."""
        self.cell = cell
        self.update()

    def boundingRect(self) -> QRectF:
        rows, columns = self.levels.shape if self.levels is not None else (0, 0)
        return QRectF(0, 0, columns, rows)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self.levels is None or not all(self.levels.shape):
            return
        transform, density = painter.transform(), sharpness(painter)
        view = self._view()
        rows, columns = (
            _span(view.top(), view.bottom(), self.levels.shape[0]),
            _span(view.left(), view.right(), self.levels.shape[1]),
        )
        per_pixel = (1 / abs(transform.m22() * density), 1 / abs(transform.m11() * density))
        part = self.levels.part(rows, columns, per_pixel)
        self.block = (part.down, part.across)
        pixels = np.take(self._table, np.ascontiguousarray(part.codes).view(np.uint8))
        height, width = pixels.shape
        image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(QRectF(part.left, part.top, width * part.across, height * part.down), image)
        if self.cell is not None:
            self._paint_frame(painter, self.cell)

    def _paint_frame(self, painter: QPainter, cell: tuple[int, int]) -> None:
        box = painter.transform().mapRect(QRectF(cell[1], cell[0], 1, 1))
        wide, high = max(0.0, LEAST_FRAME - box.width()) / 2, max(0.0, LEAST_FRAME - box.height()) / 2
        box = box.adjusted(-wide, -high, wide, high)
        painter.save()
        painter.resetTransform()
        for colour, width in ((self.halo, 4.0), (self.frame, 1.8)):
            painter.setPen(pen(colour, width))
            painter.drawRect(box)
        painter.restore()

    def _view(self) -> QRectF:
        """What of the matrix is visible."""
        box: Any = self.parentItem().parentItem()  # pyqtgraph: the item, a group, the view box
        return QRectF(box.viewRect())


def _span(low: float, high: float, count: int) -> tuple[int, int]:
    first = int(np.clip(np.floor(low), 0, count - 1))
    return first, int(np.clip(np.ceil(high), first + 1, count))
