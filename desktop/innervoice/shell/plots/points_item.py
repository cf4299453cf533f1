"""The points of a scatter plot: dots while they can be told apart, a picture of their density where they cannot."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPaintEngine, QPainter, QPainterPath, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from innervoice.shell.pens import pen, sharpness

MOST_DOTS = 2500  # in view, that are painted one by one; beyond, a picture costs less and shows more
MOST_SHAPES = 5000  # that are written as shapes into a file of lines; more make a file that no program opens gladly
WRITTEN_SHARPNESS = 3.0  # pixels of a picture in such a file for one of the screen
FINE_BELOW, SMALL, LARGE = 5000, 4.0, 6.0  # points of a figure, and the diameters of their dots in pixels
LAYERS = 64  # dots over each other, after which a colour is full
MISSING = -1


class PointsItem(QGraphicsItem):
    """Points in data coordinates, each in one of a few shades.

    Fifty thousand points are counted into the pixels of a picture in some ten milliseconds: where they lie close, the
    colour is fuller, and it is that of the mean shade.

    Parameters
    ----------
    points : ndarray float64 [n, 2]
        Finite.
    """

    def __init__(self, points: NDArray[np.float64]) -> None:
        super().__init__()
        self.points = points
        self.diameter = LARGE if len(points) < FINE_BELOW else SMALL
        self._shades: NDArray[np.int64] = np.zeros(len(points), dtype=np.int64)
        self._colours: list[QColor] = [QColor()]
        self._missing = QColor()
        self._kept: tuple[Any, QImage] | None = None
        low, high = (points.min(axis=0), points.max(axis=0)) if len(points) else (np.zeros(2), np.zeros(2))
        spare = np.where(high > low, (high - low) * 0.02, 0.5)  # room for the dots; and Qt leaves out what has no size
        self._bounds = QRectF(*(low - spare).tolist(), *(high - low + 2 * spare).tolist())

    def set_shades(self, shades: NDArray[np.int64], colours: list[QColor], missing: QColor) -> None:
        """Colour each point by the number of its shade; -1 has the colour of what is missing."""
        self._shades, self._colours, self._missing = shades, colours, missing
        self._kept = None
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(self._bounds)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        transform = painter.transform()
        places = self.points * (transform.m11(), transform.m22()) + (transform.dx(), transform.dy())
        writing = painter.paintEngine().type() == QPaintEngine.Type.SVG
        frame = transform.mapRect(self._bounds) if writing else self._frame(painter)
        reach = self.diameter
        inside = (places >= (frame.left() - reach, frame.top() - reach)).all(axis=1)
        inside &= (places <= (frame.right() + reach, frame.bottom() + reach)).all(axis=1)
        seen = np.flatnonzero(inside)
        painter.save()
        painter.resetTransform()
        if writing and len(seen) <= MOST_SHAPES:
            self._write_shapes(painter, places[seen], self._shades[seen])
        elif writing or len(seen) > MOST_DOTS:
            self._paint_density(painter, frame, places[seen], self._shades[seen])
        else:
            self._paint_dots(painter, places[seen], self._shades[seen])
        painter.restore()

    def _frame(self, painter: QPainter) -> QRectF:
        """The view box in the pixels of the painter."""
        box: Any = self.parentItem().parentItem()  # pyqtgraph: the item, a group, the view box
        return painter.transform().mapRect(QRectF(box.viewRect()))

    def _paint_dots(self, painter: QPainter, places: NDArray[np.float64], shades: NDArray[np.int64]) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for shade in np.unique(shades).tolist():
            dot = pen(self._colour(shade), self.diameter)
            dot.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(dot)
            painter.drawPoints(QPolygonF([QPointF(x, y) for x, y in places[shades == shade].tolist()]))

    def _write_shapes(self, painter: QPainter, places: NDArray[np.float64], shades: NDArray[np.int64]) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for shade in np.unique(shades).tolist():
            path = QPainterPath()
            path.setFillRule(Qt.FillRule.WindingFill)  # dots over dots stay full
            for x, y in places[shades == shade].tolist():
                path.addEllipse(QPointF(x, y), self.diameter / 2, self.diameter / 2)
            painter.setBrush(self._colour(shade))
            painter.drawPath(path)

    def _paint_density(
        self, painter: QPainter, frame: QRectF, places: NDArray[np.float64], shades: NDArray[np.int64]
    ) -> None:
        writing = painter.paintEngine().type() == QPaintEngine.Type.SVG
        density = WRITTEN_SHARPNESS if writing else sharpness(painter)
        key = (frame.getRect(), painter.transform(), density, len(places))
        if self._kept is None or self._kept[0] != key:
            origin = (frame.left(), frame.top())
            size = (max(1, round(frame.width() * density)), max(1, round(frame.height() * density)))
            cells = ((places - origin) * density).astype(np.int64)
            self._kept = (key, self._density(cells, shades, size, round(self.diameter * density)))
        painter.drawImage(frame, self._kept[1])

    def _density(
        self, cells: NDArray[np.int64], shades: NDArray[np.int64], size: tuple[int, int], width: int
    ) -> QImage:
        """Count points into pixels, spread each over a dot, and colour what was counted."""
        across, down = size
        inside = ((cells >= 0) & (cells < (across, down))).all(axis=1)
        flat, shades = cells[inside, 1] * across + cells[inside, 0], shades[inside]

        def counted(weights: NDArray[Any] | None = None) -> NDArray[np.float32]:
            counts = np.bincount(flat, weights, across * down).astype(np.float32)
            return _spread(counts.reshape(down, across), width).reshape(-1)

        count = counted()
        full = np.flatnonzero(count)
        mean = np.zeros(len(full), dtype=np.int64)
        if len(self._colours) > 1:
            known = shades != MISSING
            some, total = counted(known)[full], counted(np.where(known, shades, 0))[full]
            mean = np.where(some > 0, np.rint(total / np.maximum(some, 1)), len(self._colours)).astype(np.int64)
        single = self._colours[0].alphaF()
        depth = 1 - (1 - single) ** np.arange(LAYERS + 1)  # as dots of this colour that lie over each other
        alpha = depth[np.minimum(count[full], LAYERS).astype(np.int64)]
        table: NDArray[np.float64] = np.array(
            [_parts(colour) for colour in (*self._colours, self._missing)], dtype=float
        )
        pixels = np.zeros((down * across, 4), dtype=np.uint8)
        pixels[full, 2::-1] = table[mean] * alpha[:, None]  # blue, green, red, all times alpha
        pixels[full, 3] = alpha * 255
        image = QImage(pixels.data, across, down, 4 * across, QImage.Format.Format_ARGB32_Premultiplied)
        return image.copy()  # its own memory: the array goes

    def _colour(self, shade: int) -> QColor:
        return self._missing if shade == MISSING else self._colours[shade]


def _parts(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()


def _spread(counts: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    """Let each count stand in a square of `width` pixels around it."""
    for axis in (0, 1):
        shifted = counts.copy()
        for away in range(1, (width - 1) // 2 + 1):
            for way in (away, -away):
                to, of = [slice(None)] * 2, [slice(None)] * 2
                to[axis], of[axis] = slice(max(way, 0), min(way, 0) or None), slice(max(-way, 0), min(-way, 0) or None)
                shifted[tuple(to)] += counts[tuple(of)]
        counts = shifted
    return counts
