"""The likeliest next events, as bars with names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from innervoice.shell.theme import Theme
from innervoice.shell.words import said

SHOWN = 8
ROW = 20  # pixels
NAME = 0.52
"""Share of the width that the names take."""


class NextEvents(QWidget):
    """Draws up to eight events with their probability."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.likely: tuple[Mapping[str, Any], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(said("Likeliest next events"))

    def sizeHint(self) -> QSize:
        return QSize(240, SHOWN * ROW)

    def show_events(self, likely: Sequence[Mapping[str, Any]]) -> None:
        """Show other events, the likeliest first: mappings with name and probability."""
        self.likely = tuple(likely[:SHOWN])
        told = ", ".join(f"{one['name']} {one['probability']:.0%}" for one in self.likely)
        self.setAccessibleDescription(told)
        self.setToolTip(told)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self.theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours, wide = self.theme.colours, float(self.width())
        for row, one in enumerate(self.likely):
            share, top = float(one["probability"]), row * ROW
            painter.setPen(QColor(colours.text))
            name = QRectF(8, top, wide * NAME - 12, ROW)
            painter.drawText(name, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(one["name"]))
            room = wide * (1 - NAME) - 52
            bar = QRectF(wide * NAME, top + 4, max(1.0, room * share), ROW - 8)
            painter.fillRect(bar, QColor(colours.accent))
            painter.setPen(QColor(colours.muted))
            number = QRectF(bar.right() + 4, top, 48, ROW)
            painter.drawText(number, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, f"{share:.1%}")
