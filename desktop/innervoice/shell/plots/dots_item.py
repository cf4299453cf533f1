"""The dots of a scatter plot as outlines, for files of lines and letters."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget


class DotsItem(QGraphicsItem):
    """Stands in for a pyqtgraph ``ScatterPlotItem`` while a file is written.

    pyqtgraph writes every dot as an element of its own, which takes a minute for 50,000 of them; this writes one
    path per colour.
    """

    def __init__(self, dots: Any) -> None:
        super().__init__()
        self._bounds = dots.boundingRect()
        data = dots.data
        self._x, self._y = data["x"].astype(np.float64), data["y"].astype(np.float64)
        sizes = data["size"].astype(np.float64)
        self._radius = np.where(sizes < 0, float(dots.opts["size"]), sizes) / 2
        own = [brush if isinstance(brush, QBrush) else dots.opts["brush"] for brush in data["brush"].tolist()]
        self._groups: dict[str, tuple[QBrush, list[int]]] = {}
        for index, brush in enumerate(own):
            self._groups.setdefault(brush.color().name(brush.color().NameFormat.HexArgb), (brush, []))[1].append(index)
        self._pen = dots.opts["pen"]

    def boundingRect(self) -> QRectF:
        return QRectF(self._bounds)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        transform = painter.transform()
        x = (self._x * transform.m11() + transform.dx()).tolist()
        y = (self._y * transform.m22() + transform.dy()).tolist()
        painter.save()
        painter.resetTransform()
        painter.setPen(self._pen)
        for brush, members in self._groups.values():
            path = QPainterPath()
            path.setFillRule(Qt.FillRule.WindingFill)  # dots over dots stay full
            for index in members:
                radius = float(self._radius[index])
                path.addEllipse(QPointF(x[index], y[index]), radius, radius)
            painter.setBrush(brush)
            painter.drawPath(path)
        painter.restore()
