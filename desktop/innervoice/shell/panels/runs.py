"""The runs that the study holds; a double click shows a result again."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from innervoice.shell.panels.heading import Heading
from innervoice.shell.runs_desk import RunsDesk

RUN_ROLE = int(Qt.ItemDataRole.UserRole)


class RunsPanel(QWidget):
    """Lists the runs, newest first.

    Signals
    -------
    export_wanted : int
        A run's result is wanted as files.
    """

    export_wanted = Signal(int)

    def __init__(self, desk: RunsDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.heading = Heading("Runs")
        self.table = QTreeWidget()
        self.table.setAccessibleName("Runs of this study")
        self.table.setHeaderLabels(["Analysis", "Model", "When", "State"])
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.table.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section in (1, 2, 3):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)
        header.hideSection(1)
        self.table.itemActivated.connect(self._open)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 4, 4)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.table)
        desk.runs_changed.connect(self._list)
        desk.analyses_changed.connect(self._list)

    def _list(self) -> None:
        self.table.clear()
        for run in reversed(self._desk.runs):
            model = str(run.provenance.get("model", {}).get("name", ""))
            item = QTreeWidgetItem([self._desk.title(run.analysis), model, _when(run.started), run.state])
            item.setData(0, RUN_ROLE, run)
            tip = "\n".join(part for part in (f"Run {run.id} with {model}", run.started, run.message) if part)
            for column in range(4):
                item.setToolTip(column, tip)
            self.table.addTopLevelItem(item)
        self.heading.remark.setText(f"{len(self._desk.runs):,}" if self._desk.runs else "none yet")

    def _open(self, item: QTreeWidgetItem) -> None:
        run = item.data(0, RUN_ROLE)
        if run.state == "done":
            self._desk.show(run.id)

    def _menu(self, place: QPoint) -> None:
        item = self.table.itemAt(place)
        if item is None:
            return
        run: Any = item.data(0, RUN_ROLE)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        show = menu.addAction("Show the result")
        export = menu.addAction("Export the result…")
        for action in (show, export):
            action.setEnabled(run.state == "done")
        show.triggered.connect(lambda: self._desk.show(run.id))
        export.triggered.connect(lambda: self.export_wanted.emit(run.id))
        menu.addAction("Remove").triggered.connect(lambda: self._desk.remove(run.id))
        menu.popup(self.table.viewport().mapToGlobal(place))


def _when(started: str) -> str:
    """Return the day and minute of an ISO time: ``2026-11-20 21:04``."""
    return started[:16].replace("T", " ")
