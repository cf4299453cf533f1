"""The ground of a piano roll: rows of the black keys, lines at sixteenths, beats and bars, the keyboard beside it."""

from __future__ import annotations

import math
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from innervoice.shell.pens import data_pen, pen, sharpened
from innervoice.shell.plots.notes_item import pitch_name
from innervoice.shell.theme import Theme

BLACK = frozenset({1, 3, 6, 8, 10})
LOWEST, HIGHEST = 0, 127
CLOSEST = 5  # pixels between grid lines before the finer ones are left out


class RollGround(QGraphicsItem):
    """Stripes and grid lines behind the notes; x in quarters (or any unit of time), y in MIDI pitch."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.length, self.beats_per_bar, self.quarter = 8.0, 4, 1.0
        self.low, self.high = LOWEST, HIGHEST
        self.setZValue(-100)

    def set_length(self, length: float, beats_per_bar: int, quarter: float = 1.0) -> None:
        """The length of the roll and of a quarter in units of x (0: no lines), and how many quarters make a bar."""
        self.prepareGeometryChange()
        self.length, self.beats_per_bar, self.quarter = length, beats_per_bar, quarter

    def boundingRect(self) -> QRectF:
        return QRectF(0, self.low - 0.5, self.length, self.high - self.low + 1)

    def striped(self, row: int) -> bool:
        """Whether a row is one of the darker ones."""
        return row % 12 in BLACK

    def octaves(self) -> range:
        """Return the rows that have a line below them."""
        return range(LOWEST, HIGHEST + 1, 12)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        stripe = QColor(self.theme.colours.stripe)
        for row in range(self.low, self.high + 1):
            if self.striped(row):
                painter.fillRect(QRectF(0, row - 0.5, self.length, 1), stripe)
        scale = abs(painter.transform().m11())
        for quarters, width, colour in self._lines():
            step = quarters * self.quarter
            if step * scale < CLOSEST:
                continue
            painter.setPen(sharpened(data_pen(colour, width), painter, crisp=True))
            count = int(self.length / step + 1e-6)
            top, bottom = self.high + 0.5, self.low - 0.5
            painter.drawLines([QLineF(n * step, bottom, n * step, top) for n in range(count + 1)])
        painter.setPen(sharpened(data_pen(self.theme.colours.border), painter, crisp=True))
        painter.drawLines([QLineF(0, row - 0.5, self.length, row - 0.5) for row in self.octaves()])

    def _lines(self) -> tuple[tuple[float, float, str], ...]:
        colours = self.theme.colours
        return (
            (0.25, 1, colours.grid),
            (1.0, 1, colours.border),
            (float(self.beats_per_bar), 1.8, colours.noise),
        )


class KeyGutter(pg.AxisItem):  # type: ignore[misc]
    """A piano keyboard in the place of the left axis, one row a semitone, C's always named.

    Signals
    -------
    key_clicked : int
        A key was clicked, as a MIDI pitch.
    """

    key_clicked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__("left")
        self.theme = theme
        self.setWidth(52)

    def key_at(self, y: float) -> int | None:
        """Return the MIDI pitch of the row at a height of this item, in pixels; None outside the keyboard."""
        box = self.mapRectFromParent(self.geometry())
        low, high = self.range
        if not box.top() <= y < box.bottom() or high <= low:
            return None
        pitch = round(high - (y - box.top()) * (high - low) / box.height())
        return pitch if LOWEST <= pitch <= HIGHEST else None

    def mouseClickEvent(self, event: Any) -> None:
        """Say which key was clicked."""
        key = self.key_at(event.pos().y())
        if key is not None and event.button() == Qt.MouseButton.LeftButton:
            event.accept()
            self.key_clicked.emit(key)

    def paint(self, painter: QPainter, option: Any, widget: Any = None) -> None:
        box = self.mapRectFromParent(self.geometry())
        low, high = self.range
        row = box.height() / max(high - low, 1e-6)
        light, dark = ("#a7b0bb", "#1b1e23") if self.theme.dark else ("#ffffff", "#3a414a")
        right, black_width = box.right(), box.width() * 0.55
        painter.fillRect(box, QColor(light))
        font = painter.font()
        font.setPixelSize(int(max(9.0, min(11.0, row - 1))))
        painter.setFont(font)
        for pitch in range(max(LOWEST, math.floor(low)), min(HIGHEST, math.ceil(high)) + 1):
            key = QRectF(box.left(), box.top() + (high - pitch - 0.5) * row, box.width(), row)
            if pitch % 12 in BLACK:
                painter.fillRect(QRectF(box.left(), key.top(), black_width, row).intersected(box), QColor(dark))
                continue
            if pitch % 12 in (0, 5) and box.top() < key.bottom() < box.bottom():
                painter.setPen(pen("#9aa3ad", 1))
                painter.drawLine(QLineF(box.left(), key.bottom(), right, key.bottom()))
            if pitch % 12 == 0 or row >= 13:
                painter.setPen(QColor("#1b2027"))
                label = QRectF(box.left(), key.center().y() - 8, box.width() - 5, 16)
                if box.top() <= key.center().y() <= box.bottom():
                    painter.drawText(
                        label, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, pitch_name(pitch)
                    )
