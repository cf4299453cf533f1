"""Escape ends a sweep; while there is none, it means whatever the focused widget makes of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from innervoice.shell.sweeping import Sweep


class EscapeKey(QObject):
    """Listens to Escape in a window as long as a sweep is on its way."""

    def __init__(self, window: QWidget, sweep: Sweep) -> None:
        super().__init__(window)
        shortcut = QShortcut(QKeySequence(Qt.Key.Key_Escape), window)
        shortcut.setEnabled(False)
        shortcut.activated.connect(sweep.stop)
        sweep.changed.connect(lambda: shortcut.setEnabled(sweep.running))
