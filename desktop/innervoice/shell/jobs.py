"""The jobs in hand: what the status bar shows, what Cancel cancels, what closing the window asks about."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from innervoice.shell.words import said

TELL_SECONDS = 0.25
ESTIMATE_SECONDS = 1.0
LONG_SECONDS = 3600


class Job(QObject):
    """One thing that takes time.

    Attributes
    ----------
    loses_work : bool
        Whether ending it throws something away (an analysis), or it goes on where it stopped (an encode).
    resumable : bool
        Whether it is long, and ended only when a person wants it, though it can be gone on with.
    waiting : bool
        Whether its turn has not come.
    """

    def __init__(self, jobs: Jobs, number: int, title: str, cancel: Callable[[], None], loses_work: bool) -> None:
        super().__init__(jobs)
        self._jobs = jobs
        self._cancel = cancel
        self.number = number
        self.title = title
        self.loses_work = loses_work
        self.resumable = False
        self.done = 0
        self.total = 0
        self.text = ""
        self.seconds_left: float | None = None
        self.cancelling = False
        self.waiting = False
        self._began = time.monotonic()
        self._told = 0.0

    def begin(self, cancel: Callable[[], None]) -> None:
        """Begin after waiting; it is cancelled in another way from now on."""
        self.waiting = False
        self._cancel = cancel
        self._began = time.monotonic()
        self._jobs.changed.emit()

    def tell(self, done: int, total: int, text: str = "", seconds_left: float | None = None) -> None:
        """Take the progress; listeners hear of it four times a second at most."""
        self.done, self.total, self.text = done, total, text
        now = time.monotonic()
        spent = now - self._began
        if seconds_left is None and done and total and spent > ESTIMATE_SECONDS:
            seconds_left = spent / done * (total - done)
        self.seconds_left = seconds_left
        if now - self._told >= TELL_SECONDS:
            self._told = now
            self._jobs.changed.emit()

    @property
    def time_left(self) -> str:
        """Return the estimate for people, empty while there is none."""
        if self.seconds_left is None:
            return ""
        if self.seconds_left < 60:
            return said("{seconds} s left").format(seconds=max(1, round(self.seconds_left)))
        if self.seconds_left >= LONG_SECONDS:
            hours, minutes = divmod(round(self.seconds_left / 60), 60)
            return said("{hours} h {minutes} min left").format(hours=hours, minutes=minutes)
        return said("{minutes} min left").format(minutes=round(self.seconds_left / 60))

    def cancel(self) -> None:
        """Ask it to stop; it ends by its own callback."""
        if not self.cancelling:
            self.cancelling = True
            self._jobs.changed.emit()
            self._cancel()

    def end(self) -> None:
        """Take it off the list."""
        self._jobs.remove(self)


class Jobs(QObject):
    """The list of jobs, oldest first."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = itertools.count(1)
        self.running: list[Job] = []

    def add(self, title: str, cancel: Callable[[], None], loses_work: bool, resumable: bool = False) -> Job:
        """Put a job on the list."""
        job = Job(self, next(self._numbers), title, cancel, loses_work)
        job.resumable = resumable
        self.running.append(job)
        self.changed.emit()
        return job

    def remove(self, job: Job) -> None:
        """Take a job off the list; a second time does nothing."""
        if job in self.running:
            self.running.remove(job)
            job.deleteLater()
            self.changed.emit()

    @property
    def worth_asking(self) -> list[Job]:
        """Return the jobs whose work would be lost."""
        return [job for job in self.running if job.loses_work]

    @property
    def ended_by_closing(self) -> list[Job]:
        """Return the jobs that nobody wants ended unasked: those whose work would be lost, and long ones."""
        return [job for job in self.running if job.loses_work or job.resumable]
