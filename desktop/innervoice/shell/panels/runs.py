"""The runs that the study holds: newest first, searched by words; Enter shows a result, or why there is none."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QMenu,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from innervoice.shell.panels.heading import Heading
from innervoice.shell.panels.run_line import RUN_ROLE, RunLine
from innervoice.shell.run_words import set_in_short, when
from innervoice.shell.runs_desk import RunsDesk
from innervoice.shell.turns import InTurn
from innervoice.shell.words import said

A_TURN = 100
"""How many rows are added at once."""


class RunsPanel(QWidget):
    """Lists the runs.

    Signals
    -------
    export_wanted, again_wanted, rename_wanted, compare_wanted : int
        A run's result is wanted as files, its parameters in the form, another name for it, another run beside it.
    reason_wanted : object
        Why a run (`RunRow`) has no result.
    """

    export_wanted = Signal(int)
    again_wanted = Signal(int)
    rename_wanted = Signal(int)
    compare_wanted = Signal(int)
    reason_wanted = Signal(object)

    def __init__(self, desk: RunsDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.heading = Heading(said("Runs"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(said("Find a run"))
        self.search.setAccessibleName(said("Find a run by its name, parameters, model or state"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._list)
        self.table = self._make_table()
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 4, 4)
        column.setSpacing(4)
        for widget in (self.heading, self.search, self.table):
            column.addWidget(widget)
        self._items: dict[int, tuple[RunLine, QTreeWidgetItem]] = {}
        self._kept = -1  # the run that was chosen last, for when its row comes back
        self._more = InTurn(self._list, self)
        desk.runs_changed.connect(self._list)
        desk.analyses_changed.connect(self._list)

    def _make_table(self) -> QTreeWidget:
        table = QTreeWidget()
        table.setAccessibleName(said("Runs of this study"))
        table.setHeaderLabels([said("Run"), said("When"), said("State")])
        table.setRootIsDecorated(False)
        table.setUniformRowHeights(True)  # two lines each; else all are measured with every change of the width
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = table.header()
        header.setResizeContentsPrecision(0)  # of what is seen
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section in (1, 2):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)
        table.itemActivated.connect(self._open)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._menu)
        remove = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), table)
        remove.setContext(Qt.ShortcutContext.WidgetShortcut)
        remove.setAutoRepeat(False)
        remove.activated.connect(self._remove)
        return table

    @property
    def chosen(self) -> Any:
        """Return the chosen run, a `RunRow`, or None."""
        items = self.table.selectedItems()
        return items[0].data(0, RUN_ROLE) if items else None

    def _list(self, *_: object) -> None:
        """Bring the rows up to date: those that say what they said stay, as a study may have hundreds of runs."""
        added = 0
        self._kept = self.chosen.id if self.chosen is not None else self._kept
        lines = [line for run in reversed(self._desk.runs) if (line := self._line(run)).fits(self.search.text())]
        self._take_others({line.run.id: line for line in lines})
        if all(run.id != self._kept for run in self._desk.runs):
            self._kept = -1  # removed, or of another study, whose runs have the same numbers
        for place, line in enumerate(lines):
            if line.run.id in self._items:
                continue
            if added == A_TURN:
                self._more.ask()
                break
            added += 1
            item = line.item()
            self._items[line.run.id] = line, item
            self.table.insertTopLevelItem(place, item)
            if line.run.id == self._kept:
                self.table.setCurrentItem(item)
        self._count(len(lines))

    def _take_others(self, wanted: dict[int, RunLine]) -> None:
        for run, (line, item) in list(self._items.items()):
            if wanted.get(run) != line:
                if run == self._kept:
                    self.table.setCurrentIndex(QModelIndex())  # else the row below would be chosen
                self.table.takeTopLevelItem(self.table.indexOfTopLevelItem(item))
                del self._items[run]

    def _count(self, shown: int) -> None:
        all_runs = len(self._desk.runs)
        remark = f"{all_runs:,}" if all_runs else said("none yet")
        if shown < all_runs:
            remark = said("{shown:,} of {all_runs:,}").format(shown=shown, all_runs=all_runs)
        self.heading.remark.setText(remark)
        self.search.setEnabled(bool(all_runs))

    def _line(self, run: Any) -> RunLine:
        desk = self._desk
        short = set_in_short(run.provenance, desk.defaults(run.analysis))
        return RunLine(run, desk.name(run), desk.title(run.analysis), short, when(run.started))

    def _open(self, item: QTreeWidgetItem) -> None:
        run = item.data(0, RUN_ROLE)
        if run.state == "done":
            self._desk.show(run.id)
        elif run.state != "running":
            self.reason_wanted.emit(run)

    def _remove(self) -> None:
        if self.chosen is not None and self.chosen.state != "running":
            self._desk.remove(self.chosen.id)

    def menu(self, run: Any) -> QMenu:
        """Return the menu of a run."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        done, running = run.state == "done", run.state == "running"
        others = any(other.id != run.id and other.analysis == run.analysis for other in self._desk.runs if _done(other))
        entries = (
            (said("Show the result"), done, lambda: self._desk.show(run.id)),
            (said("Say why there is no result"), not done and not running, lambda: self.reason_wanted.emit(run)),
            (said("Run again…"), True, lambda: self.again_wanted.emit(run.id)),
            (said("Compare with…"), done and others, lambda: self.compare_wanted.emit(run.id)),
            (said("Rename…"), True, lambda: self.rename_wanted.emit(run.id)),
            (said("Export the result…"), done, lambda: self.export_wanted.emit(run.id)),
            (said("Remove"), not running, lambda: self._desk.remove(run.id)),
        )
        for text, possible, act in entries:
            entry = menu.addAction(text)
            entry.setEnabled(possible)
            entry.triggered.connect(lambda _checked, act=act: act())
        return menu

    def _menu(self, place: QPoint) -> None:
        item = self.table.itemAt(place) or self.table.currentItem()
        if item is not None:
            menu = self.menu(item.data(0, RUN_ROLE))
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.table.viewport().mapToGlobal(place))


def _done(run: Any) -> bool:
    return bool(run.state == "done")
