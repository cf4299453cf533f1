"""Rings around points of a scatter plot: those that are selected."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from innervoice.shell.pens import pen

RADIUS = 7.5  # pixels
HALO, LINE = 6.0, 2.4  # pixels: a line of the ground's colour below the ring, and the ring
SPARE = 0.25  # of the span of all points that a ring may reach beyond them


class RingsItem(QGraphicsItem):
    """A ring around each of some places, over a halo that sets it off from the dots.

    Parameters
    ----------
    points : ndarray float64 [n, 2]
        Finite: all places where a ring may ever be.
    """

    def __init__(self, points: NDArray[np.float64]) -> None:
        super().__init__()
        self.line, self.halo = QColor(), QColor()
        self.places: NDArray[np.float64] = np.zeros((0, 2))
        low, high = (points.min(axis=0), points.max(axis=0)) if len(points) else (np.zeros(2), np.zeros(2))
        spare = np.where(high > low, (high - low) * SPARE, 1.0)
        self._bounds = QRectF(*(low - spare).tolist(), *(high - low + 2 * spare).tolist())

    def set_places(self, places: NDArray[np.float64]) -> None:
        """Ring other places, float64 [n, 2]."""
        self.places = places
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(self._bounds)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        transform = painter.transform()
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((self.halo, HALO), (self.line, LINE)):
            painter.setPen(pen(colour, width))
            for x, y in self.places.tolist():
                painter.drawEllipse(transform.map(QPointF(x, y)), RADIUS, RADIUS)
        painter.restore()
