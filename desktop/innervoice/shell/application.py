"""Start, run and end the window."""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy.ma  # noqa: F401  NumPy imports it at the first quantile: that must not be while the window is in use
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QSocketNotifier
from PySide6.QtWidgets import QApplication

from innervoice.shell import accessibility
from innervoice.shell.collecting import Collector
from innervoice.shell.crash import CrashGuard, end_log, start_log
from innervoice.shell.places import crash_note, home, log_file, settings_file
from innervoice.shell.plots.panel import close_plots
from innervoice.shell.settings import Settings
from innervoice.shell.window import Window
from innervoice.shell.words import load_translation, said
from innervoice.shell.workspace import Workspace

STARTED = "INNERVOICE_STARTED"
NO_STEPS = "INNERVOICE_NO_FIRST_STEPS"
"""Set for scripts and tests: then a first start shows no first steps."""
SWITCH_SECONDS = 0.0001
"""So long the window waits for the interpreter, each time a call of Qt's gave it up, while a thread reads or writes a
study in pure Python (default 0.005: twenty such calls would be 100 ms)."""


def main(study: str | None = None, files: Sequence[str] = (), engine: Sequence[str] | None = None) -> int:
    """Open the window on a study and run until it is closed.

    Parameters
    ----------
    study : str or None
        A study's path; None opens the last study or the user's scratch study.
    files : sequence of str
        What is opened in it: scores, folders, a checkpoint.
    engine : sequence of str, optional
        Another program to run as the engine, for tests.

    Returns
    -------
    int
        The exit status: 0 after an orderly end, 1 when the user's data folder cannot be used.
    """
    try:
        folder = home()
        handler = start_log(log_file())
    except OSError as error:
        print(f"innervoice: the data folder cannot be used ({error}); set INNERVOICE_HOME to another.", file=sys.stderr)
        return 1
    app = make_application()
    guard = CrashGuard(crash_note())
    note = guard.take_note()
    load_translation(app)
    workspace = make_workspace(Settings(settings_file()), engine)
    window = Window(workspace)
    guard.arm(workspace.notifications)
    quitter = _QuitOnSignal(window)
    window.closed.connect(app.quit)
    window.show()
    workspace.start(_absolute(study) if study else None, [_absolute(file) for file in files])
    _greet(window, note, folder)
    status = _loop(app)
    quitter.close()
    tear_down(window, workspace)
    guard.disarm()
    end_log(handler)
    return status


def _greet(window: Window, note: str, folder: Path) -> None:
    """Say what happened last time, show the first steps once, and tell a script that the window is there."""
    if note:
        window.workspace.notifications.warning(
            said("Innervoice ended unexpectedly last time; nothing in the study is lost."), note
        )
    if not os.environ.get(NO_STEPS):
        window.first_steps.show_once()
    if os.environ.get(STARTED):
        print(f"innervoice: started in {folder}", file=sys.stderr)


def _absolute(path: str) -> Path:
    return Path(path).expanduser().absolute()


def _loop(app: QApplication) -> int:
    collector = Collector(app)
    try:
        return int(app.exec())
    finally:
        collector.stop()


def make_application() -> QApplication:
    """Return the application object, made once a process."""
    sys.setswitchinterval(SWITCH_SECONDS)
    # Qt's file dialog would write its sizes when it goes, in the main thread, with an fsync; `Settings` keep them here.
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
    found = QApplication.instance()
    if isinstance(found, QApplication):
        accessibility.install()
        return found
    QCoreApplication.setApplicationName("Innervoice")
    QCoreApplication.setOrganizationName("Innervoice")
    app = QApplication(["innervoice"])
    accessibility.install()
    app.setDesktopFileName("innervoice")
    app.setQuitOnLastWindowClosed(False)
    return app


def make_workspace(settings: Settings, engine: Sequence[str] | None = None) -> Workspace:
    """Return the workspace with the real player and the real engine, or another program as the engine."""
    from innervoice.audio.player import Player
    from innervoice.engine.client import EngineClient

    make_client = EngineClient if engine is None else partial(EngineClient, command=tuple(engine))
    return Workspace(settings, make_client, lambda changed: Player(changed=changed))


def tear_down(window: Window, workspace: Workspace) -> None:
    """Take window, threads and engine apart in order; a scene left to the interpreter's exit would crash it."""
    window.hide()
    workspace.stop()
    close_plots(window)
    window.deleteLater()
    workspace.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QCoreApplication.processEvents()
    # Here, on the main thread: later it could be done on another, where nothing of Qt's may die.
    gc.collect()
    gc.collect()


class _QuitOnSignal:
    """Closes the window on SIGINT and SIGTERM: Qt's loop hears of a signal through a socket."""

    def __init__(self, window: Window) -> None:
        self._near, self._far = socket.socketpair()
        self._near.setblocking(False)
        self._far.setblocking(False)
        self._old_descriptor = signal.set_wakeup_fd(self._far.fileno())
        self._old: dict[int, Any] = {
            number: signal.signal(number, lambda _number, _frame: None) for number in (signal.SIGINT, signal.SIGTERM)
        }
        self._notifier = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._heard)
        self._window = window

    def _heard(self) -> None:
        self._near.recv(64)
        self._window.close()

    def close(self) -> None:
        """Back to the signals' old ways."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._old_descriptor)
        for number, old in self._old.items():
            signal.signal(number, old)
        self._near.close()
        self._far.close()
