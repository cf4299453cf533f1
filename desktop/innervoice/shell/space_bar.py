"""The space bar plays, except where the focused widget wants it: a button is pressed, a box of choices opens."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget


class SpaceBar(QObject):
    """Listens to the space bar of a window; fields of text keep it for themselves.

    Parameters
    ----------
    play : callable
        What the bare space bar does.
    """

    def __init__(self, window: QWidget, play: Callable[[], None]) -> None:
        super().__init__(window)
        self._play = play
        self._shortcut = QShortcut(QKeySequence(Qt.Key.Key_Space), window)
        self._shortcut.activated.connect(self.press)

    def press(self) -> None:
        """Press what has the focus, or play."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QAbstractButton):
            focused.click()
        elif isinstance(focused, QComboBox):
            focused.showPopup()
        else:
            self._play()
