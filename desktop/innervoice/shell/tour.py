"""The guided tour: the main job done without a display, with a picture of the window at each step.

``make run`` takes it where there is no display. It does what a person would do (open a tune, choose a clip, turn a
neuron, run an analysis, render the sound) with the real engine, and leaves a page that can be read anywhere.
"""

from __future__ import annotations

import html
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QEventLoop, QMessageLogContext, QtMsgType, qInstallMessageHandler

from innervoice.music.files import atomic_write

PATIENCE_SECONDS = 600.0
"""A guard against hanging; a busy machine takes minutes to load the framework."""
SIZE = (1440, 900)
TURN = 1.5


class TourError(Exception):
    """A step did not come to its end; the sentence says which one and what the window said."""


@dataclass(frozen=True)
class Picture:
    """One step of the tour: the picture's file, a title, and what is to be seen."""

    file: str
    title: str
    caption: str


def main(folder: str | Path, engine: Sequence[str] | None = None) -> int:
    """Take the tour and write ``index.html`` with its pictures into a folder.

    Parameters
    ----------
    folder : path
        Made when missing.
    engine : sequence of str, optional
        Another program to run as the engine, for tests.

    Returns
    -------
    int
        0 when every step was done, 1 otherwise (the page then holds the steps that were).
    """
    if "DISPLAY" not in os.environ and "WAYLAND_DISPLAY" not in os.environ:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        # The tour must look the same whatever study and settings the user has.
        before = os.environ.get("INNERVOICE_HOME")
        os.environ["INNERVOICE_HOME"] = data
        qInstallMessageHandler(_tell)
        try:
            pictures, trouble = _tour(out, engine)
        finally:
            qInstallMessageHandler(None)
            if before is None:
                del os.environ["INNERVOICE_HOME"]
            else:
                os.environ["INNERVOICE_HOME"] = before
    atomic_write(out / "index.html", _page(pictures, trouble, (out / "decoded.wav").exists()).encode())
    print(f"innervoice: the tour is in {out / 'index.html'}")
    if trouble:
        print(f"innervoice: {trouble}", file=sys.stderr)
    return 1 if trouble else 0


