"""One graphics item that paints a bar per rank: solid for music neurons, hollow for noise neurons."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from innervoice.shell.pens import pen

GAP = 0.1  # of a rank, left free at each side of a bar


class RankBars(QGraphicsItem):
    """Bars from zero to a value, the bar of rank r + 1 between x = r and x = r + 1.

    Painted in whole pixels of the screen, so that all bars are equally sharp; a slider redraws a hundred of them in
    a millisecond.
    """

    def __init__(self) -> None:
        super().__init__()
        self.music, self.noise = QColor(), QColor()
        self._values: NDArray[np.float64] = np.zeros(0)
        self._split = 0

    def set_values(self, values: NDArray[np.float64], split: int) -> None:
        """Show values, the first `split` of them solid; NaN leaves a gap."""
        self.prepareGeometryChange()
        self._values, self._split = values, split
        self.update()

    def boundingRect(self) -> QRectF:
        finite = self._values[np.isfinite(self._values)]
        if not len(finite):
            return QRectF()
        low, high = min(0.0, float(finite.min())), max(0.0, float(finite.max()))
        return QRectF(0, low, len(self._values), high - low)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        transform = painter.transform()
        ranks = np.flatnonzero(np.isfinite(self._values))
        left = np.rint((ranks + GAP) * transform.m11() + transform.dx())
        right = np.maximum(np.rint((ranks + 1 - GAP) * transform.m11() + transform.dx()), left + 1)
        ends = np.rint(self._values[ranks] * transform.m22() + transform.dy())
        top, bottom = np.minimum(ends, np.rint(transform.dy())), np.maximum(ends, np.rint(transform.dy()))
        boxes = np.column_stack([left, top, right - left, bottom - top])
        solid = ranks < self._split
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.music)
        painter.drawRects([QRectF(*box) for box in boxes[solid].tolist()])
        painter.setPen(pen(self.noise, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRects([QRectF(x, y, w - 1, h) for x, y, w, h in boxes[~solid].tolist()])
        painter.restore()
