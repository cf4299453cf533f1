"""The messages: what was said, when and how grave; to be searched and copied. The log file has the whole of it."""

from __future__ import annotations

import time

from PySide6.QtCore import QModelIndex, QSize, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from innervoice.shell.notifications import Notice
from innervoice.shell.words import said

LINES = 2000
HEIGHT = 160  # pixels
NOTICE_ROLE = int(Qt.ItemDataRole.UserRole)
LEVELS = ("info", "warning", "error")


class LogPanel(QWidget):
    """Lists the notices.

    Signals
    -------
    details_wanted : Notice
        A person wants to read the rest of one.
    """

    details_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = QStandardItemModel(0, 3, self)
        self._lines.setHorizontalHeaderLabels([said("Time"), said("Level"), said("Message")])
        self._shown = _Filter(self)
        self._shown.setSourceModel(self._lines)
        self.table = self._make_table()
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(4)
        column.addLayout(self._make_line())
        column.addWidget(self.table)
        QShortcut(QKeySequence.StandardKey.Copy, self.table, self.copy, context=Qt.ShortcutContext.WidgetShortcut)

    def sizeHint(self) -> QSize:
        """A few lines: what stands above has the room."""
        return QSize(600, HEIGHT)

    def _make_table(self) -> QTreeView:
        table = QTreeView()
        table.setAccessibleName(said("Messages"))
        table.setModel(self._shown)
        table.setRootIsDecorated(False)
        table.setUniformRowHeights(True)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.header().setResizeContentsPrecision(0)  # of what is seen: all lines are measured whenever they come up
        table.header().setStretchLastSection(True)
        table.activated.connect(self._open)
        return table

    def _make_line(self) -> QHBoxLayout:
        self.search = QLineEdit()
        self.search.setPlaceholderText(said("Find in messages"))
        self.search.setAccessibleName(said("Find in messages"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._shown.set_words)
        self.level = QComboBox()
        self.level.setAccessibleName(said("Least grave level that is shown"))
        self.level.addItems([said("All messages"), said("Warnings and errors"), said("Errors only")])
        self.level.currentIndexChanged.connect(self._shown.set_least)
        self.button = QPushButton(said("Copy"))
        self.button.setToolTip(said("Copy the selected messages, or all that are shown"))
        self.button.clicked.connect(self.copy)
        line = QHBoxLayout()
        line.addWidget(self.search, 1)
        line.addWidget(self.level)
        line.addWidget(self.button)
        return line

    def add(self, notice: Notice) -> None:
        """Add a notice; a repeat is counted where it stands."""
        row = next((row for row in range(self._lines.rowCount()) if self._notice(row).number == notice.number), None)
        if row is not None:
            self._fill(row, notice)
            return
        self._lines.appendRow([QStandardItem(), QStandardItem(), QStandardItem()])
        self._fill(self._lines.rowCount() - 1, notice)
        if self._lines.rowCount() > LINES:
            self._lines.removeRow(0)
        self.table.scrollToBottom()

    def lines(self) -> list[str]:
        """Return what is shown, as it is copied: time, level, sentence, details."""
        rows = [self._shown.mapToSource(self._shown.index(row, 0)).row() for row in range(self._shown.rowCount())]
        return [self._text(row) for row in rows]

    def copy(self) -> None:
        """Copy the selected messages, or all that are shown."""
        chosen = [self._shown.mapToSource(index).row() for index in self.table.selectionModel().selectedRows()]
        texts = [self._text(row) for row in sorted(chosen)] if chosen else self.lines()
        QGuiApplication.clipboard().setText("\n".join(texts))

    def _notice(self, row: int) -> Notice:
        notice: Notice = self._lines.item(row, 0).data(NOTICE_ROLE)
        return notice

    def _fill(self, row: int, notice: Notice) -> None:
        sentence = (
            notice.text
            if notice.times == 1
            else said("{text} ({times} times)").format(text=notice.text, times=notice.times)
        )
        for column, text in enumerate((time.strftime("%H:%M:%S"), notice.level, sentence)):
            item = self._lines.item(row, column)
            item.setText(text)
            item.setData(notice, NOTICE_ROLE)
            item.setToolTip(notice.text if not notice.details else f"{notice.text}\n\n{notice.details[:600]}")

    def _text(self, row: int) -> str:
        parts = [self._lines.item(row, column).text() for column in range(3)]
        details = [f"          {line}" for line in self._notice(row).details.splitlines()]
        return "\n".join(["  ".join((parts[0], f"{parts[1]:<7}", parts[2])), *details])

    def _open(self, index: QModelIndex) -> None:
        notice = index.siblingAtColumn(0).data(NOTICE_ROLE)
        if notice is not None:
            self.details_wanted.emit(notice)


class _Filter(QSortFilterProxyModel):
    """Shows the notices that hold all the words and are grave enough."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self._least = 0

    def set_words(self, words: str) -> None:
        self._words = words.casefold().split()
        self.invalidate()

    def set_least(self, least: int) -> None:
        self._least = least
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: object) -> bool:
        model = self.sourceModel()
        assert isinstance(model, QStandardItemModel)
        notice = model.item(row, 0).data(NOTICE_ROLE)
        if notice is None:
            return True
        text = f"{notice.text} {notice.details}".casefold()
        return LEVELS.index(notice.level) >= self._least and all(word in text for word in self._words)
