"""Keyboard and rows of a roll of several voices: keys for the tones, below them a named row for each drum."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from innervoice.music.voice_rows import VoiceRows
from innervoice.shell.plots.roll_ground import KeyGutter, RollGround
from innervoice.shell.theme import Theme

WITH_DRUMS, WITHOUT_DRUMS = 112, 52
"""Pixels of the gutter: a drum's name needs more room than a key's."""


class VoiceGround(RollGround):
    """Rows and lines behind the notes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.rows = VoiceRows()

    def set_rows(self, rows: VoiceRows) -> None:
        """Stand behind other rows."""
        self.prepareGeometryChange()
        self.rows = rows
        self.low, self.high = math.floor(rows.bottom + 0.5), math.floor(rows.top)
        self.update()

    def striped(self, row: int) -> bool:
        """Whether a row is one of the darker ones: a black key, or every other drum."""
        if self.rows.keys and row >= self.rows.low:
            return super().striped(row)
        return (self.rows.drum_at(row) or 0) % 2 == 1

    def octaves(self) -> range:
        """Return the rows that have a line below them: the Cs of the keys that are there."""
        first = math.ceil(self.rows.low / 12) * 12
        return range(first, self.rows.high + 1, 12)


class VoiceGutter(KeyGutter):
    """The keyboard, and the names of the drums below it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.rows = VoiceRows()

    def set_rows(self, rows: VoiceRows) -> None:
        """Name other rows."""
        if rows != self.rows:
            self.rows = rows
            self.setWidth(WITH_DRUMS if rows.drums or not rows.keys else WITHOUT_DRUMS)
            self.picture = None
            self.update()

    def paint(self, painter: QPainter, option: Any, widget: Any = None) -> None:
        box = self.mapRectFromParent(self.geometry())
        low, high = self.range
        height = box.height() / max(high - low, 1e-6)
        edge = self.rows.low - 0.5 if self.rows.keys else self.rows.top
        border = box.top() + (high - edge) * height
        if self.rows.keys:
            super().paint(painter, option, widget)
        below = QRectF(box.left(), max(box.top(), border), box.width(), box.bottom() - max(box.top(), border))
        painter.fillRect(below.intersected(box), QColor(self.theme.colours.surface))
        font = painter.font()
        font.setPixelSize(int(max(9.0, min(11.0, height * self.rows.drum_height - 1))))
        painter.setFont(font)
        painter.setPen(QColor(self.theme.colours.muted))
        for row, name in self.rows.drum_rows():
            middle = box.top() + (high - row) * height
            if box.top() <= middle <= box.bottom():
                _write(painter, box, middle, name)


def _write(painter: QPainter, box: QRectF, middle: float, name: str) -> None:
    place = QRectF(box.left() + 2, middle - 8, box.width() - 7, 16)
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, name)
