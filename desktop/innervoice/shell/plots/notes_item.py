"""One graphics item that paints all notes of one layer of a piano roll."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

NAMES = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")
LABEL_HEIGHT = 16  # pixels a row needs before a note is labelled


def pitch_name(pitch: int) -> str:
    """The name of a MIDI pitch, middle C (60) being ``"C4"``."""
    return f"{NAMES[pitch % 12]}{pitch // 12 - 1}"


class NotesItem(QGraphicsItem):
    """Notes as bars: x in quarters, y in MIDI pitch.

    A layer is either filled or an outline, so that two layers that agree can both be seen. All bars are painted by one
    call in device coordinates, which keeps corners round and edges sharp at any zoom.
    """

    def __init__(self, outline: bool) -> None:
        super().__init__()
        self.outline = outline
        self.colour, self.text_colour, self.selection_colour = QColor(), QColor(), QColor()
        self.selected: int | None = None
        self._boxes: NDArray[np.float64] = np.zeros((0, 4))
        self._bounds = QRectF()

    def set_boxes(self, boxes: NDArray[np.float64]) -> None:
        """Show notes given as rows of start, end (quarters), low and high edge (pitch)."""
        self.prepareGeometryChange()
        self._boxes, self.selected = boxes, None
        self._bounds = QRectF()
        if len(boxes):
            left, low = boxes[:, 0].min(), boxes[:, 2].min()
            self._bounds = QRectF(left, low, boxes[:, 1].max() - left, boxes[:, 3].max() - low)
        self.update()

    def at(self, x: float, y: float) -> int | None:
        """The index of the topmost note that covers a point, or None."""
        boxes = self._boxes
        hits = np.flatnonzero((boxes[:, 0] <= x) & (x < boxes[:, 1]) & (boxes[:, 2] <= y) & (y < boxes[:, 3]))
        return int(hits[-1]) if len(hits) else None

    def boundingRect(self) -> QRectF:
        return self._bounds.adjusted(-0.1, -0.6, 0.1, 0.6)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if not len(self._boxes):
            return
        transform = painter.transform()
        boxes = _to_device(self._boxes, transform)
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = [QRectF(x0, y0, x1 - x0, y1 - y0) for x0, x1, y0, y1 in boxes.tolist()]
        self._paint_bars(painter, shown)
        if not self.outline:
            self._paint_names(painter, shown)
        painter.restore()

    def _paint_bars(self, painter: QPainter, boxes: list[QRectF]) -> None:
        ground = QColor(self.colour)
        ground.setAlpha(28)
        pen = QPen(self.colour, 1.7)
        painter.setPen(pen if self.outline else Qt.PenStyle.NoPen)
        painter.setBrush(ground if self.outline else self.colour)
        inset = 0.8 if self.outline else 2.6  # the outline stays visible around a note that was decoded exactly
        for number, box in enumerate(boxes):
            shape = box.adjusted(inset, inset, -inset, -inset) if min(box.width(), box.height()) > 8 else box
            if number == self.selected:
                painter.setPen(QPen(self.selection_colour, 2.5))
                painter.drawRoundedRect(shape, 2.5, 2.5)
                painter.setPen(pen if self.outline else Qt.PenStyle.NoPen)
            else:
                painter.drawRoundedRect(shape, 2.5, 2.5)

    def _paint_names(self, painter: QPainter, boxes: list[QRectF]) -> None:
        if not boxes or boxes[0].height() < LABEL_HEIGHT:
            return
        font = painter.font()
        font.setPixelSize(int(min(11, boxes[0].height() - 3)))
        painter.setFont(font)
        painter.setPen(self.text_colour)
        pitches = np.rint(self._boxes[:, 2:].mean(axis=1)).astype(int)
        for box, pitch in zip(boxes, pitches.tolist(), strict=True):
            if box.width() > 26:
                painter.drawText(box.adjusted(6, 0, -2, 0), Qt.AlignmentFlag.AlignVCenter, pitch_name(pitch))


def note_boxes(notes: NDArray[Any] | None) -> NDArray[np.float64]:
    """Rows of start and end (quarters), low and high edge (pitch) for an array of the ``NOTE`` dtype."""
    if notes is None or not len(notes):
        return np.zeros((0, 4))
    pitch = notes["pitch"].astype(np.float64)
    return np.column_stack([notes["start_quarter"], notes["end_quarter"], pitch - 0.5, pitch + 0.5])


def _to_device(boxes: NDArray[np.float64], transform: QTransform) -> NDArray[np.float64]:
    """Boxes in device pixels as x0, x1, top, bottom (a piano roll is never rotated)."""
    x = boxes[:, :2] * transform.m11() + transform.dx()
    y = np.sort(boxes[:, 2:] * transform.m22() + transform.dy(), axis=1)
    return np.hstack([x, y])
