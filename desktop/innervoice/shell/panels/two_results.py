"""Two results of one analysis beside each other: what differs in a table, and their figures in step."""

from __future__ import annotations

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


class TwoResultsPage(QWidget):
    """Shows two runs.

    Parameters
    ----------
    table : Table
        See `innervoice.report.comparison`.
    sides : sequence of (str, Result)
        The two runs' names and results.

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

    def __init__(
        self, table: Any, sides: tuple[tuple[str, Any], tuple[str, Any]], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.name = said("{first} and {second}").format(first=sides[0][0], second=sides[1][0])
        self.heading = Heading(said("Comparison"))
        self.heading.remark.setText(self.name)
        self.table = figure_view(TableFigure(title=said("What differs"), table=table), theme)
        self._join(self.table)
        self.table.canvas.setMinimumHeight(LOWEST_TABLE)
        self.rooms = FigureRooms(theme, self)
        self.rooms.made.connect(self._join)
        self.sides = [self._side(name, result) for name, result in sides]
        for one, other in ((0, 1), (1, 0)):
            self.sides[one].currentChanged.connect(lambda _index, one=one, other=other: self._follow(one, other))
        beside = QSplitter(Qt.Orientation.Horizontal)
        for (name, _result), tabs in zip(sides, self.sides, strict=True):
            beside.addWidget(_named(name, tabs))
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

    def select_target(self, kind: str, target: int) -> None:
        """Mark on both sides what leads to a clip or a neuron (-1: none)."""
        self.table.select_target(kind, target)
        self.rooms.select_target(kind, target)

    def set_theme(self, theme: Theme) -> None:
        """Draw the figures in another theme."""
        self.table.set_theme(theme)
        self.rooms.set_theme(theme)

    def _side(self, name: str, result: Any) -> QTabWidget:
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


def _named(name: str, tabs: QTabWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    label = QuietLabel()
    label.setContentsMargins(8, 4, 8, 2)
    label.setText(name)
    column.addWidget(label)
    column.addWidget(tabs, 1)
    return holder
