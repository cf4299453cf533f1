"""Work that can wait, one piece of it a turn of the event loop in the whole program.

A timer for each page would not do: Qt calls all that are due before it looks for a key or a click, and 30 ms on one
page are 200 ms on seven.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, QTimer

PAUSE_MILLISECONDS = 1
"""None at all would be Qt's word for a loop that is idle: while music plays it may not be for long."""


class InTurn(QObject):
    """Calls a function in a turn of its own, however often it was asked to until then.

    Parameters
    ----------
    call : callable
        Does one piece of work, and asks again where there is more.
    parent : QObject
        Whose life it shares.
    """

    def __init__(self, call: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._piece, self._line = _Piece(call), _Line.of_the_program()
        self.destroyed.connect(partial(self._line.leave, self._piece))

    def ask(self, *_: object) -> None:
        """Stand in line for the call; any signal may be connected to this."""
        self._line.join(self._piece)

    def ask_first(self, *_: object) -> None:
        """Stand at the head of the line: somebody is looking."""
        self._line.join(self._piece, first=True)


@dataclass(eq=False)
class _Piece:
    """What stands in line; plain, so that it can be told from others when its owner is gone."""

    call: Callable[[], None]


class _Line(QObject):
    """Those who have work, in the order in which they asked."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[_Piece] = deque()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MILLISECONDS)
        self._timer.timeout.connect(self._next)

    @staticmethod
    def of_the_program() -> _Line:
        """Return the one line there is."""
        program = QCoreApplication.instance()
        assert program is not None
        found = program.findChild(_Line)
        return found if isinstance(found, _Line) else _Line(program)

    def join(self, piece: _Piece, first: bool = False) -> None:
        """Let a piece wait, once; at the head of the line, or at its end."""
        if first and piece in self._waiting:
            self._waiting.remove(piece)
        if piece not in self._waiting:
            self._waiting.insert(0 if first else len(self._waiting), piece)
        if not self._timer.isActive():
            self._timer.start()

    def leave(self, piece: _Piece, *_: object) -> None:
        """Let a piece wait no longer: its owner is gone."""
        if piece in self._waiting:
            self._waiting.remove(piece)

    def _next(self) -> None:
        if not self._waiting:  # the last has left since; when the program ends, even after the timer
            return
        piece = self._waiting.popleft()
        if self._waiting:
            self._timer.start()  # before the call: an error in it must not hold up the others
        piece.call()
