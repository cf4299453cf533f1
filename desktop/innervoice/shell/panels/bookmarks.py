"""The panel of bookmarks: the places that a study keeps, with their notes."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from innervoice.shell.bookmark_desk import SHOWN, BookmarkDesk
from innervoice.shell.commands import Commands
from innervoice.shell.panels.heading import Heading, action_button
from innervoice.shell.panels.placeholder import Placeholder
from innervoice.shell.path_desk import CORNERS, PathDesk
from innervoice.shell.words import said

MARK_ROLE = int(Qt.ItemDataRole.UserRole)


class BookmarkList(QTreeWidget):
    """The list; its keys are those of a list of files."""

    def __init__(self, desk: BookmarkDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setAccessibleName(said("Bookmarks of this study"))
        self.setHeaderLabels([said("Note"), said("Model")])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = self.header()
        header.setResizeContentsPrecision(0)  # of what is seen
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)

    def chosen(self) -> Any:
        """Return the bookmark that the list stands at, or None."""
        index = self.currentIndex()
        return index.siblingAtColumn(0).data(MARK_ROLE) if index.isValid() else None

    def rename(self) -> None:
        """Let the note be written."""
        if self.currentIndex().isValid():
            self.editItem(self.currentItem(), 0)

    def remove(self) -> None:
        """Forget the chosen bookmark."""
        mark = self.chosen()
        if mark is not None:
            self._desk.remove(mark)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 renames, Delete forgets."""
        does = {Qt.Key.Key_F2: self.rename, Qt.Key.Key_Delete: self.remove}.get(Qt.Key(event.key()))
        if does is None:
            super().keyPressEvent(event)
        else:
            does()


class BookmarksPanel(QWidget):
    """Lists the bookmarks, newest first; a double click or Return goes there."""

    def __init__(self, desk: BookmarkDesk, paths: PathDesk, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._paths = paths
        self.heading = Heading(said("Bookmarks"))
        self.heading.add(action_button(commands.action("explore.bookmark"), text=True))
        self.list = BookmarkList(desk)
        self.list.itemActivated.connect(lambda item: desk.go(item.data(0, MARK_ROLE)))
        self.list.itemChanged.connect(self._renamed)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self.empty = Placeholder(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 4, 4)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.empty, 1)
        desk.bookmarks_changed.connect(self._list)
        desk.added.connect(self._write_note)
        self._list()

    def _list(self) -> None:
        chosen, row = self.list.chosen(), self.list.currentIndex().row()
        with QSignalBlocker(self.list):
            self.list.clear()
            for mark in reversed(self._desk.bookmarks):
                item = QTreeWidgetItem([mark.note, _model(mark)])
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
                item.setData(0, MARK_ROLE, mark)
                tip = f"{_place(mark)}\n{mark.made[:16].replace('T', ' ')}"
                for column in range(2):
                    item.setToolTip(column, tip)
                self.list.addTopLevelItem(item)
                if chosen is not None and mark.id == chosen.id:
                    self.list.setCurrentItem(item)
            left = self.list.topLevelItemCount()
            if row >= 0 and left and not self.list.currentIndex().isValid():  # the chosen one was removed
                self.list.setCurrentIndex(self.list.model().index(min(row, left - 1), 0))
        count = len(self._desk.bookmarks)
        newest = said("the newest ") if count == SHOWN else ""
        self.heading.remark.setText(f"{newest}{count:,}" if count else "")
        self.empty.say(
            "" if count else said("No place is kept yet. Turn the neurons to something worth finding again.")
        )

    def _write_note(self, bookmark: int) -> None:
        """Offer the note of a new bookmark for writing, where the panel is seen."""
        for row in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(row)
            if item is not None and item.data(0, MARK_ROLE).id == bookmark:
                self.list.setCurrentItem(item)
                if self.list.isVisible():
                    self.list.setFocus()
                    self.list.editItem(item, 0)

    def _renamed(self, item: QTreeWidgetItem, column: int) -> None:
        mark, note = item.data(0, MARK_ROLE), item.text(0).strip()
        if column == 0 and note != mark.note:
            self._desk.rename(mark.id, note or _place(mark))

    def menu(self) -> QMenu | None:
        """Return a new menu of the chosen bookmark."""
        mark = self.list.chosen()
        if mark is None:
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(said("Go there")).triggered.connect(lambda: self._desk.go(mark))
        menu.addAction(said("Rename\tF2")).triggered.connect(self.list.rename)
        for corner in CORNERS:
            take = menu.addAction(said("Take as {corner}").format(corner=corner))
            take.triggered.connect(lambda _checked, corner=corner: self._take(corner, mark))
        menu.addAction(said("Remove\tDel")).triggered.connect(lambda: self._desk.remove(mark))
        return menu

    def _take(self, corner: str, mark: Any) -> None:
        spot = self._desk.spot(mark)
        if spot is not None:
            self._paths.take(corner, spot)

    def _open_menu(self, place: QPoint) -> None:
        menu = self.menu()
        if menu is not None:
            menu.popup(self.list.viewport().mapToGlobal(place))


def _model(mark: Any) -> str:
    """Return the name of a bookmark's model; the target may be anything."""
    model = mark.target.get("model") if isinstance(mark.target, dict) else None
    return str(model.get("name", ""))[:60] if isinstance(model, dict) else ""


def _place(mark: Any) -> str:
    return str(mark.target.get("name", ""))[:200] if isinstance(mark.target, dict) else ""
