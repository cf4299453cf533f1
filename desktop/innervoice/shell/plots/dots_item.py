"""The dots of a scatter plot as outlines, for files of lines and letters."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QImage, QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

MOST = 5000  # dots that are written as shapes; more make a file that no program opens gladly
SHARPNESS = 3  # pixels of the picture for one of the screen


class DotsItem(QGraphicsItem):
    """Stands in for a pyqtgraph ``ScatterPlotItem`` while a file is written.

    pyqtgraph writes every dot as an element of its own, which takes a minute for 50,000 of them; this writes one
    path per colour, and a picture where there are too many.
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
        if len(x) > MOST:
            self._paint_image(painter, transform.mapRect(self._bounds), x, y)
        else:
            self._paint_paths(painter, x, y)
        painter.restore()

    def _paint_image(self, painter: QPainter, box: QRectF, x: list[float], y: list[float]) -> None:
        image = QImage((box.size() * SHARPNESS).toSize(), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        inner = QPainter(image)
        inner.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner.scale(SHARPNESS, SHARPNESS)
        inner.translate(-box.topLeft())
        inner.setPen(self._pen)
        for brush, members in self._groups.values():
            inner.setBrush(brush)
            for index in members:  # one by one: a single path of so many takes a minute to fill
                radius = float(self._radius[index])
                inner.drawEllipse(QPointF(x[index], y[index]), radius, radius)
        inner.end()
        painter.drawImage(box, image)

    def _paint_paths(self, painter: QPainter, x: list[float], y: list[float]) -> None:
        painter.setPen(self._pen)
        for brush, members in self._groups.values():
            path = QPainterPath()
            path.setFillRule(Qt.FillRule.WindingFill)  # dots over dots stay full
            for index in members:
                radius = float(self._radius[index])
                path.addEllipse(QPointF(x[index], y[index]), radius, radius)
            painter.setBrush(brush)
            painter.drawPath(path)
