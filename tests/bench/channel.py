"""How soon an improvisation is drawn after the slider of the noisy channel was moved, and what that costs.

Run by `make bench`, with the real engine, the shipped models and a bundled tune: bars of many voices, sixteen at once,
and melodies of two bars. Wall time is from the move to the painted roll; processor time is that of the window's main
thread and of the engine, so that it can be compared between a busy machine and a quiet one.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

MOVES = 40
MODELS = {"innervoice-bar": "bar", "innervoice-2bar": "2bar"}
TUNE = "bach_bourree.mid"


def bench() -> dict[str, float]:
    """Milliseconds from the move to the drawn improvisation, and of processor time for each move."""
    from innervoice.resources import resource

    for model in MODELS:
        resource("models", f"{model}.safetensors")
    with tempfile.TemporaryDirectory() as home:
        out = Path(home) / "figures.json"
        environment = os.environ | {
            "INNERVOICE_HOME": home,
            "INNERVOICE_NO_FIRST_STEPS": "1",
            "INNERVOICE_BENCH_BEGAN": str(time.time()),
            "QT_QPA_PLATFORM": "offscreen",
        }
        command = [sys.executable, "-m", "tests.bench.channel", str(out)]
        subprocess.run(command, env=environment, cwd=Path(__file__).parents[2], check=True)
        figures: dict[str, float] = json.loads(out.read_text(encoding="utf-8"))
    return figures


class Moves:
    """The page of the channel under measurement."""

    def __init__(self, measured: Any) -> None:
        from PySide6.QtCore import QEvent, QObject

        self._measured, self._work = measured, measured.work
        measured.window.commands.action("explore.channel").trigger()
        self.page = measured.window.pages.tools["channel"]
        self.desk = self._work.channel
        self._set_layers = self.page.roll.set_layers
        self.page.roll.set_layers = self._drawn
        self.drawn = self.painted = False
        moves = self

        class Paints(QObject):
            """Sees the roll painted after it was given notes."""

            def eventFilter(self, watched: QObject, event: QEvent) -> bool:
                moves.painted |= moves.drawn and event.type() == QEvent.Type.Paint
                return False

        self._paints = Paints()
        self.page.roll.graphics.viewport().installEventFilter(self._paints)

    def _drawn(self, *layers: Any) -> None:
        self._set_layers(*layers)
        self.drawn, self.painted = self.desk.tokens is not None, False

    def move(self, place: int) -> float:
        """Move the slider; return the milliseconds until the roll is painted with what came of it."""
        self.drawn = self.painted = False
        began = time.perf_counter()
        self.page.slider.setValue(place)
        self._measured.until(lambda: self.desk.tokens is not None and self.drawn and self.painted)
        return (time.perf_counter() - began) * 1000

    def figures(self, name: str) -> dict[str, float]:
        """Move up and down, once around to warm up."""
        stops = self.page.slider.maximum() + 1
        for place in (1, stops // 2, stops - 1):
            self.move(place)
        self._measured.stalls.take()
        window, other = time.thread_time(), _engine_seconds()
        took = [self.move((7 * number) % stops) for number in range(1, MOVES + 1)]
        window, other = time.thread_time() - window, _engine_seconds() - other
        return {
            f"{name}: frames sent": float(len(self.desk.rows)),
            f"{name}: move to drawn ms, median": statistics.median(took),
            f"{name}: move to drawn ms, slowest": max(took),
            f"{name}: processor ms a move, window": 1000 * window / MOVES,
            f"{name}: processor ms a move, engine": 1000 * other / MOVES,
            f"{name}: longest stall ms": self._measured.stalls.take(),
        }


def _engine_seconds() -> float:
    """Processor time of the processes that this one has started; a clock tick is usually 10 ms."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        if int(fields[1]) == os.getpid():
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def measure() -> dict[str, float]:
    """Measure one window with each model."""
    from tests.bench.window import Measured

    measured = Measured()
    work, session, home = measured.work, measured.session, Path(os.environ["INNERVOICE_HOME"])
    for clip in MODELS.values():
        _import(home / f"{clip}.innervoice", clip)
    work.start(home / "bar.innervoice")
    figures: dict[str, float] = {}
    measured.until(lambda: bool(work.models.open_in_engine))
    for model, clip in MODELS.items():
        study = home / f"{clip}.innervoice"
        work.models.use(model)
        measured.until(partial(lambda wanted: work.models.open_in_engine == wanted, model))
        work.study_desk.open(study)
        measured.until(partial(lambda here: session.study == here and session.mu is not None, study))
        measured.until(lambda: not work.jobs.running and session.tune is not None and bool(session.tune.encoded.all()))
        session.select_clip(0)
        figures |= Moves(measured).figures(model)
        measured.window.pages.show_clip()
    measured.end()
    return figures


def _import(path: Path, clip: str) -> None:
    from innervoice.engine.importing import import_paths
    from innervoice.music.melody import MelodyRules
    from innervoice.resources import resource
    from innervoice.study.document import Study

    with Study(path) as study:
        import_paths(study, [resource("tunes", TUNE)], MelodyRules(clip=clip, per_file=None, dedupe=False))


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(measure()), encoding="utf-8")
