"""How smoothly the heat map of a study of 50,000 clips by 512 neurons is panned and zoomed, in a real window.

Run by `make bench`. The window stands on a virtual screen (Xvfb) where there is one; else on Qt's offscreen platform,
and the names of the figures say so. A frame is a step of the view, painted before the next one begins: what a hand on
the mouse gets at best. Reading and putting in order happen beside it, and the longest stall of the main thread while
they do is told too.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

CLIPS, NEURONS = 50_000, 512
FRAMES = 240
TURN = 20  # frames after which a pan goes back, so that it never ends at an edge
PATIENCE_SECONDS = 120.0
SIZE = (1380, 860)
BLOCK = 1000


def bench() -> dict[str, float]:
    """Frames a second and the worst frame while panning and zooming; stalls while reading and ordering."""
    with tempfile.TemporaryDirectory() as home:
        out = Path(home) / "figures.json"
        screen = shutil.which("xvfb-run")
        environment = os.environ | {"INNERVOICE_HOME": home, "QT_QPA_PLATFORM": "xcb" if screen else "offscreen"}
        start = [screen, "-a", "-s", "-screen 0 1600x1000x24"] if screen else []
        subprocess.run([*start, sys.executable, __file__, str(out)], env=environment, check=True)
        figures: dict[str, float] = json.loads(out.read_text(encoding="utf-8"))
    return figures if screen else {f"{name} (offscreen)": value for name, value in figures.items()}


class Frames:
    """Counts what the plot paints, and the longest time that the event loop is held."""

    def __init__(self, page: Any) -> None:
        from PySide6.QtCore import QEvent, QObject, Qt, QTimer

        class Paints(QObject):
            """Counts how often a widget is painted."""

            count = 0

            def eventFilter(self, watched: QObject, event: QEvent) -> bool:
                self.count += event.type() == QEvent.Type.Paint
                return False

        self.page, self.paints = page, Paints()
        page.view.graphics.viewport().installEventFilter(self.paints)
        self.longest, self._last = 0.0, time.perf_counter()
        self.timer = QTimer()
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self._tick)
        self.timer.start(2)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, now - self._last), now

    def until(self, condition: Callable[[], bool]) -> float:
        """Let the window live until something holds; return the longest stall in milliseconds."""
        from PySide6.QtCore import QCoreApplication, QEventLoop

        self.longest, self._last = 0.0, time.perf_counter()
        deadline = self._last + PATIENCE_SECONDS
        while not condition():
            if time.perf_counter() > deadline:
                raise TimeoutError(f"waited too long: {self.page.heading.remark.text()}")
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        return self.longest * 1000

    def run(self, step: Callable[[int], None]) -> list[tuple[float, float]]:
        """Move the view step by step; return the milliseconds of each frame, and those the main thread worked."""
        took = []
        for number in range(FRAMES):
            began, worked, painted = time.perf_counter(), time.thread_time(), self.paints.count
            step(number)
            self.until(lambda before=painted: self.paints.count > before)  # type: ignore[misc]
            took.append(((time.perf_counter() - began) * 1000, (time.thread_time() - worked) * 1000))
        return took


def measure() -> dict[str, float]:
    """Open the page on a large study and move about in it."""
    from PySide6.QtCore import QObject

    from innervoice.shell.application import make_application
    from innervoice.shell.background import Background
    from innervoice.shell.facts import ModelFacts, Ranking
    from innervoice.shell.panels.study_map import StudyMapPage
    from innervoice.shell.session import Session
    from innervoice.shell.theme import Theme, apply

    path = Path(os.environ["INNERVOICE_HOME"]) / "large.innervoice"
    _fill(path)
    app, root = make_application(), QObject()
    apply(app, Theme())
    session, reader = Session(root), Background("study", root)
    session.study = path
    session.model = ModelFacts("bench", "sha-bench", "toy", NEURONS, 32, "2bar", True, True, "", "")
    session.ranking = Ranking.unknown(NEURONS)
    page = StudyMapPage(session, reader, Theme())
    page.resize(*SIZE)
    frames = Frames(page)
    began = time.perf_counter()
    page.show()
    stall = frames.until(lambda: page.desk.picture is not None)
    figures = {"seconds to read 50,000 clips": time.perf_counter() - began, "longest stall ms, reading": stall}
    page.clips.setCurrentIndex(2)
    figures["longest stall ms, ordering by likeness"] = frames.until(lambda: not page.desk.busy)
    figures |= _moves(frames)
    frames.timer.stop()
    page.end()
    page.view.close_plot()
    page.deleteLater()
    reader.stop()
    app.processEvents()
    return figures


def _moves(frames: Frames) -> dict[str, float]:
    """Pan far out and close by, and zoom from the whole study to single cells and back."""
    box = frames.page.view._plot.vb
    figures: dict[str, float] = {}

    def pan(number: int) -> None:
        (left, right), (top, bottom) = box.viewRange()
        way = 1 if number // TURN % 2 == 0 else -1
        box.translateBy(x=way * (right - left) * 0.01, y=way * (bottom - top) * 0.01)

    def zoom(number: int) -> None:
        box.scaleBy((0.97, 0.94) if number < FRAMES // 2 else (1 / 0.97, 1 / 0.94))

    places = {
        "panning, half the study in view": ((60, 400), (5_000, 30_000)),
        "panning, 2,000 clips in view": ((60, 400), (20_000, 22_000)),
        "panning, single cells": ((100, 160), (20_000, 20_080)),
    }
    for name, (x, y) in places.items():
        box.setRange(xRange=x, yRange=y, padding=0)
        figures |= _told(name, frames.run(pan))
    frames.page.view.show_all()
    return figures | _told("zooming", frames.run(zoom))


def _told(name: str, took: list[tuple[float, float]]) -> dict[str, float]:
    """Frames by the clock, and by the work of the main thread: that is the same however busy the machine is."""
    clock, work = zip(*took, strict=True)
    return {
        f"{name}, frames a second": 1000 * len(clock) / sum(clock),
        f"{name}, median frame ms": statistics.median(clock),
        f"{name}, worst frame ms": max(clock),
        f"{name}, median work ms": statistics.median(work),
        f"{name}, most work ms": max(work),
    }


def _fill(path: Path) -> None:
    """Make a study of 50,000 random clips that are encoded, a neuron in four carrying music."""
    import numpy as np

    from innervoice.music.clips import Clips
    from innervoice.study.document import Study

    rng = np.random.default_rng(0)
    tokens = rng.integers(2, 90, (CLIPS, 32)).astype(np.int16)
    gain = np.where(np.arange(NEURONS) % 4 == 0, 1.0, 0.05).astype(np.float32)
    zeros, tempo = np.zeros(CLIPS, np.int32), np.full(CLIPS, 120, np.float32)
    with Study(path) as study:
        study.add_score("many", "/many", "sha-of-many", Clips(tokens, ("many",) * CLIPS, zeros, zeros, tempo), "2bar")
        ids = [row.id for row in study.clip_rows()]
        for start in range(0, CLIPS, BLOCK):
            mu = rng.standard_normal((BLOCK, NEURONS), dtype=np.float32) * gain
            study.put_posteriors("sha-bench", "bench", ids[start : start + BLOCK], mu, np.ones_like(mu))


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(measure()), encoding="utf-8")
