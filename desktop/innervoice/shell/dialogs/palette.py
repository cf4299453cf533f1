"""The command palette: type a few letters of a command, press Enter."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from innervoice.shell.commands import Commands

ACTION_ROLE = int(Qt.ItemDataRole.UserRole)


class PaletteDialog(QDialog):
    """Finds commands by letters in their order; greyed ones say why they are greyed."""

    def __init__(self, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Commands")
        self.resize(560, 420)
        self._entries = [
            (_title(each.menu, each.title), commands.keys(each), action) for each, action in commands.actions()
        ]
        self.search = QLineEdit()
        self.search.setPlaceholderText("Type a command")
        self.search.setAccessibleName("Type a command")
        self.list = QTreeWidget()
        self.list.setAccessibleName("Commands")
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
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
        ranked = [(badness(letters, entry[0]), entry) for entry in self._entries]
        fitting = [(place, entry) for place, entry in ranked if place is not None]
        for _place, (title, keys, action) in sorted(fitting, key=lambda found: found[0]):
            item = QTreeWidgetItem([title, keys])
            item.setData(0, ACTION_ROLE, action)
            item.setDisabled(not action.isEnabled())
            item.setToolTip(0, action.toolTip())
            self.list.addTopLevelItem(item)
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first)

    def _run(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        action: QAction = item.data(0, ACTION_ROLE)
        if action.isEnabled():
            self.accept()
            action.trigger()


def badness(letters: str, title: str) -> int | None:
    """Return how badly `title` fits: 0 begins with the letters, more for gaps; None when they are not in it in order.

    Examples
    --------
    >>> badness("op", "Open"), badness("xy", "Open")
    (0, None)
    """
    wanted, text = letters.lower().replace(" ", ""), title.lower()
    whole = text.find(letters.lower())
    if whole >= 0:
        return whole
    place, gaps = -1, 0
    for letter in wanted:
        found = text.find(letter, place + 1)
        if found < 0:
            return None
        gaps += found - place - 1
        place = found
    return 100 + gaps


def _title(menu: str, title: str) -> str:
    plain = title.replace("&", "")
    return f"{menu.replace('&', '')}: {plain}" if menu else plain
