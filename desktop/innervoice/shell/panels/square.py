"""The page of the square: four places at the corners, and a point that moves between them like a slider."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QPushButton, QSpinBox, QVBoxLayout, QWidget

from innervoice.plugin.figures import Table
from innervoice.shell.later import Later
from innervoice.shell.panels.corner_button import CornerButton
from innervoice.shell.panels.heading import Heading, QuietLabel
from innervoice.shell.panels.paths import WAYS
from innervoice.shell.panels.placeholder import Placeholder
from innervoice.shell.path_desk import CORNERS
from innervoice.shell.plots.figure_files import offer_files
from innervoice.shell.plots.live_table import rolls_table
from innervoice.shell.plots.pad import SquarePad
from innervoice.shell.plots.roll_tile import RollTile
from innervoice.shell.provenance import of_session, of_square
from innervoice.shell.square_desk import FEWEST, MOST
from innervoice.shell.theme import Theme
from innervoice.shell.words import said
from innervoice.shell.workspace import Workspace
from innervoice.statistics.polyline import resample


class SquarePage(QWidget):
    """The pad with its corners; beside it what is decoded at the point.

    Signals
    -------
    path_wanted
        The drawn line is to be seen as a path.
    """

    path_wanted = Signal()

    def __init__(self, work: Workspace, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._paths, self._square, self._player = work.paths, work.square, work.path_player
        self.pad = SquarePad(theme)
        self.pad.moved.connect(self._square.move)
        self.pad.drawn.connect(self._drawn)
        self.tile = RollTile(said("Decoded at the point of the square"), theme)
        self.tile.heard.connect(self._hear_point)
        self.tile.setFixedHeight(130)
        self.heading = Heading(said("Square of four"))
        self._add_tools()
        self.corners = {corner: CornerButton(corner, work.session, work.paths, work.bookmarks) for corner in CORNERS}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self._field(), 1)
        self._later = Later(self.redraw, self)
        wishes: list[Any] = [self._square.grid_changed, self._square.moved, self._paths.corners_changed]
        wishes += [self._paths.path_changed, self._paths.decoded_changed, work.session.decoded_changed]
        for signal in wishes:
            signal.connect(self._later.ask)
        self._player.moved.connect(self._follow)
        self.redraw()

    def _field(self) -> QWidget:
        """Return the pad between its corners, and what is decoded at the point."""
        field = QWidget()
        grid = QGridLayout(field)
        grid.setContentsMargins(8, 0, 8, 6)
        grid.setSpacing(4)
        for number, corner in enumerate(CORNERS):
            grid.addWidget(self.corners[corner], 2 * (number // 2), 2 * (number % 2))
        grid.setColumnStretch(1, 1)
        for files in (offer_files(self.pad, self), offer_files(self.tile)):
            files.failed.connect(self._work.notifications.error)
        self.empty = Placeholder(self.pad)
        grid.addWidget(self.empty, 1, 0, 1, 3)
        grid.setRowStretch(1, 1)
        grid.addWidget(self.tile, 3, 0, 1, 3)
        self.how = QuietLabel()
        grid.addWidget(self.how, 4, 0, 1, 3)
        return field

    def _add_tools(self) -> None:
        self.side = QSpinBox()
        self.side.setRange(FEWEST, MOST)
        self.side.setPrefix(said("grid of "))
        self.side.setAccessibleName(said("Rolls on a side of the square"))
        self.side.valueChanged.connect(self._square.set_side)
        self.way = QComboBox()
        self.way.addItems([said("along great circles"), said("along straight lines")])
        self.way.setAccessibleName(said("Way between the corners"))
        self.way.currentIndexChanged.connect(lambda index: self._paths.set_way(WAYS[index]))
        self.draw = QPushButton(said("Draw a Path"))
        self.draw.setCheckable(True)
        self.draw.setToolTip(said("Draw a line in the square; with the keyboard, Return puts a corner at the point"))
        self.draw.toggled.connect(self._set_drawing)
        self.hear = QPushButton(said("Play the Path"))
        self.hear.clicked.connect(self._player.toggle)
        self.show_path = QPushButton(said("Show the Path"))
        self.show_path.clicked.connect(self.path_wanted)
        for widget in (self.way, self.side, self.draw, self.hear, self.show_path):
            self.heading.add(widget)

    def begin_drawing(self) -> str:
        """Draw a line from now on; return why that cannot be, or nothing."""
        self.draw.setChecked(self.draw.isEnabled())
        self.pad.setFocus()
        return "" if self.draw.isEnabled() else said("Give the square four places first.")

    def words(self) -> tuple[str, str]:
        """Return the title and the caption of a picture of the square."""
        corners = sorted(self._paths.corners.items())
        return said("Square of four"), said("{corners}; {way}.").format(
            corners=", ".join(f"{corner}: {spot.name}" for corner, spot in corners), way=self.way.currentText()
        )

    def table(self) -> Table:
        """Return the notes of each roll, named by its row and column."""
        places = range(1, self._square.side + 1)
        return rolls_table([f"row {row}, column {column}" for row in places for column in places], self._square.tokens)

    def provenance(self) -> dict[str, Any]:
        """Return what the square lies between, and where the point stands."""
        square = {"side": self._square.side, "place": self._square.place}
        return of_session(self._work.session) | {"square": square | of_square(self._paths)}

    def redraw(self) -> None:
        """Show square, point and line as the desks have them."""
        square, paths, session = self._square, self._paths, self._work.session
        for box, value in ((self.side, square.side), (self.way, WAYS.index(paths.way))):
            with QSignalBlocker(box):
                box.setCurrentIndex(value) if isinstance(box, QComboBox) else box.setValue(value)
        self.pad.show_grid(square.tokens, square.side)
        self.pad.show_place(square.place)
        drawn = paths.source == "square" and len(paths.z) > 0
        if not drawn and not self.draw.isChecked():
            self.pad.show_line(np.zeros((0, 2)))
        self.hear.setEnabled(drawn and paths.tokens is not None and not self._work.playback.problem)
        self.show_path.setEnabled(drawn)
        self.draw.setEnabled(paths.square is not None)
        self.tile.show_tokens(session.decoded)
        missing = [corner for corner in CORNERS if corner not in paths.corners]
        needed = said("Choose places for {corners}: clips, bookmarks, or where the neurons stand.").format(
            corners=", ".join(missing)
        )
        self.empty.say(needed if missing else "")
        self.how.setText("" if missing else self._words())

    def _words(self) -> str:
        if self.draw.isChecked():
            return said("Draw a line through the square; it is played when you let go.")
        return said("Drag the point, or lead it with the arrow keys: what is decoded there follows below.")

    def _set_drawing(self, drawing: bool) -> None:
        self.pad.drawing = drawing
        self.pad.show_line(np.zeros((0, 2)))
        self.pad.setFocus()
        self._later.ask()

    def _drawn(self, line: Any) -> None:
        self._paths.through_square(line)
        self._player.play()

    def _hear_point(self) -> None:
        self._player.stop()
        self._work.hearing.latent(self._work.session.z)

    def _follow(self, place: float) -> None:
        line = self.pad.line
        follower = None
        if place >= 0 and self._paths.source == "square" and len(line):
            right, down = resample(line, len(self._paths.z))[int(place)].tolist()
            follower = (right, down)
        self.pad.show_line(line, follower)
        text = said("Stop") if place >= 0 else said("Play the Path")
        if self.hear.text() != text:
            self.hear.setText(text)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self.pad.set_theme(theme)
        self.tile.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Decode the grid while it is seen."""
        super().showEvent(event)
        self._square.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the engine to others."""
        super().hideEvent(event)
        self._square.watch(False)
