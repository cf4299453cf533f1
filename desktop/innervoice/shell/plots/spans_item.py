"""Stretches of time behind the notes, such as the occurrences of a motif."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from innervoice.shell.pens import hatched

PATTERNS = (
    Qt.BrushStyle.SolidPattern,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.FDiagPattern,
    Qt.BrushStyle.CrossPattern,
)

SHARE = 0.985
"""Of a stretch that is painted."""


class SpansItem(QGraphicsItem):
    """Bands of one label over the whole height of a piano roll; labels differ in colour and pattern."""

    def __init__(self, times: NDArray[np.float64], number: int, low: float, high: float) -> None:
        super().__init__()
        self._times, self._pattern = times, PATTERNS[number % len(PATTERNS)]
        self._low, self._high = low, high
        self.colour = QColor()
        self.setZValue(-50)

    def boundingRect(self) -> QRectF:
        if not len(self._times):
            return QRectF()
        left, right = float(self._times.min()), float(self._times.max())
        return QRectF(left, self._low, right - left, self._high - self._low)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        shade = QColor(self.colour)
        shade.setAlpha(45 if self._pattern == Qt.BrushStyle.SolidPattern else 110)
        transform = painter.transform()
        height = self._high - self._low
        # A little short, so that one that follows at once can be told from it.
        boxes = [QRectF(start, self._low, SHARE * (end - start), height) for start, end in self._times.tolist()]
        painter.save()
        painter.resetTransform()  # a pattern keeps its size on the screen
        for box in boxes:
            painter.fillRect(transform.mapRect(box), hatched(shade, self._pattern, painter))
        painter.restore()
