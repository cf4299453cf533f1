"""How long the main thread is ever held in a session that gives every command, and what 200 analyses leave in memory.

Run by `make bench`, with the real engine and the shipped model. Every command is given, round after round, for ten
minutes (INNERVOICE_SESSION_SECONDS sets another length), after what a person does to make it possible (see
``_session_script.py``); dialogs are shown and closed again, and a round ends with what a person does then: windows are
put back and results that pile up are closed. Sound goes into a file. Then a study is opened, analysed
and its result closed 200 times (INNERVOICE_SESSION_CYCLES), and the memory of the window's process is read on the way.

A stall is told three times: as the clock saw it; less the time in which the main thread could have gone on, but other
processes had the processors (the engine, a training, whatever else runs on the machine); and as the processor time that
the main thread spent in it. What lies between the last two is waiting of its own: for a lock, for a file.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from _session_script import install_plugin, open_results, prepare, tidy

LOOK_MILLISECONDS = 5
PATIENCE_SECONDS = 300.0
SECONDS = float(os.environ.get("INNERVOICE_SESSION_SECONDS", "600"))
CYCLES = int(os.environ.get("INNERVOICE_SESSION_CYCLES", "200"))
SETTLED = 0.2
"""Share of the cycles after which everything that is loaded once has been loaded."""
LIMIT_MILLISECONDS, LIMIT_GROWTH = 100, 5
NOT_GIVEN = "file.quit"
"""What would end the session."""
LAST = "analyses.restart"
"""What has it wait for the framework: given once, at the end."""
SLOWEST_TOLD = 5
WAYS = ("ms by the clock", "ms less waiting for a processor", "ms of processor time")
SCHEDULED = Path("/proc/thread-self/schedstat")
"""Linux alone tells how long a thread has waited for a processor."""


def bench() -> dict[str, float]:
    """Longest stall in milliseconds, commands given, megabytes and percent of growth."""
    with tempfile.TemporaryDirectory() as home:
        out = Path(home) / "figures.json"
        plugins = Path(home) / "plugins"
        plugins.mkdir()
        install_plugin(plugins)
        environment = os.environ | {
            "INNERVOICE_HOME": home,
            "INNERVOICE_NO_FIRST_STEPS": "1",
            "PYTHONPATH": os.pathsep.join([str(plugins), *filter(None, [os.environ.get("PYTHONPATH")])]),
            "XDG_DATA_HOME": str(Path(home) / "data"),
            "QT_QPA_PLATFORM": "offscreen",
            "INNERVOICE_AUDIO_DRIVER": f"file:{Path(home) / 'heard.wav'}",
        }
        subprocess.run([sys.executable, __file__, str(out)], env=environment, check=True)
        figures: dict[str, float] = json.loads(out.read_text(encoding="utf-8"))
    for name, value in figures.items():
        print(f"session: {name} {value:.4g}")
    return figures


class Session:
    """A window that is given commands, with a clock on its main thread."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        from innervoice.shell.application import make_application, make_workspace
        from innervoice.shell.collecting import Collector
        from innervoice.shell.places import settings_file
        from innervoice.shell.settings import Settings
        from innervoice.shell.window import Window

        self.collector = Collector(make_application())  # as when the window runs
        self.work = make_workspace(Settings(settings_file()))
        self.window = Window(self.work)
        self.window.show()
        self.doing = "start"
        self.longest: dict[str, dict[str, float]] = {way: {} for way in WAYS}
        self._clocks = _clocks()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(LOOK_MILLISECONDS)

    def _tick(self) -> None:
        clocks = _clocks()
        clock, queued, spent = (now - last for now, last in zip(clocks, self._clocks, strict=True))
        for way, seconds in zip(WAYS, (clock, clock - queued, spent), strict=True):
            self.longest[way][self.doing] = max(self.longest[way].get(self.doing, 0.0), 1000 * seconds)
        self._clocks = clocks

    def live(self, seconds: float) -> None:
        """Let the window live for a while."""
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() >= end)

    def wait(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Let the window live until something holds, so long at most; say whether it does."""
        end = time.monotonic() + seconds
        self.until(lambda: condition() or time.monotonic() >= end)
        return condition()

    def until(self, condition: Callable[[], bool]) -> None:
        """Let the window live until something holds."""
        from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop

        deadline = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            # Without a running loop of its own nothing else carries these out.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            if time.monotonic() > deadline:
                raise TimeoutError(f"waited too long: {[notice.text for notice in self.work.notifications.kept]}")

    def give(self, name: str) -> bool:
        """Give a command, if it can be given now, and close what it opens to ask."""
        from PySide6.QtWidgets import QApplication, QDialog, QMenu

        action = self.window.commands.action(name)
        if not action.isEnabled():
            return False
        self.doing = name
        action.trigger()
        self.live(0.15)
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                widget.reject()
            elif isinstance(widget, QMenu) and widget.isVisible():
                widget.close()
        self.live(0.05)
        return True

    def rest(self) -> None:
        """Collect everything, which is the bench's doing and no stall of the window's."""
        gc.collect()
        self._clocks = _clocks()

    def end(self) -> None:
        """Take the window apart."""
        from innervoice.shell.application import tear_down

        self._timer.stop()
        self.collector.stop()
        tear_down(self.window, self.work)


def measure() -> dict[str, float]:
    """Give every command for a while, then open, analyse and close."""
    session = Session()
    work = session.work
    work.start(None)
    session.until(lambda: work.session.ranking.clips > 0 and work.decoder.settled and not work.jobs.running)
    given = _every_command(session)
    figures = {
        "commands given": float(len(given)),
        "of": float(len(_names(session))),
    }
    for way, found in session.longest.items():
        figures[f"longest stall, {way} (limit {LIMIT_MILLISECONDS})"] = max(found.values())
    for way, found in session.longest.items():
        for name, longest in sorted(found.items(), key=lambda item: -item[1])[:SLOWEST_TOLD]:
            figures[f"  {way}, {name}"] = longest
    figures |= {f"  never possible, {name}": 1.0 for name in _names(session) if name not in given}
    figures |= _cycles(session)
    session.end()
    return figures


def _clocks() -> tuple[float, float, float]:
    """Seconds: of the clock, that this thread has waited for a processor, that it has spent on one."""
    queued = int(SCHEDULED.read_bytes().split()[1]) / 1e9 if SCHEDULED.exists() else 0.0
    return time.perf_counter(), queued, time.thread_time()


def _names(session: Session) -> list[str]:
    return [command.id for command, _action in session.window.commands.actions() if command.id != NOT_GIVEN]


def _every_command(session: Session) -> set[str]:
    """Give all commands, round after round, back and forth between clips so that there is something to do."""
    given: set[str] = set()
    deadline = time.monotonic() + SECONDS
    open_results(session)
    first = True
    while first or time.monotonic() < deadline:
        first = False
        given |= {name for name in _names(session) if name != LAST and _give(session, name)}
        session.window.show_clip()
        session.give("edit.revert")
        tidy(session)
    session.until(lambda: not session.work.jobs.running)
    if session.give(LAST):
        given.add(LAST)
        session.until(lambda: session.work.bridge.ready and session.work.decoder.settled)
    return given


def _give(session: Session, name: str) -> bool:
    prepare(session, name)
    return session.give(name)


def _cycles(session: Session) -> dict[str, float]:
    """Open a study, analyse it, close the result, again and again."""
    import psutil

    process, memory = psutil.Process(), []
    work, pages = session.work, session.window.pages
    session.doing = "cycles"
    for _cycle in range(CYCLES):
        study = work.session.study
        assert study is not None
        work.study_desk.open(study)
        session.until(lambda: work.session.tune is not None and work.decoder.settled)
        session.window.run_analysis("sigma-ranking")
        session.until(lambda: bool(pages.results()) and not work.jobs.running)
        while pages.results():
            pages.close_page(pages.indexOf(pages.results()[0]))
        session.live(0.05)
        session.rest()
        memory.append(process.memory_info().rss / 1e6)
    settled = memory[int(SETTLED * len(memory))]
    return {
        "cycles": float(len(memory)),
        "megabytes once settled": settled,
        "megabytes at the end": memory[-1],
        f"growth percent (limit {LIMIT_GROWTH})": 100 * (memory[-1] / settled - 1),
    }


def _keep(figures: dict[str, Any], out: Path) -> None:
    out.write_text(json.dumps(figures), encoding="utf-8")


if __name__ == "__main__":
    _keep(measure(), Path(sys.argv[1]))
