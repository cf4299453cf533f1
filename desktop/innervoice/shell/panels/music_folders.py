"""Folders of music: a short list with Add and Remove."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from innervoice.shell.words import said

ROWS = 3


class MusicFolders(QWidget):
    """The list.

    Signals
    -------
    changed
        Another folder is in it, or one less.
    add_wanted
        A folder is to be chosen.
    """

    changed = Signal()
    add_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget()
        self.list.setAccessibleName(said("Folders of music"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setFixedHeight(ROWS * (self.list.fontMetrics().height() + 8))
        self.add, self.remove = QPushButton(said("Add Folder…")), QPushButton(said("Remove"))
        self.add.clicked.connect(self.add_wanted)
        self.remove.clicked.connect(self._remove)
        self.remove.setAccessibleName(said("Remove the folder from the list"))
        self.list.itemSelectionChanged.connect(self._allow)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.list)
        column.addLayout(buttons)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._allow()

    def folders(self) -> tuple[str, ...]:
        """Return the folders."""
        return tuple(str(self.list.item(row).data(Qt.ItemDataRole.UserRole)) for row in range(self.list.count()))

    def put(self, folders: tuple[str, ...]) -> None:
        """Show these folders and no others."""
        self.list.clear()
        for folder in folders:
            self._show(folder)
        self._allow()
        self.changed.emit()

    def take(self, folder: Path) -> None:
        """Add a folder, once."""
        if str(folder) not in self.folders():
            self._show(str(folder))
            self.changed.emit()

    def _show(self, folder: str) -> None:
        item = QListWidgetItem(Path(folder).name or folder, self.list)
        item.setData(Qt.ItemDataRole.UserRole, folder)
        item.setToolTip(folder)

    def _remove(self) -> None:
        for item in self.list.selectedItems():
            self.list.takeItem(self.list.row(item))
        self.changed.emit()

    def _allow(self) -> None:
        self.remove.setEnabled(bool(self.list.selectedItems()))
