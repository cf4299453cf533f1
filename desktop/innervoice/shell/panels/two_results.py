"""Two results of one analysis beside each other: what differs in a table, and their figures in step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from innervoice.plugin.figures import TableFigure
from innervoice.shell.panels.figure_rooms import FigureRooms
from innervoice.shell.panels.heading import Heading, QuietLabel
from innervoice.shell.plots.figures import FigureView, figure_view
from innervoice.shell.theme import Theme
from innervoice.shell.words import said

HEIGHTS = [240, 460]
LOWEST_TABLE = 120
"""Pixels; a longer table is scrolled, and the figures keep their room."""


@dataclass(frozen=True, eq=False)
class Side:
    """One of the two runs: its name, its `Result`, and what it was made from, as JSON."""

    name: str
    result: Any
    provenance: Mapping[str, Any]


class TwoResultsPage(QWidget):
    """Shows two runs.

    Parameters
    ----------
    table : Table
        See `innervoice.report.comparison`.
    sides : sequence of Side
        The two runs.

    Signals
    -------
    link_activated : object
        A mark was clicked.
    failed : str
        A figure could not be saved.
    """

    of_one_study = True
    link_activated = Signal(object)
    failed = Signal(str)

    def __init__(self, table: Any, sides: tuple[Side, Side], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = said("{first} and {second}").format(first=sides[0].name, second=sides[1].name)
        self._made = [side.provenance for side in sides]
        self.heading = Heading(said("Comparison"))
        self.heading.remark.setText(self.name)
        self.table = figure_view(TableFigure(title=said("What differs"), table=table), theme)
        self._join(self.table)
        self.table.canvas.setMinimumHeight(LOWEST_TABLE)
        self.rooms = FigureRooms(theme, self)
        self.rooms.made.connect(self._join)
        self.sides = [self._tabs(side.name, side.result) for side in sides]
        for one, other in ((0, 1), (1, 0)):
            self.sides[one].currentChanged.connect(lambda _index, one=one, other=other: self._follow(one, other))
        beside = QSplitter(Qt.Orientation.Horizontal)
        for side, tabs in zip(sides, self.sides, strict=True):
            beside.addWidget(_Named(side, tabs))
        whole = QSplitter(Qt.Orientation.Vertical)
        whole.setChildrenCollapsible(False)
        whole.addWidget(self.table)
        whole.addWidget(beside)
        whole.setSizes(HEIGHTS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(whole, 1)

    @property
    def views(self) -> list[FigureView]:
        """Return the figures that are drawn already."""
        return self.rooms.views

    def select_target(self, kind: str, target: int) -> None:
        """Mark on both sides what leads to a clip or a neuron (-1: none)."""
        self.table.select_target(kind, target)
        self.rooms.select_target(kind, target)

    def select_point(self, z: Any) -> None:
        """Mark in every figure what leads to a point of the latent space, float32 [neurons]."""
        self.rooms.select_point(z)

    def set_theme(self, theme: Theme) -> None:
        """Draw the figures in another theme."""
        self.table.set_theme(theme)
        self.rooms.set_theme(theme)

    def provenance(self) -> dict[str, Any]:
        """Return what the table of differences is made from: both runs."""
        return dict(zip(("first", "second"), self._made, strict=True))

    def _tabs(self, name: str, result: Any) -> QTabWidget:
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.setAccessibleName(said("Figures of {name}").format(name=name))
        tabs.tabBar().setAccessibleName(said("Figures of {name}").format(name=name))
        tabs.tabBar().setExpanding(False)
        for figure in result.figures:
            tabs.addTab(self.rooms.room(figure), figure.title)
        return tabs

    def _join(self, view: FigureView) -> None:
        view.link_activated.connect(self.link_activated)
        view.failed.connect(self.failed)

    def _follow(self, one: int, other: int) -> None:
        """Bring the like figure of the other side to the front: of the same title, else at the same place."""
        chosen, follower = self.sides[one], self.sides[other]
        titles = [follower.tabText(index) for index in range(follower.count())]
        title, place = chosen.tabText(chosen.currentIndex()), chosen.currentIndex()
        if place < 0 or not titles:
            return
        like = titles.index(title) if title in titles else min(place, len(titles) - 1)
        if like != follower.currentIndex():
            follower.setCurrentIndex(like)


class _Named(QWidget):
    """The figures of one run below its name, which know what that run was made from."""

    def __init__(self, side: Side, tabs: QTabWidget) -> None:
        super().__init__()
        self._side = side
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        label = QuietLabel()
        label.setContentsMargins(8, 4, 8, 2)
        label.setText(side.name)
        column.addWidget(label)
        column.addWidget(tabs, 1)

    def provenance(self) -> Mapping[str, Any]:
        """Return what this run's figures were made from."""
        return self._side.provenance
