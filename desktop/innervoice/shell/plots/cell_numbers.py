"""The numbers in the cells of a small matrix, in black or white as the cell's colour wants it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

DARK, LIGHT = QColor("#020202"), QColor("#fdfdfd")
BRIGHT = 0.45
"""Brightness of a colour above which black is read better."""


class CellNumbers(QGraphicsItem):
    """Writes each value into its cell, row n between y = n and n + 1; a cell that is too small is left empty."""

    def __init__(self, values: NDArray[np.float32]) -> None:
        super().__init__()
        self._values = values
        self._bright: NDArray[np.bool_] = np.ones(values.shape, dtype=bool)

    def set_colours(self, colour_map: Any, levels: tuple[float, float]) -> None:
        """Learn the colours of the cells: a pyqtgraph ``ColorMap`` from the first to the second level."""
        if not self._values.size:
            return
        low, high = levels
        shares = np.clip(np.nan_to_num((self._values - low) / (high - low)), 0, 1)
        shades = colour_map.map(shares.ravel(), mode="float").reshape(*shares.shape, -1)[..., :3]
        self._bright = shades @ (0.299, 0.587, 0.114) > BRIGHT
        self.update()

    def texts(self) -> list[list[str]]:
        """Return what stands in each cell; "" for no value."""
        return [["" if np.isnan(value) else f"{value:.2f}" for value in row] for row in self._values.tolist()]

    def boundingRect(self) -> QRectF:
        rows, columns = self._values.shape
        return QRectF(0, 0, columns, rows)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        transform = painter.transform()
        painter.save()
        painter.resetTransform()
        metrics = painter.fontMetrics()
        for row, line in enumerate(self.texts()):
            for column, text in enumerate(line):
                box = transform.mapRect(QRectF(column, row, 1, 1))
                if box.width() > metrics.horizontalAdvance(text) + 4 and box.height() > metrics.height():
                    painter.setPen(DARK if self._bright[row, column] else LIGHT)
                    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()
