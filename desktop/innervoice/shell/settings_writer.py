"""Writes settings from a thread of its own: a disk that is busy holds an fsync for hundreds of milliseconds."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QSettings

COLLECTING_SECONDS = 0.5
"""So long changes are gathered before they are written together."""

_log = logging.getLogger(__name__)


class SettingsWriter:
    """Takes changes from the main thread and writes them to the INI file; its thread lives while there are some.

    Only what was changed is written, into the file as it is by then: two windows do not take each other's settings
    back. The thread is no daemon: what was put before the program ends is written.

    Parameters
    ----------
    path : Path
        The INI file; made on the first write.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._changes: dict[str, str | QByteArray | None] = {}
        self._lock = threading.Lock()
        self._hurry = threading.Event()
        self._thread: threading.Thread | None = None

    def put(self, key: str, value: str | QByteArray | None) -> None:
        """Have a value written soon, or with None the key removed."""
        with self._lock:
            self._changes[key] = value
            if self._thread is None:
                self._hurry.clear()
                self._thread = threading.Thread(target=self._work, name="settings")
                self._thread.start()

    def flush(self) -> None:
        """Return once all that was put is written."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            self._hurry.set()
            thread.join()

    def _work(self) -> None:
        while True:
            self._hurry.wait(COLLECTING_SECONDS)
            with self._lock:
                changes, self._changes = self._changes, {}
                if not changes:
                    self._thread = None
                    return
            self._write(changes)

    def _write(self, changes: dict[str, str | QByteArray | None]) -> None:
        store = QSettings(str(self._path), QSettings.Format.IniFormat)
        for key, value in changes.items():
            if value is None:
                store.remove(key)
            else:
                store.setValue(key, value)
        # Not `sync`: that keeps the interpreter to itself while it writes, and the window would wait after all.
        QCoreApplication.sendPostedEvents(store, QEvent.Type.UpdateRequest.value)
        if store.status() != QSettings.Status.NoError:
            _log.warning("The settings cannot be written to %s; make it writable or delete it.", self._path)
