"""What happens when something goes wrong in the window itself: a notice, the log, and a note for the next start."""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from innervoice.shell.notifications import Notifications
from innervoice.shell.words import said

LOG_BYTES = 1_000_000
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class CrashGuard:
    """Catches what nobody caught.

    Parameters
    ----------
    note : Path
        Where the interpreter writes the stacks when the process dies of a signal.
    """

    def __init__(self, note: Path) -> None:
        self._note = note
        self._stream: TextIO | None = None
        self._notifications: Notifications | None = None

    def take_note(self) -> str:
        """Return what the last crash left, and put it aside; empty when there was none."""
        if not self._note.exists() or not self._note.stat().st_size:
            return ""
        text = self._note.read_text(encoding="utf-8", errors="replace")
        self._note.replace(self._note.with_suffix(".previous.txt"))
        return text

    def arm(self, notifications: Notifications) -> None:
        """From now on show what nobody caught, and write the note when the process dies."""
        self._notifications = notifications
        self._stream = self._note.open("w", encoding="utf-8")
        faulthandler.enable(self._stream)
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread

    def disarm(self) -> None:
        """Back to the interpreter's own ways; the empty note goes."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        self._notifications = None
        if self._stream is not None:
            faulthandler.disable()
            self._stream.close()
            self._stream = None
            self._note.unlink(missing_ok=True)

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        print(details, file=sys.stderr, end="")
        if self._notifications is not None:
            self._notifications.error(
                said("Something went wrong inside Innervoice: {error}").format(error=str(error) or kind.__name__),
                details,
            )

    def _caught_in_thread(self, what: threading.ExceptHookArgs) -> None:
        if what.exc_value is not None:
            self._caught(what.exc_type, what.exc_value, what.exc_traceback)


def start_log(path: Path) -> logging.Handler:
    """Write our log records, and Qt's messages, to a file of at most 1 MB and its predecessor."""
    handler = logging.handlers.RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger("innervoice")
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    qInstallMessageHandler(_qt_message)
    return handler


def end_log(handler: logging.Handler) -> None:
    """Close the log file."""
    qInstallMessageHandler(None)
    logging.getLogger("innervoice").removeHandler(handler)
    handler.close()


def _qt_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    logging.getLogger("innervoice.qt").log(_LEVELS.get(kind, logging.WARNING), "%s", text)
    if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
        # Qt's warnings are mistakes of ours: they stay visible where a test looks for them.
        print(f"Qt: {text}", file=sys.stderr)
