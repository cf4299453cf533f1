"""A band over a range of x, from the floor to the ceiling of the view, with a line at each side."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from innervoice.shell.pens import pen

REACH = 4e6  # how far it goes up and down: beyond any data
EDGE = 1.0  # pixels


class RangeBand(QGraphicsItem):
    """Marks what lies between two places."""

    def __init__(self) -> None:
        super().__init__()
        self._colour, self._alpha = QColor(), 0
        self._range = (0.0, 1.0)

    @property
    def range(self) -> tuple[float, float]:
        """What it marks."""
        return self._range

    def set_range(self, low: float, high: float) -> None:
        """Mark another range."""
        self.prepareGeometryChange()
        self._range = (float(low), float(high))

    def set_colour(self, colour: str, alpha: int) -> None:
        """Take another colour; the band is filled with it as strongly as `alpha` (0 to 255) says."""
        self._colour, self._alpha = QColor(colour), alpha
        self.update()

    def boundingRect(self) -> QRectF:
        low, high = self._range
        spare = max(high - low, 1e-3)  # the lines reach over the ends
        return QRectF(low - spare, -REACH, high - low + 2 * spare, 2 * REACH)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        view: Any = self.parentItem().parentItem()  # pyqtgraph: the item, a group, the view box
        seen, (low, high) = QRectF(view.viewRect()), self._range
        box = painter.transform().mapRect(QRectF(low, seen.top(), high - low, seen.height()))
        fill = QColor(self._colour)
        fill.setAlpha(self._alpha)
        painter.save()
        painter.resetTransform()
        painter.fillRect(box, fill)
        painter.setPen(pen(self._colour, EDGE))
        painter.drawLines([QLineF(x, box.top(), x, box.bottom()) for x in (box.left(), box.right())])
        painter.restore()
