"""How soon the window is usable, how soon a turned neuron is drawn, and how long the main thread is ever held.

Run by `make bench`, with the real engine and the shipped model. A window is started in a process of its own, so that
its imports count. The platform is Qt's offscreen one: it paints as a screen's would, without a compositor.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

CLICKS = 100
CLIPS = 10_000
LOOK_MILLISECONDS = 5
PATIENCE_SECONDS = 600.0
BEGAN = "INNERVOICE_BENCH_BEGAN"
"""When the window's process was started; a process's own time of creation is known to a second only."""


def bench() -> dict[str, float]:
    """Seconds to a usable window and to live sliders, milliseconds from click to drawn roll, longest stalls."""
    from innervoice.resources import resource

    resource("models", "innervoice-2bar.safetensors")
    with tempfile.TemporaryDirectory() as home:
        out = Path(home) / "figures.json"
        environment = os.environ | {"INNERVOICE_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
        # A person's second start finds compiled modules; so must this one, whatever this machine forbids.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        imports = "import innervoice.shell.application, innervoice.engine.service, tensorflow, keras"
        subprocess.run([sys.executable, "-c", imports], env=environment, check=True, stderr=subprocess.DEVNULL)
        environment[BEGAN] = str(time.time())
        subprocess.run([sys.executable, __file__, str(out)], env=environment, check=True)
        figures: dict[str, float] = json.loads(out.read_text(encoding="utf-8"))
    return figures


class Stalls:
    """Watches the main thread: a timer of 5 ms, and the longest time between two of its ticks."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(LOOK_MILLISECONDS)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    def take(self) -> float:
        """Return the longest stall in milliseconds so far, and begin anew."""
        longest, self.longest = self.longest * 1000, 0.0
        self._last = time.perf_counter()
        return longest

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()


class Measured:
    """A window under measurement."""

    def __init__(self) -> None:
        from PySide6.QtCore import QEvent, QObject

        from innervoice.shell.application import make_application, make_workspace
        from innervoice.shell.places import settings_file
        from innervoice.shell.settings import Settings
        from innervoice.shell.window import Window

        class Paints(QObject):
            """Counts how often the roll is painted."""

            count = 0

            def eventFilter(self, watched: QObject, event: QEvent) -> bool:
                self.count += event.type() == QEvent.Type.Paint
                return False

        make_application()
        self.work = make_workspace(Settings(settings_file()))
        self.session = self.work.session
        self.window = Window(self.work)
        self.window.show()
        self.stalls = Stalls()
        self.paints = Paints()
        self.window.panels.roll.view.graphics.viewport().installEventFilter(self.paints)
        self.draws = 0
        self.window.panels.roll.drawn.connect(self._drawn)

    def _drawn(self) -> None:
        self.draws += 1
        self.paints.count = 0

    def until(self, condition: Callable[[], bool]) -> None:
        """Let the window live until something holds."""
        from PySide6.QtCore import QCoreApplication, QEventLoop

        deadline = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.monotonic() > deadline:
                raise TimeoutError(f"waited too long: {[notice.text for notice in self.work.notifications.kept]}")

    def click(self, number: int) -> float:
        """Click on a slider; return the milliseconds until the roll is painted with what came of it."""
        from PySide6.QtCore import QPoint, Qt
        from PySide6.QtTest import QTest

        slider = self.window.panels.sliders.rows[number % 8].slider
        place = QPoint(int(slider.place(1.9 if number % 2 else -1.9) + number % 5), slider.height() // 2)
        draws = self.draws
        began = time.perf_counter()
        QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=place)
        self.until(lambda: self.draws > draws and self.work.decoder.settled and self.paints.count > 0)
        return (time.perf_counter() - began) * 1000

    def end(self) -> None:
        """Take the window apart."""
        from innervoice.shell.application import tear_down

        self.stalls.stop()
        self.window.panels.roll.view.graphics.viewport().removeEventFilter(self.paints)
        tear_down(self.window, self.work)


def measure() -> dict[str, float]:
    """Measure one window from the start of this process."""
    began = float(os.environ[BEGAN])
    measured = Measured()
    session, work = measured.session, measured.work
    figures: dict[str, float] = {"seconds to the window on screen": time.time() - began}
    work.start(None)
    measured.until(lambda: session.clip is not None)
    figures["seconds to a tune to browse"] = time.time() - began
    measured.until(lambda: session.decoded is not None and work.decoder.settled)
    figures["seconds to live sliders"] = time.time() - began
    measured.until(lambda: session.ranking.clips > 0 and not work.jobs.running)
    figures["longest stall ms, start and model load"] = measured.stalls.take()
    idle = [measured.click(number) for number in range(CLICKS)]
    figures["click to drawn roll ms, idle, median"] = statistics.median(idle)
    figures["click to drawn roll ms, idle, slowest"] = max(idle)
    figures["longest stall ms, idle clicks"] = measured.stalls.take()
    figures |= _during_encode(measured)
    measured.end()
    return figures


def _during_encode(measured: Measured) -> dict[str, float]:
    """Click while 10,000 clips are encoded."""
    session, work = measured.session, measured.work
    path = session.study.with_name("many.innervoice") if session.study is not None else Path("many.innervoice")
    _fill(path)
    measured.stalls.take()
    work.study_desk.open(path)
    measured.until(lambda: session.study == path and session.mu is not None and session.decoded is not None)
    measured.until(lambda: any(job.done for job in work.jobs.running))
    began, first = time.perf_counter(), work.jobs.running[0].done
    during: list[float] = []
    while len(during) < CLICKS and work.jobs.running:
        during.append(measured.click(len(during)))
    figures: dict[str, Any] = {
        "clicks during the encode": float(len(during)),
        "click to drawn roll ms, encoding, median": statistics.median(during),
        "click to drawn roll ms, encoding, slowest": max(during),
        "longest stall ms, encoding": measured.stalls.take(),
    }
    if work.jobs.running:
        job = work.jobs.running[0]
        figures["clips encoded a second beside the clicks"] = (job.done - first) / (time.perf_counter() - began)
        job.cancel()
        measured.until(lambda: not work.jobs.running)
    return figures


def _fill(path: Path) -> None:
    """Make a study of 10,000 random melodies, the first a hundred in a tune of their own."""
    import numpy as np

    from innervoice.music.clips import Clips
    from innervoice.study.document import Study

    tokens = np.random.default_rng(0).integers(2, 90, (CLIPS, 32)).astype(np.int16)
    tokens[:, 1::2] = 0
    with Study(path) as study:
        for name, part in (("first", tokens[:100]), ("rest", tokens[100:])):
            zeros = np.zeros(len(part), np.int32)
            clips = Clips(part, (name,) * len(part), zeros, zeros, np.full(len(part), 120, np.float32))
            study.add_score(name, f"/{name}", f"sha-of-{name}", clips, "2bar")


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(measure()), encoding="utf-8")
