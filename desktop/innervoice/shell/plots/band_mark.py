"""The frame around one row or column of an image: thin enough to see what is inside, thick enough to be found."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from innervoice.shell.pens import pen

LEAST = 3.0  # pixels that a marked row takes at least, however many rows there are
REACH = 4e6  # how far a frame goes along its row: beyond any image


class BandMark(QGraphicsItem):
    """Marks row n (between y = n and n + 1), or column n, over the whole view.

    Parameters
    ----------
    row : bool
        A row rather than a column.
    """

    def __init__(self, row: bool) -> None:
        super().__init__()
        self.line, self.halo = QColor(), QColor()
        self.place: int | None = None
        self._row = row
        self.setVisible(False)

    def set_place(self, place: int | None) -> None:
        """Mark another row or column; None marks nothing."""
        self.prepareGeometryChange()
        self.place = place
        self.setVisible(place is not None)

    def set_places(self, places: NDArray[np.int64]) -> None:
        """Mark the first of some rows or columns; an empty array marks nothing."""
        self.set_place(int(places[0]) if len(places) else None)

    def boundingRect(self) -> QRectF:
        n = float(self.place or 0)
        return QRectF(0, n - 1, REACH, 3) if self._row else QRectF(n - 1, 0, 3, REACH)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        transform, view = painter.transform(), self._view()
        n = float(self.place or 0)
        box = transform.mapRect(
            QRectF(view.left(), n, view.width(), 1) if self._row else QRectF(n, view.top(), 1, view.height())
        )
        spare = max(0.0, LEAST - (box.height() if self._row else box.width())) / 2
        box = box.adjusted(0, -spare, 0, spare) if self._row else box.adjusted(-spare, 0, spare, 0)
        painter.save()
        painter.resetTransform()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((self.halo, 4.0), (self.line, 1.8)):
            painter.setPen(pen(colour, width))
            painter.drawRect(box)
        painter.restore()

    def _view(self) -> QRectF:
        """What of the image is visible, so that the frame closes at the edges of the view."""
        box: Any = self.parentItem().parentItem()  # pyqtgraph: the item, a group, the view box
        return QRectF(box.viewRect())
