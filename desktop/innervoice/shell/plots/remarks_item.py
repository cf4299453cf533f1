"""Rows of words along the upper edge of a piano roll, such as the harmony of each bar."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from innervoice.plugin.figures import Remark

GAP = 6.0
POINTS = 9


class RemarksItem(QGraphicsItem):
    """Words that stay at the edge and keep their size; of words that would touch the later ones are left out.

    Parameters
    ----------
    remarks : tuple of Remark
        From top to bottom.
    view : pyqtgraph ViewBox
        Whose upper edge it is.
    low, high, end : float
        The room of the roll: pitches, and the end in seconds.
    """

    def __init__(self, remarks: tuple[Remark, ...], view: Any, room: tuple[float, float, float]) -> None:
        super().__init__()
        self._remarks, self._view = remarks, view
        low, high, end = room
        self._room = QRectF(0, low, end, high - low)
        self.colour, self.ground = QColor(), QColor()
        self.setZValue(50)

    def boundingRect(self) -> QRectF:
        return self._room

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        transform, seen = painter.transform(), self._view.viewRect()
        painter.save()
        painter.resetTransform()
        font = QFont(painter.font())
        font.setPointSize(POINTS)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        top = transform.map(QPointF(seen.left(), seen.bottom())).y()
        edge = transform.map(QPointF(seen.right(), seen.bottom())).x()
        for row, remark in enumerate(self._remarks):
            self._write(painter, metrics, transform, remark, top + row * metrics.height() + 1, edge)
        painter.restore()

    def _write(
        self, painter: QPainter, metrics: QFontMetricsF, transform: Any, remark: Remark, top: float, edge: float
    ) -> None:
        """Write one row: its name at the right edge, the words up to there."""
        name = metrics.horizontalAdvance(remark.label) + 2 * GAP
        self._put(painter, remark.label, QRectF(edge - name, top, name, metrics.height()))
        free = -np.inf
        for time, word in zip(remark.times.tolist(), remark.words, strict=True):
            left, width = transform.map(QPointF(time, 0)).x(), metrics.horizontalAdvance(word) + GAP
            if left < free or left + width > edge - name:
                continue
            self._put(painter, word, QRectF(left, top, width, metrics.height()))
            free = left + width

    def _put(self, painter: QPainter, word: str, box: QRectF) -> None:
        painter.fillRect(box, self.ground)
        painter.setPen(self.colour)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), word)
