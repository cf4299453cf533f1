"""The one thread that owns the framework, the models and the device.

Whatever needs a model is a short task here. Interactive tasks (a slider) go before batches, batches before idle
ones, and within a priority the first comes first. A slider's task that a newer one of the same stream has overtaken
is dropped, never run.
"""

import heapq
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, TypeVar

T = TypeVar("T")


class Priority(IntEnum):
    """Who goes first when the thread is free."""

    INTERACTIVE = 0
    BATCH = 1
    IDLE = 2


class StaleError(Exception):
    """A newer task of the same stream has taken the place of this one."""


@dataclass(order=True)
class _Task:
    priority: Priority
    place: int
    function: Callable[[], Any] = field(compare=False)
    future: "Future[Any]" = field(compare=False)
    stream: str | None = field(compare=False)


class ModelThread:
    """Runs functions one after another on a thread of its own, which lives until `close`."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._tasks: list[_Task] = []
        self._place = 0
        self._newest: dict[str, int] = {}
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="innervoice-model", daemon=True)
        self._thread.start()

    def submit(
        self,
        function: Callable[[], T],
        priority: Priority = Priority.BATCH,
        stream: str | None = None,
        number: int | None = None,
    ) -> "Future[T]":
        """Queue a function.

        Parameters
        ----------
        function : callable
            Short, about 40 ms, since nothing can come in between.
        priority : Priority
        stream : str, optional
            Of all waiting tasks of one stream only the newest is run; the futures of the others raise StaleError.
        number : int, optional
            Grows with every task of the stream and says which is the newest, since callers on several threads can
            overtake each other; None takes the order of the calls.

        Raises
        ------
        RuntimeError
            After `close`.
        """
        future: Future[T] = Future()
        with self._changed:
            if self._closed:
                raise RuntimeError("the model thread has been closed")
            if stream is not None:
                if number is not None and number < self._newest.get(stream, number):
                    future.set_exception(StaleError())
                    return future
                if number is not None:
                    self._newest[stream] = number
                self._drop(stream)
            self._place += 1
            heapq.heappush(self._tasks, _Task(priority, self._place, function, future, stream))
            self._changed.notify()
        return future

    def close(self) -> None:
        """Take no more tasks and cancel the waiting ones; the one that runs is not waited for."""
        with self._changed:
            self._closed = True
            for task in self._tasks:
                task.future.cancel()
            self._tasks.clear()
            self._changed.notify()

    def _drop(self, stream: str) -> None:
        stale = [task for task in self._tasks if task.stream == stream]
        self._tasks = [task for task in self._tasks if task.stream != stream]
        heapq.heapify(self._tasks)
        for task in stale:
            if task.future.set_running_or_notify_cancel():
                task.future.set_exception(StaleError())

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._tasks)
                if self._closed:
                    return
                task = heapq.heappop(self._tasks)
            if task.future.set_running_or_notify_cancel():
                _run(task)
            del task  # its arrays must not live until the next one comes


def _run(task: _Task) -> None:
    try:
        task.future.set_result(task.function())
    except Exception as error:  # noqa: BLE001 - it belongs to whoever waits for the future
        task.future.set_exception(error)
