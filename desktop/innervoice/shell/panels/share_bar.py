"""A share as a thin bar, for the eye to compare."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

HEIGHT = 5


class ShareBar(QWidget):
    """A bar from 0 to 1, in the colours of the theme.

    Parameters
    ----------
    share : float
        From 0 to 1.
    own : bool
        Whether it is the model's own figure, in the accent, or one to compare it with.
    """

    def __init__(self, share: float, own: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.share, self.own = share, own
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(60)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        full = QRectF(self.rect())
        colours, role = self.palette(), QPalette.ColorRole
        painter.setBrush(colours.color(role.Midlight))
        painter.drawRoundedRect(full, HEIGHT / 2, HEIGHT / 2)
        painter.setBrush(colours.color(role.Accent if self.own else role.Dark))
        full.setWidth(full.width() * self.share)
        painter.drawRoundedRect(full, HEIGHT / 2, HEIGHT / 2)
        painter.end()
