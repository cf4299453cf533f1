"""Plugins: what is installed, from where, what it adds, what is wrong with it; switching on and off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from innervoice.shell.words import said
from innervoice.shell.workspace import Workspace

NAME_ROLE = int(Qt.ItemDataRole.UserRole)
WIDTHS = (220, 80, 150)
HEIGHTS = [240, 180]


class PluginsDialog(QDialog):
    """The list of plugins; a tick switches one, and the facts of the chosen one stand below."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(said("Plugins"))
        self.resize(720, 560)
        self._work, self._desk = workspace, workspace.plugins
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.table = self._make_table()
        self.facts = QPlainTextEdit()
        self.facts.setReadOnly(True)
        self.facts.setAccessibleName(said("About the chosen plugin"))
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.table)
        splitter.addWidget(self.facts)
        splitter.setSizes(HEIGHTS)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(self.note)
        column.addWidget(splitter, 1)
        column.addWidget(self._make_buttons())
        for signal in (self._desk.changed, workspace.bridge.state_changed, workspace.jobs.changed):
            signal.connect(self.refresh)
        self.refresh()

    def _make_table(self) -> QTreeWidget:
        table = QTreeWidget()
        table.setAccessibleName(said("Installed plugins"))
        table.setHeaderLabels([said("Plugin"), said("Version"), said("Package"), said("State")])
        table.setRootIsDecorated(False)
        table.setUniformRowHeights(True)
        for column, width in enumerate(WIDTHS):
            table.header().resizeSection(column, width)
        table.header().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        table.itemChanged.connect(self._ticked)
        table.currentItemChanged.connect(lambda *_: self._show_facts())
        return table

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.restart = buttons.addButton(said("&Restart Engine"), QDialogButtonBox.ButtonRole.ActionRole)
        self.restart.setAutoDefault(False)
        self.restart.clicked.connect(self._work.restart_engine)
        buttons.rejected.connect(self.reject)
        return buttons

    def refresh(self, *_: object) -> None:
        """List the plugins as they are now."""
        chosen = self._chosen()
        with QSignalBlocker(self.table):
            self.table.clear()
            for plugin in self._desk.plugins:
                item = self._item(plugin)
                self.table.addTopLevelItem(item)
                if plugin["name"] == chosen:
                    self.table.setCurrentItem(item)
            if not self.table.currentIndex().isValid():
                self.table.setCurrentIndex(self.table.model().index(0, 0))
        self.note.setText(self._remark())
        busy = bool(self._work.jobs.worth_asking) or not self._work.bridge.ready
        self.restart.setEnabled(bool(self._desk.switched) and not busy)
        self.restart.setToolTip("" if self.restart.isEnabled() else self._why_no_restart(busy))
        self._show_facts()

    def _item(self, plugin: Mapping[str, Any]) -> QTreeWidgetItem:
        name = str(plugin["name"])
        package = said("with Innervoice") if plugin["ours"] else str(plugin["package"])
        item = QTreeWidgetItem([name, str(plugin["version"]), package, self._state(plugin)])
        item.setData(0, NAME_ROLE, name)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        on = self._desk.switched.get(name, plugin["why_off"] != "It is switched off.")
        item.setCheckState(0, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        item.setToolTip(0, str(plugin["summary"]))
        return item

    def _state(self, plugin: Mapping[str, Any]) -> str:
        name = plugin["name"]
        if name in self._desk.switched:
            on = self._desk.switched[name]
            return said("On after a restart of the engine") if on else said("Off after a restart of the engine")
        if plugin["why_off"]:
            return said("Off")
        if any(failure["plugin"] == name for failure in self._desk.failures):
            return said("Something failed")
        return said("On")

    def _remark(self) -> str:
        if not self._desk.plugins:
            return said("The engine is still reading the list.")
        if self._desk.safe:
            return said("Started without plugins: only what came with Innervoice is loaded.")
        return said("A plugin runs as you. Install what you trust; a switch holds from the next start of the engine.")

    def _why_no_restart(self, busy: bool) -> str:
        if self._desk.switched and busy:
            return said("Something is running; cancel it first.")
        return said("Nothing was switched.")

    def _ticked(self, item: QTreeWidgetItem, column: int) -> None:
        if column == 0:
            self._desk.switch(str(item.data(0, NAME_ROLE)), item.checkState(0) == Qt.CheckState.Checked)

    def _chosen(self) -> str:
        return str(self.table.currentIndex().siblingAtColumn(0).data(NAME_ROLE) or "")

    def _show_facts(self) -> None:
        chosen = self._chosen()
        plugin = next((one for one in self._desk.plugins if one["name"] == chosen), None)
        self.facts.setPlainText("" if plugin is None else "\n".join(self._lines(plugin)))

    def _lines(self, plugin: Mapping[str, Any]) -> list[str]:
        lines = [str(plugin["summary"] or plugin["name"])]
        if plugin["author"]:
            lines.append(said("Author: {author}").format(author=plugin["author"]))
        lines.append(said("Installed in: {place}").format(place=plugin["where"]))
        lines += [f"{many.capitalize()}: {', '.join(ids)}" for many, ids in plugin["adds"].items()]
        if plugin["why_off"]:
            lines.append(str(plugin["why_off"]))
        for failure in self._desk.failures:
            if failure["plugin"] == plugin["name"]:
                lines += ["", str(failure["error"]), str(failure["traceback"])]
        return lines
