"""What our own widgets are to a screen reader: Qt knows its own kinds, and takes a drawing for a mere area."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

Role = QAccessible.Role
ROLES = {
    "GraphicsLayoutWidget": Role.Chart,
    "RollTile": Role.Graphic,
    "AttentionSquare": Role.Graphic,
    "PieceView": Role.Graphic,
    "SquarePad": Role.Graphic,
    "DensityCurve": Role.Chart,
    "ValueBars": Role.Chart,
    "BitsByRank": Role.Chart,
    "SweepRow": Role.List,
    "RunFactsPage": Role.Document,
    "QScrollArea": Role.Pane,
    "QKeySequenceEdit": Role.HotkeyField,
    "CoachMark": Role.HelpBalloon,
    "NoticeLine": Role.Notification,
}
"""Roles by the name of the class."""


def install() -> None:
    """Tell Qt; once a process, after Qt has installed its own answers, since the last installed is asked first."""
    if not _installed:
        QAccessible.installFactory(_interface)
        _installed.append(True)


_installed: list[bool] = []


def _interface(key: str, thing: QObject) -> QAccessibleInterface | None:
    if key in ROLES and isinstance(thing, QWidget):
        return QAccessibleWidget(thing, ROLES[key], "")
    return None
