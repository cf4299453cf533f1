"""The command palette: type a few letters of a command, a tune, a model or an analysis, press Enter."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from innervoice.shell.finder import Entry, Finder
from innervoice.shell.words import said

ENTRY_ROLE = int(Qt.ItemDataRole.UserRole)


class PaletteDialog(QDialog):
    """Lists what fits the letters; what cannot be done now says why."""

    def __init__(self, finder: Finder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(said("Commands"))
        self.resize(600, 460)
        self._finder = finder
        self.search = QLineEdit()
        self.search.setPlaceholderText(said("Type a command, a tune, a model or an analysis"))
        self.search.setAccessibleName(said("Type a command, a tune, a model or an analysis"))
        self.list = QTreeWidget()
        self.list.setAccessibleName(said("Commands"))
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, self.list.header().ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, self.list.header().ResizeMode.ResizeToContents)
        column = QVBoxLayout(self)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        self.search.textChanged.connect(self._find)
        self.search.returnPressed.connect(self._run)
        self.search.installEventFilter(self)
        self.list.itemActivated.connect(self._run)
        self._find("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down move in the list while the letters stay in the line."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None:
                item = self.list.topLevelItem(self.list.indexOfTopLevelItem(self.list.currentItem()) + step)
                if item is not None:
                    self.list.setCurrentItem(item)
                return True
        return super().eventFilter(watched, event)

    def _find(self, letters: str) -> None:
        self.list.clear()
        items = []
        for entry in self._finder.find(letters):
            item = QTreeWidgetItem([entry.title, entry.keys])
            item.setData(0, ENTRY_ROLE, entry)
            item.setDisabled(not entry.possible)
            item.setToolTip(0, entry.tip)
            items.append(item)
        self.list.addTopLevelItems(items)
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first)

    def _run(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        entry: Entry = item.data(0, ENTRY_ROLE)
        # What could not be done when the list was made may be possible by now: the engine is there.
        entry = next((one for one in self._finder.find(self.search.text()) if one.title == entry.title), entry)
        if entry.possible:
            self.accept()
            entry.run()
