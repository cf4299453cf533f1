"""Runs one after the other: the engine computes one, the others wait their turn and can be taken out."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from innervoice.shell.engine_bridge import EngineBridge
from innervoice.shell.jobs import Job, Jobs


@dataclass(frozen=True)
class Order:
    """One run that was asked for.

    Attributes
    ----------
    clips : mapping
        Which clips it is about, as the engine's verb ``run`` takes it; empty for the whole study.
    plugin : str
        The plugin that brought the analysis, so that it is named when it takes the engine along.
    """

    study: Path
    model: str
    analysis: str
    title: str
    parameters: Mapping[str, Any]
    seed: int
    clips: Mapping[str, Any] = field(default_factory=dict)
    plugin: str = ""

    @property
    def head(self) -> dict[str, Any]:
        """Return the request."""
        return {
            "study": str(self.study),
            "analysis": self.analysis,
            "model": self.model,
            "parameters": dict(self.parameters),
            "seed": self.seed,
            "clips": dict(self.clips),
            "plugin": self.plugin,
        }


class RunQueue(QObject):
    """Hands orders to the engine, one at a time, in the order in which they came.

    Signals
    -------
    begun
        The engine has written a run down.
    done : object, int
        An order, and the id of its run.
    failed : object, object
        An order, and the error.
    cancelled : object
        An order.
    """

    begun = Signal()
    done = Signal(object, int)
    failed = Signal(object, object)
    cancelled = Signal(object)

    def __init__(self, bridge: EngineBridge, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._jobs = jobs
        self._waiting: deque[tuple[Order, Job]] = deque()
        self._job: Job | None = None
        bridge.state_changed.connect(self._next)

    @property
    def waiting(self) -> int:
        """Return how many runs wait for their turn."""
        return len(self._waiting)

    def add(self, order: Order) -> Job:
        """Put an order at the end; it begins at once when nothing else runs."""
        job = self._jobs.add(order.title, lambda: self._take_out(job), loses_work=True)
        job.waiting = True
        self._waiting.append((order, job))
        self._next()
        return job

    def _take_out(self, job: Job) -> None:
        """Cancel an order that waits; the engine has never heard of it."""
        for entry in self._waiting:
            if entry[1] is job:
                self._waiting.remove(entry)
                job.end()
                self.cancelled.emit(entry[0])
                return

    def _next(self, *_: object) -> None:
        if self._job is not None or not self._waiting or not self._bridge.ready:
            return
        order, job = self._waiting.popleft()
        self._job = job
        number = self._bridge.request(
            "run",
            order.head,
            done=lambda answer, _body: self._end(job, lambda: self.done.emit(order, int(answer["run"]))),
            failed=lambda error: self._end(job, lambda: self._fail(order, job, error)),
            progress=lambda step: self._tell(job, step),
        )
        job.begin(lambda: self._bridge.cancel(number))

    def _tell(self, job: Job, step: Any) -> None:
        if not job.total:
            self.begun.emit()
        job.tell(step.done, step.total, step.text, step.seconds_left)

    def _end(self, job: Job, tell: Callable[[], None]) -> None:
        job.end()
        self._job = None
        tell()
        self._next()

    def _fail(self, order: Order, job: Job, error: Exception) -> None:
        if job.cancelling or bool(getattr(error, "cancelled", False)):
            self.cancelled.emit(order)
        else:
            self.failed.emit(order, error)
