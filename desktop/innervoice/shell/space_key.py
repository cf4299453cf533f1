"""The space bar plays, except where the focused widget needs it: buttons, boxes and lists of choices."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit


class SpaceKey(QObject):
    """An event filter of the application: it keeps a bare key from becoming a shortcut where it is wanted as a key."""

    @classmethod
    def install(cls, app: QApplication) -> None:
        """Watch the application's key presses."""
        app.installEventFilter(cls(app))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Accept the override of a bare key, so that it goes to the widget."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            space = event.key() == Qt.Key.Key_Space
            if space and plain and isinstance(watched, QAbstractButton | QComboBox):
                event.accept()
                return True
            if plain and event.text() and isinstance(watched, QLineEdit | QPlainTextEdit):
                event.accept()
                return True
        return False
