"""One graphics item that paints all notes of one layer of a piano roll."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from innervoice.shell.pens import pen

NAMES = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")
WEAKEST = 0.35  # how strong the softest note is coloured
LABEL_HEIGHT = 14  # pixels a row needs for the name to stand inside the note; else it stands above
LEAST_HEIGHT = 4.5  # pixels a row needs for any name
LABEL_WIDTH = 24


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
        self.name_colour = QColor()  # of names above their notes; an invalid one leaves those out
        self.selected: int | None = None
        self.chosen: frozenset[int] = frozenset()
        self._shades: NDArray[np.float64] | None = None
        self._named: NDArray[np.bool_] | None = None
        self._boxes: NDArray[np.float64] = np.zeros((0, 4))
        self._bounds = QRectF()

    def set_boxes(
        self,
        boxes: NDArray[np.float64],
        shades: NDArray[np.float64] | None = None,
        named: NDArray[np.bool_] | None = None,
    ) -> None:
        """Show notes given as rows of start, end (quarters), low and high edge (pitch).

        `shades`, 0 to 1, says how strong each note is coloured (its velocity); `named` which of them bear a name
        (all of a filled layer, none of an outlined one, unless it is given).
        """
        self.prepareGeometryChange()
        self._boxes, self.selected, self._shades, self._named = boxes, None, shades, named
        self.chosen = frozenset(number for number in self.chosen if number < len(boxes))
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
        return self._bounds.adjusted(-0.1, -0.6, 0.1, 0.6 + LABEL_HEIGHT / LEAST_HEIGHT)

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
        self._paint_names(painter, shown)
        painter.restore()

    def _paint_bars(self, painter: QPainter, boxes: list[QRectF]) -> None:
        ground = QColor(self.colour)
        ground.setAlpha(28)
        inset = 0.8 if self.outline else 2.6  # the outline stays visible around a note that was decoded exactly
        strengths = self._shades.tolist() if self._shades is not None else [1.0] * len(boxes)
        for number, (box, strength) in enumerate(zip(boxes, strengths, strict=True)):
            shape = box.adjusted(inset, inset, -inset, -inset) if min(box.width(), box.height()) > 8 else box
            colour = QColor(self.colour)
            colour.setAlphaF(WEAKEST + (1 - WEAKEST) * strength)
            marked = number == self.selected or number in self.chosen
            edge = pen(self.selection_colour, 2.5) if marked else pen(colour, 1.7)
            painter.setPen(edge if marked or self.outline else Qt.PenStyle.NoPen)
            painter.setBrush(ground if self.outline else colour)
            painter.drawRoundedRect(shape, 2.5, 2.5)

    def _paint_names(self, painter: QPainter, boxes: list[QRectF]) -> None:
        """Write names inside the notes, or above them where rows are low."""
        if not boxes or boxes[0].height() < LEAST_HEIGHT:
            return
        inside = boxes[0].height() >= LABEL_HEIGHT
        if not inside and not self.name_colour.isValid():
            return
        font = painter.font()
        font.setPixelSize(11 if inside else 10)
        painter.setFont(font)
        bare = self.colour if self.outline else self.text_colour
        painter.setPen(bare if inside else self.name_colour)
        named = [not self.outline] * len(boxes) if self._named is None else self._named.tolist()
        pitches = np.rint(self._boxes[:, 2:].mean(axis=1)).astype(int)
        for box, pitch, name in zip(boxes, pitches.tolist(), named, strict=True):
            if name and box.width() > LABEL_WIDTH:
                place = box.adjusted(6, 0, -2, 0) if inside else box.adjusted(4, -13, 0, -box.height() - 1)
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, pitch_name(pitch))


def note_boxes(notes: NDArray[Any] | None) -> NDArray[np.float64]:
    """Rows of start and end (quarters), low and high edge (pitch) for an array of the ``NOTE`` dtype."""
    if notes is None or not len(notes):
        return np.zeros((0, 4))
    pitch = notes["pitch"].astype(np.float64)
    return np.column_stack([notes["start_quarter"], notes["end_quarter"], pitch - 0.5, pitch + 0.5])


def note_shades(notes: NDArray[Any] | None) -> NDArray[np.float64] | None:
    """Velocities as 0 to 1, when the notes carry differing ones; else None."""
    if notes is None or not len(notes) or (notes["velocity"] == notes["velocity"][0]).all():
        return None
    return np.clip(notes["velocity"].astype(np.float64) / 127, 0.0, 1.0)


def covered(notes: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which notes, as boxes, begin where another layer's note of the same pitch sounds, [notes]."""
    start, low = notes[:, :1], notes[:, 2:3]
    same = (others[None, :, 2] == low) & (others[None, :, 0] <= start + 0.5) & (others[None, :, 1] > start)
    return np.asarray(same.any(axis=1), np.bool_)


def _to_device(boxes: NDArray[np.float64], transform: QTransform) -> NDArray[np.float64]:
    """Boxes in device pixels as x0, x1, top, bottom (a piano roll is never rotated)."""
    x = boxes[:, :2] * transform.m11() + transform.dx()
    y = np.sort(boxes[:, 2:] * transform.m22() + transform.dy(), axis=1)
    return np.hstack([x, y])
