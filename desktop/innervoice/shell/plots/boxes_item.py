"""One graphics item that paints all boxes of a box plot."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from innervoice.shell.pens import pen

FLAT = 4.0  # pixels
WIDTH = 0.66  # of the distance between two boxes


class BoxesItem(QGraphicsItem):
    """Boxes with whiskers: filled left of `cut`, hollow right of it."""

    def __init__(self, boxes: NDArray[np.float64], positions: NDArray[np.float64], spacing: float) -> None:
        super().__init__()
        usable = np.isfinite(boxes).all(axis=1)
        self._boxes, self._positions, self._half = boxes[usable], positions[usable], spacing * WIDTH / 2
        self.cut = float("inf")
        self.music, self.noise, self.ground = QColor(), QColor(), QColor()

    def boundingRect(self) -> QRectF:
        if not len(self._boxes):
            return QRectF()
        left, right = self._positions.min() - self._half, self._positions.max() + self._half
        low, high = self._boxes.min(), self._boxes.max()
        return QRectF(left, low, right - left, high - low)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        transform = painter.transform()
        x = np.column_stack([self._positions - self._half, self._positions, self._positions + self._half])
        x = x * transform.m11() + transform.dx()
        y = self._boxes * transform.m22() + transform.dy()
        music = self._positions < self.cut
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for chosen, colour, solid in ((music, self.music, True), (~music, self.noise, False)):
            self._paint_boxes(painter, x[chosen], y[chosen], colour, solid)
        painter.restore()

    def _paint_boxes(
        self, painter: QPainter, x: NDArray[np.float64], y: NDArray[np.float64], colour: QColor, solid: bool
    ) -> None:
        painter.setPen(pen(colour, 1.1))
        rows = list(zip(x.tolist(), y.tolist(), strict=True))
        painter.drawLines([QLineF(m, v[0], m, v[1]) for (_, m, _), v in rows])
        painter.drawLines([QLineF(m, v[3], m, v[4]) for (_, m, _), v in rows])
        painter.setBrush(colour if solid else Qt.BrushStyle.NoBrush)
        painter.drawRects([QRectF(a, v[3], b - a, v[1] - v[3]) for (a, _, b), v in rows])
        for flat in (False, True):  # in a box too flat to be seen the median is the box
            painter.setPen(pen(self.ground if solid and not flat else colour, 1.6))
            chosen = [row for row in rows if (abs(row[1][3] - row[1][1]) < FLAT) == flat]
            painter.drawLines([QLineF(a + 1, v[2], b - 1, v[2]) for (a, _, b), v in chosen])
