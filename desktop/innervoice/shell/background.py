"""One worker thread that reads and writes studies, so that the main thread never waits.

A `Background` runs one function after the other. The window has two: one for what a click waits for, one for long
imports and exports. A function gets a `Desk`, where it finds its study and says how far it is.
"""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal, Slot

STOP_MILLISECONDS = 10_000
CANCELLED = "cancelled"
"""The sentence of a task that was cancelled."""


@dataclass
class Task:
    """A function on its way through the worker thread."""

    function: Callable[[Desk], Any]
    done: Callable[[Any], None] | None
    failed: Callable[[str, str], None] | None
    progress: Callable[[int, int, str], None] | None
    stop: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Ask the function to end where it next looks."""
        self.stop.set()


class Desk:
    """What a task finds in the worker thread: open studies (a connection belongs to one thread) and progress."""

    def __init__(self, studies: dict[Path, Any], task: Task, tell: Callable[[int, int, str], None]) -> None:
        self._studies = studies
        self._task = task
        self._tell = tell

    def study(self, path: Path) -> Any:
        """Return the study at `path`, opened once in this thread."""
        from innervoice.study.document import Study

        if path not in self._studies:
            for old in self._studies.values():
                old.close()
            self._studies.clear()
            self._studies[path] = Study.open(path, create=True)
        return self._studies[path]

    @property
    def cancelled(self) -> threading.Event:
        """Return the event that is set when the user cancels the task or the window closes."""
        return self._task.stop

    def tell(self, done: int, total: int, text: str = "") -> None:
        """Say how far the task is."""
        self._tell(done, total, text)


class _Worker(QObject):
    """Lives in the worker thread."""

    settled = Signal(object, object, str, str)
    reported = Signal(object, int, int, str)

    def __init__(self) -> None:
        super().__init__()
        self._studies: dict[Path, Any] = {}

    @Slot(object)
    def work(self, task: Task) -> None:
        if task.stop.is_set():
            self.settled.emit(task, None, CANCELLED, "")
            return
        try:
            desk = Desk(self._studies, task, lambda done, total, text: self.reported.emit(task, done, total, text))
            result = task.function(desk)
        except Exception as error:  # noqa: BLE001  whatever it is, the user must hear of it and the thread must live
            cancelled = bool(getattr(error, "cancelled", False))
            sentence = CANCELLED if cancelled else str(error) or type(error).__name__
            self.settled.emit(task, None, sentence, "" if cancelled else traceback.format_exc())
        else:
            self.settled.emit(task, result, "", "")

    @Slot()
    def close_studies(self) -> None:
        for study in self._studies.values():
            study.close()
        self._studies.clear()
        # Only now: a quit from the main thread would overtake the queued call of this slot.
        QThread.currentThread().quit()


class Background(QObject):
    """A worker thread with a queue; results come back on the thread that owns this object."""

    _asked = Signal(object)
    _closing = Signal()

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = QThread()
        self._thread.setObjectName(name)
        self._worker = _Worker()
        self._worker.moveToThread(self._thread)
        self._asked.connect(self._worker.work)
        self._closing.connect(self._worker.close_studies)
        self._worker.settled.connect(self._settle)
        self._worker.reported.connect(self._report)
        self._pending: list[Task] = []
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether a task waits or runs."""
        return bool(self._pending)

    def ask(
        self,
        function: Callable[[Desk], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[str, str], None] | None = None,
        progress: Callable[[int, int, str], None] | None = None,
    ) -> Task:
        """Queue `function`; `done(result)` or `failed(sentence, traceback)` follows, never both.

        A cancelled task fails with the sentence ``cancelled``.
        """
        task = Task(function, done, failed, progress)
        self._pending.append(task)
        self._asked.emit(task)
        return task

    def stop(self) -> bool:
        """Cancel what is queued, close the studies and end the thread; return whether it ended in time."""
        for task in self._pending:
            task.done = task.failed = task.progress = None
            task.cancel()
        self._closing.emit()
        return self._thread.wait(STOP_MILLISECONDS)

    @Slot(object, object, str, str)
    def _settle(self, task: Task, result: object, sentence: str, trace: str) -> None:
        if task in self._pending:
            self._pending.remove(task)
        if sentence:
            if task.failed is not None:
                task.failed(sentence, trace)
        elif task.done is not None:
            task.done(result)

    @Slot(object, int, int, str)
    def _report(self, task: Task, done: int, total: int, text: str) -> None:
        if task.progress is not None and not task.stop.is_set():
            task.progress(done, total, text)
