"""One graphics item that paints upright or lying bars."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from innervoice.shell.pens import pen

THICKNESS = 0.7


class BarsItem(QGraphicsItem):
    """Bars from zero, the n-th of them around n + 0.5; one of them may be framed.

    Parameters
    ----------
    values : ndarray float64 [n]
        NaN leaves a gap.
    lying : bool
        Along x instead of along y.
    """

    def __init__(self, values: NDArray[np.float64], lying: bool) -> None:
        super().__init__()
        self.colour, self.frame = QColor(), QColor()
        self.selected: int | None = None
        starts = np.arange(len(values)) + (1 - THICKNESS) / 2
        low, high = np.fmin(values, 0.0), np.fmax(values, 0.0)
        self._corners = np.column_stack([starts, starts + THICKNESS, low, high])
        if lying:
            self._corners = self._corners[:, [2, 3, 0, 1]]
        self._usable = np.isfinite(values)

    def boundingRect(self) -> QRectF:
        if not len(self._corners):
            return QRectF()
        left, bottom = self._corners[:, 0].min(), self._corners[:, 2].min()
        return QRectF(left, bottom, self._corners[:, 1].max() - left, self._corners[:, 3].max() - bottom)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        transform = painter.transform()
        boxes = [transform.mapRect(QRectF(a, c, b - a, d - c)) for a, b, c, d in self._corners.tolist()]
        painter.save()
        painter.resetTransform()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colour)
        painter.drawRects([box for box, usable in zip(boxes, self._usable.tolist(), strict=True) if usable])
        if self.selected is not None:
            painter.setPen(pen(self.frame, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(boxes[self.selected])
        painter.restore()
