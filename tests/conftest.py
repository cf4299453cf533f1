"""What every test lives under: its own settings, no network, no warning of ours, nothing left running.

The watches are fixtures that every test has without asking. What they fail is named, with the place it was started at.
"""

import logging
import os
import socket
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from hypothesis import settings

pytest_plugins = ["pytester"]

ROOT = Path(__file__).resolve().parents[1]

# Before the first import of Qt or of a framework: no window on the developer's screen, no chatter on standard error.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# Magenta, the reference, speaks Keras 2; `import keras` stays Keras 3 whatever this says.
os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")

# A machine under load must not fail a property test by time, and the same examples must come every time.
settings.register_profile("innervoice", deadline=None, derandomize=True, database=None)
settings.load_profile("innervoice")

# How long what a test started may take to end after the test: joins, deferred deletes, a child's exit.
GRACE_SECONDS = 3.0


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder with corpora and weights that the project is handed but does not contain; skips where it is absent."""
    folder = Path(os.environ.get("INNERVOICE_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the corpora and weights of the shared folder are not here (INNERVOICE_SHARED names it)")
    return folder


@pytest.fixture(autouse=True)
def own_places(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the test its own settings, data and cache folders: a developer's are never read or written."""
    places = tmp_path_factory.mktemp("places")
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(variable, str(places / variable.removeprefix("XDG_").lower()))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a socket reach this machine only; Innervoice uses no network at run time."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        local = self.family == socket.AF_UNIX or address[0] in {"127.0.0.1", "::1", "localhost"}
        if not local:
            pytest.fail(f"a test reached for the network: {address}")
        real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


class _Record(logging.Handler):
    """Keeps what our loggers say from WARNING upwards."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_warning_of_ours(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test in which Innervoice logged a warning that the test did not name (``@pytest.mark.expects_log``)."""
    record = _Record()
    loggers = [logging.getLogger("innervoice"), logging.getLogger("innervoice_plugins")]
    for logger in loggers:
        logger.addHandler(record)
    yield
    for logger in loggers:
        logger.removeHandler(record)
    expected = [text for mark in request.node.iter_markers("expects_log") for text in mark.args]
    surprises = [line for line in record.lines if not any(text in line for text in expected)]
    missing = [text for text in expected if not any(text in line for line in record.lines)]
    assert not surprises, "Innervoice logged what the test did not expect:\n" + "\n".join(surprises)
    assert not missing, f"the log never said {missing}"


@pytest.fixture(autouse=True)
def no_dangling_thread() -> Iterator[None]:
    """Fail a test that leaves a Python thread running."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + GRACE_SECONDS
    while left := [t for t in threading.enumerate() if t not in before]:
        if time.monotonic() > deadline:
            pytest.fail(f"left running: {', '.join(f'{t.name} ({type(t).__name__})' for t in left)}")
        left[0].join(0.05)


Started = list[tuple[Any, str]]


def _remember(kind: type, started: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    """Note every ``start`` of a Qt class, with the place that called it."""
    real: Callable[..., None] = kind.start  # type: ignore[attr-defined]  # QTimer and QThread both have it

    def start(self: object, *args: object) -> None:
        frame = traceback.extract_stack(limit=2)[0]
        started.append((self, f"{kind.__name__} started at {frame.filename}:{frame.lineno}"))
        real(self, *args)

    monkeypatch.setattr(kind, "start", start)


def _running(started: Started) -> list[str]:
    """Places that started what still runs: a live QTimer that is active, a live QThread that is not finished."""
    from shiboken6 import isValid

    lively = (
        (thing, place)
        for thing, place in started
        if isValid(thing) and (thing.isActive() if hasattr(thing, "isActive") else thing.isRunning())
    )
    return [place for _, place in lively]


@pytest.fixture(autouse=True)
def no_dangling_qt(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test of the window that leaves a QTimer or a QThread running, or the thread pool at work."""
    if not {"qapp", "qtbot"} & set(request.fixturenames):
        yield
        return
    from PySide6.QtCore import QCoreApplication, QEvent, QThread, QThreadPool, QTimer

    started: Started = []
    with pytest.MonkeyPatch.context() as patch:
        _remember(QTimer, started, patch)
        _remember(QThread, started, patch)
        yield
    deadline = time.monotonic() + GRACE_SECONDS
    while True:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        left = _running(started)
        if pool := QThreadPool.globalInstance().activeThreadCount():
            left.append(f"the global QThreadPool, with {pool} threads at work")
        if not left:
            return
        if time.monotonic() > deadline:
            pytest.fail("left running: " + "; ".join(left))
        time.sleep(0.02)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the whole run when a child process of the tests outlives it: no engine may be left behind."""
    left = psutil.wait_procs(psutil.Process().children(recursive=True), timeout=GRACE_SECONDS)[1]
    for child in left:
        words = " ".join(child.cmdline()) if child.is_running() else "?"
        session.config.get_terminal_writer().line(f"\nleft behind by the tests: process {child.pid}: {words}", red=True)
        child.kill()
    if left and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
