"""What the window has to say: one line each, with details for who asks.

Any thread may post; receivers get the notices on the main thread. Repeats are merged, so that a storm of the same
message costs one line. The notices also go to the log.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal, Slot

Level = Literal["info", "warning", "error"]
MERGE_SECONDS = 10.0
KEPT = 200
_LOG_LEVELS: dict[Level, int] = {"info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
logger = logging.getLogger("innervoice.shell")


@dataclass(frozen=True)
class Notice:
    """One message.

    Attributes
    ----------
    level : str
        ``info``, ``warning`` or ``error``.
    text : str
        One sentence that names the thing and the remedy.
    details : str
        What an expert wants to copy: a traceback, a list of files.
    number : int
        Identifies the notice; a repeat keeps the number.
    times : int
        How often it was said.
    when : float
        Seconds of ``time.monotonic`` at the last time.
    """

    level: Level
    text: str
    details: str = ""
    number: int = 0
    times: int = 1
    when: float = 0.0


class Notifications(QObject):
    """Collects notices and hands each one to the main thread by ``posted``."""

    posted = Signal(object)
    _came = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kept: list[Notice] = []
        self._numbers = 0
        # A queued connection also on the main thread: a notice posted inside a slot never re-enters a panel.
        self._came.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def info(self, text: str, details: str = "") -> None:
        """Say that something was done."""
        self._came.emit(Notice("info", text, details))

    def warning(self, text: str, details: str = "") -> None:
        """Say that something was left out."""
        self._came.emit(Notice("warning", text, details))

    def error(self, text: str, details: str = "") -> None:
        """Say that something could not be done."""
        self._came.emit(Notice("error", text, details))

    def failed(self, error: Exception) -> None:
        """Say what the engine answered to a request that could not be done, with its details."""
        self.error(str(error), str(getattr(error, "detail", "")))

    @Slot(object)
    def _take(self, notice: Notice) -> None:
        logger.log(_LOG_LEVELS[notice.level], "%s%s", notice.text, f"\n{notice.details}" if notice.details else "")
        now = time.monotonic()
        for index, old in enumerate(self.kept):
            if (old.level, old.text) == (notice.level, notice.text) and now - old.when < MERGE_SECONDS:
                self.kept[index] = replace(old, times=old.times + 1, when=now, details=notice.details)
                self.posted.emit(self.kept[index])
                return
        self._numbers += 1
        self.kept.append(replace(notice, number=self._numbers, when=now))
        del self.kept[:-KEPT]
        self.posted.emit(self.kept[-1])
