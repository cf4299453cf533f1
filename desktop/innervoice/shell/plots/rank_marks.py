"""One graphics item that paints a tick per rank: where a value stood before it changed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from innervoice.shell.pens import pen

WIDTH = 2.0  # pixels


class RankMarks(QGraphicsItem):
    """Short level lines, the one of rank r + 1 from x = r to x = r + 1, over the bars of the same ranks."""

    def __init__(self) -> None:
        super().__init__()
        self.colour = QColor()
        self._values: NDArray[np.float64] = np.zeros(0)
        self.setZValue(5)

    def set_values(self, values: NDArray[np.float64]) -> None:
        """Show values, one per rank; NaN leaves a gap, no value at all shows nothing."""
        self.prepareGeometryChange()
        self._values = values
        self.update()

    def boundingRect(self) -> QRectF:
        finite = self._values[np.isfinite(self._values)]
        if not len(finite):
            return QRectF()
        low, high = float(finite.min()), float(finite.max())
        return QRectF(0, low - 0.2, len(self._values), high - low + 0.4)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        transform = painter.transform()
        ranks = np.flatnonzero(np.isfinite(self._values))
        left, right = (edge * transform.m11() + transform.dx() for edge in (ranks, ranks + 1))
        y = np.rint(self._values[ranks] * transform.m22() + transform.dy())
        painter.save()
        painter.resetTransform()
        painter.setPen(pen(self.colour, WIDTH))
        painter.drawLines([QLineF(*line) for line in np.column_stack([left, y, right, y]).tolist()])
        painter.restore()
