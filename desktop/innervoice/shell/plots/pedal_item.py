"""The sustain pedal as a strip under the notes of a piano roll: filled while it is down."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

HEIGHT = 6.0  # pixels


class PedalItem(QGraphicsItem):
    """Stretches of time in quarters, painted along the lower edge of what is shown."""

    def __init__(self) -> None:
        super().__init__()
        self._spans: NDArray[np.float64] = np.zeros((0, 2))
        self._floor = 0.0
        self.colour = QColor()
        self.setZValue(20)

    def set_spans(self, spans: NDArray[np.float64]) -> None:
        """Show when the pedal is down, float64 [spans, 2] in quarters."""
        self.prepareGeometryChange()
        self._spans = spans
        self.update()

    def set_floor(self, pitch: float) -> None:
        """Stand on this pitch: the lowest that is shown."""
        if len(self._spans):
            self.prepareGeometryChange()
        self._floor = pitch

    def boundingRect(self) -> QRectF:
        if not len(self._spans):
            return QRectF()
        left, right = float(self._spans.min()), float(self._spans.max())
        return QRectF(left, self._floor, right - left, 12.0)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        transform = painter.transform()
        floor = self._floor * transform.m22() + transform.dy()
        painter.save()
        painter.resetTransform()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colour)
        for start, end in (self._spans * transform.m11() + transform.dx()).tolist():
            painter.drawRoundedRect(QRectF(start, floor - HEIGHT - 1, max(2.0, end - start - 1), HEIGHT), 2, 2)
        painter.restore()
