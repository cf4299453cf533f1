"""The keys of every command, to be found and changed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from innervoice.shell.commands import Command, Commands, plain
from innervoice.shell.shortcuts import KeysTaken, Shortcuts
from innervoice.shell.words import said

COMMAND_ROLE = int(Qt.ItemDataRole.UserRole)


class ShortcutsDialog(QDialog):
    """Lists all commands with their keys; what is pressed in the field below becomes the chosen one's keys."""

    def __init__(self, commands: Commands, shortcuts: Shortcuts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(said("Keyboard shortcuts"))
        self.resize(620, 620)
        self._commands, self._shortcuts = commands, shortcuts
        self.search = QLineEdit()
        self.search.setPlaceholderText(said("Find a command or keys"))
        self.search.setAccessibleName(said("Find a command or keys"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._find)
        self.table = self._make_table()
        column = QVBoxLayout(self)
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        column.addLayout(self._make_line())
        column.addLayout(self._make_sentence())
        column.addWidget(self._make_buttons())
        shortcuts.changed.connect(self._show_keys)
        self._fill()

    def _make_table(self) -> QTreeWidget:
        table = QTreeWidget()
        table.setAccessibleName(said("Keyboard shortcuts"))
        table.setHeaderLabels([said("Command"), said("Keys"), said("At first")])
        table.setRootIsDecorated(False)
        table.setAlternatingRowColors(True)
        table.setUniformRowHeights(True)
        table.header().setStretchLastSection(False)
        table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.currentItemChanged.connect(self._choose)
        return table

    def _make_line(self) -> QHBoxLayout:
        self.field = QKeySequenceEdit()
        self.field.setMaximumSequenceLength(1)
        self.field.setAccessibleName(said("New keys"))
        self.field.editingFinished.connect(self._change)
        self.clear = QPushButton(said("&Clear"))
        self.clear.setToolTip(said("Leave this command without keys"))
        self.clear.clicked.connect(lambda: self._try(QKeySequence()))
        self.reset = QPushButton(said("&Reset"))
        self.reset.setToolTip(said("The keys that it had at first"))
        self.reset.clicked.connect(lambda: self._try(self._shortcuts.first_keys(self._chosen().id)))
        label = QLabel(said("&Press new keys"))
        label.setBuddy(self.field)
        line = QHBoxLayout()
        line.addWidget(label)
        line.addWidget(self.field, 1)
        line.addWidget(self.clear)
        line.addWidget(self.reset)
        return line

    def _make_sentence(self) -> QHBoxLayout:
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setMinimumHeight(self.sentence.fontMetrics().height() + 14)
        self.use = QPushButton(said("&Use Them Here"))
        self.use.setToolTip(said("The other command is left without keys"))
        self.use.clicked.connect(self._take)
        self.use.hide()
        line = QHBoxLayout()
        line.addWidget(self.sentence, 1)
        line.addWidget(self.use)
        return line

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.reset_all = buttons.addButton(said("Reset &All"), QDialogButtonBox.ButtonRole.ResetRole)
        self.reset_all.clicked.connect(self._reset_all)
        buttons.rejected.connect(self.reject)
        for button in (
            self.reset_all,
            self.clear,
            self.reset,
            self.use,
            buttons.button(QDialogButtonBox.StandardButton.Close),
        ):
            button.setAutoDefault(False)  # Enter in the search line is no wish to close
        return buttons

    def _fill(self) -> None:
        for command, _action in self._commands.actions():
            item = QTreeWidgetItem([_title(command), "", self._first(command)])
            item.setData(0, COMMAND_ROLE, command.id)
            item.setToolTip(0, said(command.tip))
            self.table.addTopLevelItem(item)
        self._show_keys()
        self.table.setCurrentItem(self._items()[0])

    def _first(self, command: Command) -> str:
        first = self._shortcuts.first_keys(command.id).toString(QKeySequence.SequenceFormat.NativeText)
        return ", ".join(keys for keys in (command.keys_shown, first) if keys)

    def _items(self) -> list[QTreeWidgetItem]:
        items = [self.table.topLevelItem(row) for row in range(self.table.topLevelItemCount())]
        return [item for item in items if item is not None]

    def _show_keys(self) -> None:
        for item in self._items():
            command = self._commands.command(item.data(0, COMMAND_ROLE))
            assert command is not None
            item.setText(1, self._commands.keys(command))
            font = item.font(1)
            font.setBold(self._shortcuts.is_changed(command.id))
            item.setFont(1, font)
        self._enable()

    def _find(self, words: str) -> None:
        wanted = words.casefold().split()
        for item in self._items():
            text = f"{item.text(0)} {item.text(1)}".casefold()
            item.setHidden(not all(word in text for word in wanted))
        current = self.table.currentItem()
        if current.isHidden():
            shown = [item for item in self._items() if not item.isHidden()]
            if shown:
                self.table.setCurrentItem(shown[0])

    def _chosen(self) -> Command:
        command = self._commands.command(self.table.currentItem().data(0, COMMAND_ROLE))
        assert command is not None
        return command

    def _choose(self, *_: object) -> None:
        self.field.setKeySequence(self._commands.action(self._chosen().id).shortcut())
        self._say("")
        self._enable()

    def _enable(self) -> None:
        if self.table.currentItem() is not None:
            name = self._chosen().id
            self.clear.setEnabled(not self._commands.action(name).shortcut().isEmpty())
            self.reset.setEnabled(self._shortcuts.is_changed(name))
        self.reset_all.setEnabled(any(self._shortcuts.is_changed(item.data(0, COMMAND_ROLE)) for item in self._items()))

    def _change(self) -> None:
        keys = self.field.keySequence()
        if not keys.isEmpty() and keys != self._commands.action(self._chosen().id).shortcut():
            self._try(keys)

    def _try(self, keys: QKeySequence) -> None:
        try:
            self._shortcuts.change(self._chosen().id, keys)
        except KeysTaken as error:
            self.field.setKeySequence(keys)
            self._say(str(error), error.holder is not None)
            return
        self._choose()

    def _take(self) -> None:
        self._shortcuts.take(self._chosen().id, self.field.keySequence())
        self._choose()

    def _reset_all(self) -> None:
        self._shortcuts.reset_all()
        self._choose()

    def _say(self, sentence: str, can_take: bool = False) -> None:
        self.sentence.setText(sentence)
        self.use.setVisible(can_take)


def _title(command: Command) -> str:
    menu = said(command.menu).replace("&", "")
    return f"{menu}: {plain(said(command.title))}" if menu else plain(said(command.title))