def _tell(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Pass Qt's messages on, but for what a platform without a screen says at every window."""
    if not text.startswith("This plugin does not support"):
        print(f"Qt: {text}", file=sys.stderr)


def _tour(out: Path, engine: Sequence[str] | None) -> tuple[list[Picture], str]:
    from innervoice.shell.application import make_application, make_workspace, tear_down
    from innervoice.shell.places import settings_file
    from innervoice.shell.settings import Settings
    from innervoice.shell.window import Window

    make_application()
    workspace = make_workspace(Settings(settings_file()), engine)
    window = Window(workspace)
    window.resize(*SIZE)
    window.show()
    guide = Guide(window, out)
    trouble = ""
    try:
        workspace.start(None)
        for step in (guide.start, guide.choose, guide.turn, guide.vary, guide.analyse, guide.dark, guide.render):
            step()
    except TourError as error:
        trouble = str(error)
    finally:
        tear_down(window, workspace)
    return guide.pictures, trouble


class Guide:
    """Takes the steps one after the other and grabs the window after each."""

    def __init__(self, window: object, out: Path) -> None:
        from innervoice.shell.window import Window

        assert isinstance(window, Window)
        self._window = window
        self._work = window.workspace
        self._session = window.workspace.session
        self._out = out
        self.pictures: list[Picture] = []

    def start(self) -> None:
        """Wait for the bundled tune, and for the model."""
        session = self._session
        self._until(lambda: session.clip is not None, "open the bundled tune")
        self._until(lambda: session.decoded is not None and not self._work.jobs.running, "load the model")
        encodes = session.model is not None and session.model.can_encode
        if encodes:
            self._until(lambda: session.mu is not None and session.ranking.clips > 0, "encode the tune")
        count = len(session.tune.clips) if session.tune is not None else 0
        self._grab(
            "start",
            "A tune, and what the model makes of it",
            f"The bundled tune has {count} clips of two bars. The first is chosen: its notes, the posterior of its "
            "neurons (sigma, mu, one sample), all clips by neurons, and the sliders at its mu.",
        )

    def choose(self) -> None:
        """Choose another clip."""
        self._window.step(1)
        self._settle("decode another clip")
        self._grab("clip", "Another clip", "Every panel follows the clip that is chosen; the sliders stand at its mu.")

    def turn(self) -> None:
        """Turn the first neurons until the music changes."""
        session = self._session
        before = session.decoded
        for _rank, neuron in self._window.panels.sliders.shown():
            home = float(session.home_latent()[neuron])
            session.set_neuron(neuron, home - TURN if home > 0 else home + TURN)
            self._settle("decode a turned neuron")
            if before is None or session.decoded is None or not np.array_equal(before, session.decoded):
                self._window.choose_neuron(neuron)
                break
        self._grab(
            "turned",
            "A neuron, turned",
            f"Neuron {neuron} was moved away from its mu: the original as outlines, what is decoded now filled.",
        )

    def vary(self) -> None:
        """Go to a sample of the posterior."""
        self._session.sample_again()
        self._settle("decode a sample")
        self._grab("sample", "A variation", "A sample of the posterior, decoded: a variation of the clip.")
        self._session.go_home()
        self._settle("decode the clip's mu")

    def analyse(self) -> None:
        """Run the sigma ranking."""
        runs = self._work.runs
        self._until(lambda: bool(runs.analyses), "list the analyses")
        ranking = next((entry for entry in runs.analyses if entry["id"] == "sigma-ranking"), None)
        if ranking is None or runs.why_not(ranking):
            return
        self._window.run_analysis("sigma-ranking")
        self._until(lambda: bool(self._window.pages.results()), "rank the neurons")
        self._grab(
            "ranking",
            "An analysis",
            "Sigma ranking, run as a plugin over the study: which neurons carry music, and where the noise begins.",
        )
        self._window.pages.show_clip()

    def dark(self) -> None:
        """Show the other theme."""
        self._window.docks.show("neurons")
        self._window.set_dark(True)
        self._until(lambda: self._window.dressing.settled, "change the theme")
        self._grab("dark", "The dark theme", "Both themes have text of enough contrast, and colours that all can tell.")
        self._window.set_dark(False)

    def render(self) -> None:
        """Render the decoded clip, where FluidSynth is there."""
        from innervoice.audio.synth import audio_problem

        if audio_problem():
            return
        wav = self._out / "decoded.wav"
        self._work.exporter.wav(wav)
        self._until(wav.exists, "render the clip")

    def _settle(self, what: str) -> None:
        self._until(lambda: self._work.decoder.settled, what)

    def _until(self, condition: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
            time.sleep(0.01)  # else the waiting would take the processor from the engine
            if time.monotonic() > deadline:
                sentences = "; ".join(notice.text for notice in self._work.notifications.kept[-3:])
                raise TourError(f"The tour could not {what}. {sentences}".strip())

    def _grab(self, name: str, title: str, caption: str) -> None:
        for _ in range(3):
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        file = f"{len(self.pictures) + 1}-{name}.png"
        self._window.grab().save(str(self._out / file))
        self.pictures.append(Picture(file, title, caption))
        print(f"innervoice: {len(self.pictures)}. {title}", flush=True)


def _page(pictures: Sequence[Picture], trouble: str, sound: bool) -> str:
    steps = "\n".join(
        f'<section><h2>{number}. {html.escape(step.title)}</h2><p>{html.escape(step.caption)}</p>'
        f'<img src="{html.escape(step.file)}" alt="{html.escape(step.title)}"></section>'
        for number, step in enumerate(pictures, 1)
    )  # fmt: skip
    heard = '<p>The decoded clip: <audio controls src="decoded.wav"></audio></p>' if sound else ""
    warning = f"<p><strong>{html.escape(trouble)}</strong></p>" if trouble else ""
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Innervoice: the tour</title>'
        "<style>body{font:16px/1.5 system-ui,sans-serif;max-width:1100px;margin:2rem auto;padding:0 1rem;color:#1b2027}"
        "img{width:100%;border:1px solid #cdd3da;border-radius:6px}h2{margin-top:2.5rem}</style>"
        f"<h1>Innervoice: the tour</h1><p>There is no display here, so Innervoice took its own pictures.</p>"
        f"{warning}{steps}{heard}</html>\n"
    )
