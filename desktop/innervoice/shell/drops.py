"""Files can be dropped anywhere: on panels, pictures and fields of text alike.

A field of text would take a dropped file for text, a picture would refuse it. So the drop is taken where it reaches
the window, before any widget sees it; text that is dragged goes on to the field below.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from innervoice.shell.notifications import Notifications
from innervoice.shell.words import said


class Drops(QObject):
    """Takes files that are dropped on the windows it watches.

    Parameters
    ----------
    take : callable
        Gets the paths of what was dropped.
    """

    def __init__(self, take: Callable[[Sequence[Path]], None], notifications: Notifications, parent: QObject) -> None:
        super().__init__(parent)
        self._take = take
        self._notifications = notifications

    def watch(self, window: QWidget) -> None:
        """Take drops on a window that is shown, also a panel that floats, a result and a dialog; twice does no harm."""
        if window.isWindow():
            window.winId()  # a panel that begins to float has no place on the screen yet
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Accept what brings files, and take them when they are let go."""
        if isinstance(event, QDropEvent) and event.mimeData().hasUrls():
            event.setDropAction(Qt.DropAction.CopyAction)  # a file manager that offers a move must not lose the file
            event.accept()
            if not isinstance(event, QDragMoveEvent):
                self._dropped(event.mimeData())
            return True
        return False

    def _dropped(self, data: QMimeData) -> None:
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            self._take(paths)
        else:
            name = data.urls()[0].toDisplayString()
            self._notifications.error(
                said("{name} is no file of this computer; save it first, then drop the file.").format(name=name)
            )
