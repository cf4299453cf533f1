"""Do it once, in the loop's next round: many signals of one change cost one redraw, and redraws do not pile up."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Later(QObject):
    """Calls a function in the next round of the event loop, however often it was asked to until then.

    Parameters
    ----------
    call : callable
        What is to be done.
    parent : QObject
        Whose life it shares.
    milliseconds : int
        How long it waits, for what need not be done more often.
    """

    def __init__(self, call: Callable[[], None], parent: QObject, milliseconds: int = 0) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(milliseconds)
        self._timer.timeout.connect(call)

    def ask(self, *_: object) -> None:
        """Ask for the call; any signal may be connected to this."""
        if not self._timer.isActive():
            self._timer.start()
