"""Work that can wait is done a piece a turn, by all who have some together."""

from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot

from innervoice.shell.turns import InTurn

pytestmark = pytest.mark.usefixtures("qapp")


class Looks(QObject):
    """Writes down that the loop has looked around: an event that was posted to it has come."""

    def __init__(self, done: list[str]) -> None:
        super().__init__()
        self._done = done

    def customEvent(self, _event: QEvent) -> None:
        self._done.append("look")


class Worker(QObject):
    """Has some pieces of work and writes down when each was done; it may post an event after each."""

    def __init__(self, name: str, pieces: int, done: list[str], looks: Looks | None = None) -> None:
        super().__init__()
        self.name, self.left, self._done, self._looks = name, pieces, done, looks
        self.turn = InTurn(self._next, self)

    def _next(self) -> None:
        self._done.append(self.name)
        if self._looks is not None:
            QCoreApplication.postEvent(self._looks, QEvent(QEvent.Type.User))
        self.left -= 1
        if self.left:
            self.turn.ask()


def test_no_two_pieces_are_done_before_the_loop_has_looked_around(qtbot: QtBot) -> None:
    done: list[str] = []
    looks = Looks(done)
    workers = [Worker(name, 3, done, looks) for name in "abc"]
    for worker in workers:
        worker.turn.ask()
        worker.turn.ask()  # asked twice, done once
    qtbot.waitUntil(lambda: len(done) == 18)
    assert done == ["a", "look", "b", "look", "c", "look"] * 3, "each in turn"


def test_who_is_looked_at_goes_first(qtbot: QtBot) -> None:
    done: list[str] = []
    first, second, third = (Worker(name, 1, done) for name in "abc")
    first.turn.ask()
    second.turn.ask()
    third.turn.ask_first()
    second.turn.ask_first()
    qtbot.waitUntil(lambda: len(done) == 3)
    assert done == ["b", "c", "a"]


def test_the_work_of_one_that_is_gone_is_not_done(qtbot: QtBot) -> None:
    done: list[str] = []
    gone, other = Worker("gone", 1, done), Worker("other", 1, done)
    gone.turn.ask()
    other.turn.ask()
    gone.deleteLater()
    QCoreApplication.sendPostedEvents(gone, QEvent.Type.DeferredDelete.value)
    qtbot.waitUntil(lambda: done == ["other"])


def test_an_error_in_one_piece_leaves_the_others_their_turn(qtbot: QtBot) -> None:
    done: list[str] = []

    def fail() -> Any:
        raise ValueError("a piece that fails")

    holder = QObject()
    broken, other = InTurn(fail, holder), Worker("other", 1, done)
    with qtbot.captureExceptions() as caught:
        broken.ask()
        other.turn.ask()
        qtbot.waitUntil(lambda: done == ["other"])
    assert len(caught) == 1
