"""The runs that the study holds: newest first, searched by words; Enter shows a result, or why there is none."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
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
from innervoice.shell.run_words import STATES, fits, set_in_short, when
from innervoice.shell.runs_desk import RunsDesk
from innervoice.shell.words import said

RUN_ROLE = int(Qt.ItemDataRole.UserRole)
BAD = ("failed", "interrupted")


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
        self.table = QTreeWidget()
        self.table.setAccessibleName(said("Runs of this study"))
        self.table.setHeaderLabels([said("Run"), said("When"), said("State")])
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)  # two lines each; else all are measured with every change of the width
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = self.table.header()
        header.setResizeContentsPrecision(0)  # of what is seen
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section in (1, 2):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)
        self.table.itemActivated.connect(self._open)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        remove = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table)
        remove.setContext(Qt.ShortcutContext.WidgetShortcut)
        remove.activated.connect(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 4, 4)
        column.setSpacing(4)
        for widget in (self.heading, self.search, self.table):
            column.addWidget(widget)
        desk.runs_changed.connect(self._list)
        desk.analyses_changed.connect(self._list)

    @property
    def chosen(self) -> Any:
        """Return the chosen run, a `RunRow`, or None."""
        items = self.table.selectedItems()
        return items[0].data(0, RUN_ROLE) if items else None

    def _list(self, *_: object) -> None:
        kept = self.chosen
        self.table.clear()
        for run in reversed(self._desk.runs):
            item = self._item(run)
            if item is not None:
                self.table.addTopLevelItem(item)
                if kept is not None and run.id == kept.id:
                    self.table.setCurrentItem(item)
        shown, all_runs = self.table.topLevelItemCount(), len(self._desk.runs)
        self.heading.remark.setText(
            said("{shown:,} of {all_runs:,}").format(shown=shown, all_runs=all_runs)
            if shown < all_runs
            else f"{all_runs:,}"
        )
        if not all_runs:
            self.heading.remark.setText(said("none yet"))
        self.search.setEnabled(bool(all_runs))

    def _item(self, run: Any) -> QTreeWidgetItem | None:
        """Return the row of a run; None when what is searched for is not in it."""
        model = str(run.provenance.get("model", {}).get("name", ""))
        name, title = self._desk.name(run), self._desk.title(run.analysis)
        short = set_in_short(run.provenance, self._desk.defaults(run.analysis))
        state = STATES.get(run.state, run.state)
        if not fits(self.search.text(), name, title, run.analysis, short, model, state, run.message):
            return None
        second = run.message if run.state in BAD else short
        item = QTreeWidgetItem([f"{name}\n{second}", when(run.started), state])
        item.setData(0, RUN_ROLE, run)
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{name}, {state}, {second}")
        tip = "\n".join(
            part
            for part in (
                said("{title}, run {id} with {model}").format(title=title, id=run.id, model=model),
                run.started,
                short,
                run.message,
            )
            if part
        )
        for column in range(3):
            item.setToolTip(column, tip)
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        return item

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
