"""Take the pictures of the help anew: the window with the bundled tunes and the shipped model, one for each page.

``make pictures`` writes resources/help/pictures. The pictures are of the light theme, at the window's own scale, and
are kept small: a palette of their own colours, each below 60 kB.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from performance_picture import performance
from picture_files import rounded_model, shrunk, without_places
from training_picture import measuring, training
from voices_picture import install_trio, voices

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "resources" / "help" / "pictures"
SIZE = (1380, 860)
PATIENCE_SECONDS = 600.0
TUNE = "bach_bourree"
PLACES = {"A": 0, "B": 2, "C": 3, "D": 5}
"""Corners of path and square, and the clips of the tune that stand there."""


class Photographer:
    """Leads the window from one place to the next and takes a picture of each."""

    def __init__(self, only: set[str]) -> None:
        from innervoice.shell.application import make_application, make_workspace
        from innervoice.shell.places import settings_file
        from innervoice.shell.settings import Settings
        from innervoice.shell.window import Window

        make_application()
        self.work = make_workspace(Settings(settings_file()))
        self.work.preferences.set_look("light")
        self.window = Window(self.work)
        self.window.resize(*SIZE)
        self.window.show()
        self.session, self.only = self.work.session, only

    def until(self, condition: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> None:
        """Let the window live until something holds."""
        from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop

        deadline = time.monotonic() + seconds
        while not condition():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            if time.monotonic() > deadline:
                said = "; ".join(notice.text for notice in self.work.notifications.kept[-3:])
                raise TimeoutError(f"waited too long. {said}")

    def rest(self, seconds: float = 0.6) -> None:
        """Let what is under way come to its end."""
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > end)
        self.until(lambda: not self.work.jobs.running and self.work.decoder.settled)
        self.until(lambda: not self.work.reader.busy and self.window.dressing.settled)

    def give(self, command: str) -> None:
        """Give a command."""
        action = self.window.commands.action(command)
        self.until(action.isEnabled)
        action.trigger()
        self.rest()

    def take(self, name: str, widget: object, height: int = 0) -> None:
        """Write the picture of a widget, or of its upper part."""
        if self.only and name not in self.only:
            return
        from PySide6.QtWidgets import QWidget

        assert isinstance(widget, QWidget)
        picture = widget.grab()
        if height and picture.height() > height:
            picture = picture.copy(0, 0, picture.width(), height)
        data = shrunk(picture.toImage())
        OUT.mkdir(parents=True, exist_ok=True)
        (OUT / f"{name}.png").write_bytes(data)
        print(f"{name}: {picture.width()} x {picture.height()}, {len(data) / 1000:.0f} kB", flush=True)

    def take_all(self) -> None:
        """Go through the window."""
        self.work.start(None)
        self.until(lambda: self.session.ranking.clips > 0 and not self.work.jobs.running)
        row = next(one for one, name, _clips in self.session.scores if name.startswith(TUNE))
        self.work.study_desk.show_score(row)
        self.until(lambda: self.session.tune is not None and self.session.tune.score == row)
        self.rest()
        self.turn()
        for stage, names in (
            (self.clip, "start playing roll strips roll-stacked"),
            (self.docks, "study neurons bookmarks messages"),
            (self.pages, "heat-map models training measuring"),
            (self.places, "paths square"),
            (self.models, "noisy-channel performance performance-beside comparing"),
            (self.results, "analyses results figures neuron-card latin-hypercube go-there"),
            (self.dialogs, "settings plugins keys report about-study"),
            (lambda: voices(self), "voices"),
        ):
            if not self.only or self.only & set(names.split()):
                stage()

    def turn(self) -> None:
        """Turn the two neurons of the smallest sigma, so that there is a difference to see."""
        for neuron in self.session.ranking.order[:2].tolist():
            self.session.set_neuron(neuron, float(self.session.home_latent()[neuron]) + 1.5)
        self.session.select_neuron(int(self.session.ranking.order[0]))
        self.rest()

    def clip(self) -> None:
        """Take the whole window, its bar for playing, and the panels of the clip."""
        panels = self.window.panels
        self.take("start", self.window)
        self.take("playing", self.window.transport)
        self.take("roll", panels.roll)
        self.take("strips", panels.latent)
        self.give("roll.stacked")
        self.take("roll-stacked", panels.roll)
        self.give("roll.stacked")

    def docks(self) -> None:
        """Take the panels at the sides."""
        panels, docks = self.window.panels, self.window.docks
        self.take("study", panels.clips, 620)
        docks.show("neurons")
        self.rest()
        self.take("neurons", panels.sliders, 620)
        self.work.bookmarks.add("Two neurons turned")
        self.rest()
        self.session.select_clip(2)
        self.rest()
        self.work.bookmarks.add("Bars 3 and 4 as in the score")
        self.rest()
        docks.show("bookmarks")
        self.window.panels.roll.view.setFocus()  # ends the naming of the last one
        self.rest()
        self.take("bookmarks", panels.bookmarks, 260)
        tune = self.session.tune
        assert tune is not None
        for name in ("london_bridge.mid", "README.md"):
            self.work.open_paths([ROOT / "resources" / "tunes" / name])
            self.rest(3.0)
        self.work.study_desk.show_score(tune.score)
        self.rest(1.0)
        docks.show("log")
        self.rest()
        self.take("messages", panels.log, 260)
        docks.dock("log").hide()

    def pages(self) -> None:
        """Take the pages that commands open."""
        self.give("view.study_map")
        self.take("heat-map", self.window.pages.currentWidget())
        self.give("help.model")
        card = self.window.pages.card
        assert card is not None
        self.until(lambda: card.settled)
        self.rest()
        self.take("models", card)
        training(self)
        measuring(self)

    def places(self) -> None:
        """Take the path and the square."""
        from innervoice.shell.spot import Spot

        paths = self.work.paths
        self.give("explore.path")
        for corner, clip in list(PLACES.items())[:2]:
            self.session.select_clip(clip)
            self.rest()
            paths.take(corner, Spot.of_clip(self.session))
        self.until(lambda: paths.tokens is not None)
        self.rest()
        self.take("paths", self.window.pages.currentWidget())
        self.give("explore.square")
        for corner, clip in list(PLACES.items())[2:]:
            self.session.select_clip(clip)
            self.rest()
            paths.take(corner, Spot.of_clip(self.session))
        self.work.square.move(0.3, 0.6)
        self.rest()
        self.take("square", self.window.pages.currentWidget())
        self.session.select_clip(0)

    def models(self) -> None:
        """Take what models do besides: the channel, a performance, two of them side by side."""
        self.give("explore.channel")
        self.rest(2.0)
        self.take("noisy-channel", self.window.pages.currentWidget(), 560)
        performance(self)
        self.give("explore.compare")
        self.work.comparison.open(str(rounded_model(Path(os.environ["INNERVOICE_HOME"]))))
        self.until(lambda: len(self.work.comparison.sides) == 2 and self.work.comparison.settled)
        self.rest()
        self.take("comparing", self.window.pages.currentWidget(), 560)

    def results(self) -> None:
        """Take what an analysis gives, and the card that then knows what a neuron follows."""
        panels, docks = self.window.panels, self.window.docks
        docks.show("analyses")
        self.until(lambda: bool(self.work.runs.analyses))
        self.window.run_analysis("sigma-ranking")
        self.until(lambda: len(self.window.pages.results()) == 1)
        self.window.run_analysis("feature-correlation")
        self.until(lambda: len(self.window.pages.results()) == 2)
        self.rest()
        self.take("analyses", panels.analyses, 620)
        self.take("results", self.window.pages.currentWidget())
        ranking = self.window.pages.results()[0]
        self.window.pages.setCurrentWidget(ranking)
        self.until(lambda: ranking.rooms.settled)
        self.rest()
        self.take("figures", ranking.views[0])
        self.give("neurons.card")
        self.rest(2.0)
        self.take("neuron-card", panels.card, 760)
        self.window.show_clip()
        self.hypercube()

    def hypercube(self) -> None:
        """Take the map of the model's space, and the panel that goes where it says."""
        panels, docks, going = self.window.panels, self.window.docks, self.work.going
        docks.show("analyses")
        assert panels.analyses.choose("latin-hypercube")
        assert panels.analyses.form is not None
        panels.analyses.form.set_values({"points": 60, "samples": 16, "permutations": 100})
        panels.analyses.run()
        self.until(lambda: len(self.window.pages.results()) == 3)
        result = self.window.pages.results()[2]
        titles = [result.tabs.tabToolTip(index) for index in range(result.tabs.count())]
        result.tabs.setCurrentIndex(titles.index("Map of note density"))
        self.rest(1.5)
        self.take("latin-hypercube", result.tabs.currentWidget())
        self.window.show_clip()
        self.until(lambda: going.direction is not None)
        going.choose("note-density")
        docks.show("going")
        self.rest(1.0)
        going.go("more")
        self.until(lambda: going.last is not None)
        self.rest(1.0)
        self.take("go-there", panels.going, 240)

    def dialogs(self) -> None:
        """Take the dialogs."""
        from PySide6.QtWidgets import QApplication, QDialog

        for name, command in (
            ("settings", "file.settings"),
            ("plugins", "file.plugins"),
            ("keys", "help.palette"),
            ("report", "file.report"),
            ("about-study", "file.about_study"),
        ):
            self.give(command)
            shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
            without_places(shown[-1])
            self.take(name, shown[-1])
            for one in shown:
                one.reject()
            self.rest(0.2)


def main() -> int:
    """Take the pictures that are named on the command line, or all."""
    with tempfile.TemporaryDirectory(prefix="home-") as home:
        plugins, inherited = Path(home) / "plugins", os.environ.get("PYTHONPATH")
        install_trio(plugins)
        os.environ |= {
            "INNERVOICE_HOME": str(Path(home) / "Innervoice"),
            "INNERVOICE_NO_FIRST_STEPS": "1",
            "PYTHONPATH": os.pathsep.join(filter(None, [str(plugins), inherited])),  # for the engine
            "XDG_DATA_HOME": str(Path(home) / "data"),
        }
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from innervoice.shell.application import tear_down

        photographer = Photographer(set(sys.argv[1:]))
        try:
            photographer.take_all()
        finally:
            tear_down(photographer.window, photographer.work)
    sizes = [path.stat().st_size for path in OUT.glob("*.png")]
    print(f"{len(sizes)} pictures, {sum(sizes) / 1000:.0f} kB in all")
    return 0


if __name__ == "__main__":
    sys.exit(main())
