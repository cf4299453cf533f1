"""Curves over the notes, such as what a note attends to: the stronger, the thicker and darker."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from innervoice.shell.pens import data_pen, sharpened

FAINTEST, THINNEST, THICKEST = 40, 0.8, 3.0


class ArcsItem(QGraphicsItem):
    """Arcs of one label in one colour.

    Parameters
    ----------
    lines : float64 [n, points, 2]
        Seconds and pitch.
    strengths : float64 [n]
        From 0 to 1.
    """

    def __init__(self, lines: NDArray[np.float64], strengths: NDArray[np.float64]) -> None:
        super().__init__()
        self.colour = QColor()
        self.setZValue(50)
        self._put(lines, strengths)

    def set_arcs(self, lines: NDArray[np.float64], strengths: NDArray[np.float64]) -> None:
        """Show other arcs."""
        self.prepareGeometryChange()
        self._put(lines, strengths)
        self.update()

    def _put(self, lines: NDArray[np.float64], strengths: NDArray[np.float64]) -> None:
        order = np.argsort(strengths, kind="stable")  # the strongest is drawn last and lies on top
        self._lines = [QPolygonF([QPointF(x, y) for x, y in line]) for line in lines[order].tolist()]
        self._strengths = strengths[order].tolist()
        self._bounds = QRectF()
        if len(lines):
            (left, low), (right, high) = lines.min(axis=(0, 1)).tolist(), lines.max(axis=(0, 1)).tolist()
            self._bounds = QRectF(left, low, right - left, max(high - low, 1.0))

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for line, strength in zip(self._lines, self._strengths, strict=True):
            shade = QColor(self.colour)
            shade.setAlpha(FAINTEST + round((255 - FAINTEST) * strength))
            painter.setPen(sharpened(data_pen(shade, THINNEST + (THICKEST - THINNEST) * strength), painter))
            painter.drawPolyline(line)
