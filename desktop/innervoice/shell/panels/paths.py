"""The page of a path: its ends, its way, its points as small rolls, and the path as music."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSpinBox, QVBoxLayout, QWidget

from innervoice.plugin.figures import Table
from innervoice.shell.later import Later
from innervoice.shell.panels.corner_button import CornerButton
from innervoice.shell.panels.heading import Heading, QuietLabel
from innervoice.shell.panels.placeholder import Placeholder
from innervoice.shell.path_desk import FEWEST, MOST
from innervoice.shell.plots.figure_files import offer_files
from innervoice.shell.plots.live_table import rolls_table
from innervoice.shell.plots.roll_row import RollRow
from innervoice.shell.provenance import of_path, of_session
from innervoice.shell.theme import Theme
from innervoice.shell.words import said, to_say
from innervoice.shell.workspace import Workspace

WAYS = ("spherical", "linear")
HOW = {
    "ends": to_say("A click goes to a point and plays it."),
    "square": to_say("Through the square of four. A click goes to a point and plays it."),
    "picture": to_say("Each point is the mean of the eight marks nearest to it, weighed by inverse squared distance."),
}


class PathsPage(QWidget):
    """Shows the path of the desk of paths.

    Signals
    -------
    export_wanted
        The path is to be written as MIDI.
    """

    export_wanted = Signal()

    def __init__(self, work: Workspace, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._paths, self._player = work.paths, work.path_player
        self.heading = Heading(said("Path"))
        self.play, self.export = QPushButton(said("Play the Path")), QPushButton(said("Export MIDI…"))
        self.play.clicked.connect(self._player.toggle)
        self.export.clicked.connect(self.export_wanted)
        for button in (self.play, self.export):
            self.heading.add(button)
        self.row = RollRow(theme)
        self.row.setAccessibleName(said("Points of the path"))
        self.row.chosen.connect(self._go)
        offer_files(self.row, self).failed.connect(work.notifications.error)
        self.empty = Placeholder(self.row)
        self.how = QuietLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addLayout(self._choices())
        column.addWidget(self.empty, 1)
        column.addWidget(self.how)
        self.how.setContentsMargins(8, 4, 8, 4)
        self._later = Later(self.redraw, self)
        for signal in (self._paths.path_changed, self._paths.decoded_changed, self._paths.corners_changed):
            signal.connect(self._later.ask)
        work.models.opening_changed.connect(self._later.ask)
        self._player.moved.connect(self._follow)
        self.redraw()

    def _choices(self) -> QHBoxLayout:
        self.ends = [
            CornerButton(corner, self._work.session, self._paths, self._work.bookmarks) for corner in ("A", "B")
        ]
        self.way = QComboBox()
        self.way.setAccessibleName(said("Way between the points"))
        self.way.addItems([said("along the great circle"), said("along the straight line")])
        self.way.setToolTip(
            said("Spherical interpolation keeps the length of the vectors; linear cuts through the middle")
        )
        self.way.currentIndexChanged.connect(lambda index: self._paths.set_way(WAYS[index]))
        self.count = QSpinBox()
        self.count.setRange(FEWEST, MOST)
        self.count.setAccessibleName(said("Points of the path"))
        self.count.setKeyboardTracking(False)
        self.count.valueChanged.connect(self._paths.set_count)
        self.back = QPushButton(said("From A to B"))
        self.back.setToolTip(said("Leave the drawn line"))
        self.back.clicked.connect(self._paths.between_ends)
        row = QHBoxLayout()
        row.setContentsMargins(8, 2, 8, 6)
        row.setSpacing(8)
        for widget in (*self.ends, self.back, self.way, self.count, QLabel(said("points"))):
            row.addWidget(widget)
        row.addStretch(1)
        return row

    def words(self) -> tuple[str, str]:
        """Return the title and the caption of a picture of the path."""
        way = self.way.currentText() if self._paths.source != "picture" else said("along a line")
        return said("Path: {title}").format(title=self._paths.title), said("{count} points {way}.").format(
            count=len(self._paths.z), way=way
        )

    def table(self) -> Table:
        """Return the notes of each point, named by the share of the way."""
        return rolls_table(self.row.points.labels, self._paths.tokens)

    def provenance(self) -> dict[str, Any]:
        """Return where the path leads through."""
        return of_session(self._work.session) | of_path(self._paths)

    def redraw(self) -> None:
        """Show the path as the desk has it."""
        paths = self._paths
        for box, value in ((self.way, WAYS.index(paths.way)), (self.count, paths.count)):
            with QSignalBlocker(box):
                box.setCurrentIndex(value) if isinstance(box, QComboBox) else box.setValue(value)
        count = len(paths.z)
        self.heading.remark.setText(paths.title)
        self.how.setText(self._how() if count else "")
        drawn = paths.source != "ends"
        self.back.setVisible(drawn)
        self.way.setEnabled(paths.source != "picture")
        for end in self.ends:
            end.setVisible(not drawn)
        ready = paths.tokens is not None and count > 0
        problem = self._work.playback.problem
        self.play.setEnabled(ready and not problem)
        self.play.setToolTip(problem)
        self.export.setEnabled(ready)
        self.row.show_points(labels(count, ends=not drawn), paths.tokens)
        self.empty.say("" if count else self._why_empty())

    def _how(self) -> str:
        if self._paths.tokens is None:
            return said("Decoding {count} points …").format(count=len(self._paths.z))
        draws = said(" Above temperature 0 every point is a draw of its own.") if self._work.session.temperature else ""
        return said(HOW[self._paths.source]) + draws

    def _why_empty(self) -> str:
        model = self._work.session.model
        if model is not None and not model.can_decode:
            return model.reason or said("{name} cannot decode.").format(name=model.name)
        if self._paths.source == "picture":
            return said("The points of the line are being read …")
        missing = [corner for corner in ("A", "B") if corner not in self._paths.corners]
        return said("Choose a place for {corners}: a clip, or where the neurons stand.").format(
            corners=" and one for ".join(missing)
        )

    def _go(self, point: int) -> None:
        self._player.stop()
        if 0 <= point < len(self._paths.z):
            self._work.hearing.latent(self._paths.z[point])

    def _follow(self, place: float) -> None:
        self.row.set_place(place)
        text = said("Stop") if place >= 0 else said("Play the Path")
        if self.play.text() != text:
            self.play.setText(text)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self.row.set_theme(theme)


def labels(count: int, ends: bool) -> list[str]:
    """Return what stands over the points: the share of the way, and A and B at its ends."""
    shares = [f"{point / (count - 1):.2f}" for point in range(count)]
    if ends and shares:
        shares[0], shares[-1] = "A", "B"
    return shares
