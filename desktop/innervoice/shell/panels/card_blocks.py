"""The blocks of a model's card as widgets."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from innervoice.report.model_card.blocks import Block, Command, Names, Paragraph, Points, Rows, Values
from innervoice.shell.panels.share_bar import ShareBar
from innervoice.shell.words import said

SHORT = 24
"""Values up to so many characters stand in several columns."""
COLUMNS = 4
LONG_WORD = re.compile(r"\S{40}(?=\S)")
MAY_BREAK = "\N{ZERO WIDTH SPACE}"
NAMES_HEIGHT = 220
CELL_MARGINS = 12, 7, 12, 7
NARROWEST, WIDEST = 12, 40
"""Characters: columns of a table share its width by their longest texts, within these bounds."""


def block_widget(block: Block, draw: Callable[[Any], QWidget]) -> QWidget:
    """Return the widget of a block.

    Parameters
    ----------
    block : Block
    draw : callable
        Takes a figure, returns its widget.
    """
    match block:
        case Paragraph(text):
            widget: QWidget = text_label(text)
        case Points(items):
            widget = _points(items)
        case Rows():
            widget = _table(block)
        case Values(pairs):
            widget = values(pairs)
        case Names(title, names):
            widget = _NameList(title, names)
        case Command(line):
            widget = _command(line)
        case _:
            widget = draw(block)
    return widget


def text_label(text: str, quiet: bool = False) -> QLabel:
    """Return a text that wraps and can be copied; never read as markup."""
    label = QLabel(LONG_WORD.sub(lambda word: word[0] + MAY_BREAK, text))
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setMinimumWidth(1)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if quiet:
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


def values(pairs: tuple[tuple[str, str], ...]) -> QWidget:
    """Return names with their values: short ones in columns, each below its name, long ones one below the other."""
    short = all(len(value) <= SHORT for _, value in pairs)
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(18)
    for place, (name, value) in enumerate(pairs):
        row, column = divmod(place, COLUMNS) if short else (place, 0)
        grid.addWidget(_value(name, value), row, column, Qt.AlignmentFlag.AlignTop)
    for column in range(COLUMNS if short else 1):
        grid.setColumnStretch(column, 1)
    return holder


def _value(name: str, value: str) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 4)
    column.setSpacing(1)
    column.addWidget(text_label(name, quiet=True))
    shown = text_label(value)
    shown.setAccessibleName(f"{name}: {value}")
    column.addWidget(shown)
    return holder


def _points(items: tuple[str, ...]) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setColumnStretch(1, 1)
    for row, item in enumerate(items):
        grid.addWidget(QLabel("•"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(text_label(item), row, 1)
    return holder


def _table(table: Rows) -> QWidget:
    """Rows with hairlines between them; a share has its bar below the number, the model's own in the accent."""
    holder = QFrame()
    holder.setObjectName("cardTable")
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(0)
    left = len(table.columns) - table.right
    for column, name in enumerate(table.columns):
        grid.addWidget(_padded(text_label(name, quiet=True), column >= left), 0, column)
        longest = max(len(row[column].text) for row in table.rows)
        grid.setColumnStretch(column, min(max(longest, NARROWEST), WIDEST))
    for number, row in enumerate(table.rows):
        line = QFrame()
        line.setObjectName("cardLine")
        line.setFixedHeight(1)
        grid.addWidget(line, 2 * number + 1, 0, 1, -1)
        for column, cell in enumerate(row):
            bar = None if cell.share is None else ShareBar(cell.share, own=table.is_own(column))
            grid.addWidget(_padded(text_label(cell.text), column >= left, bar), 2 * number + 2, column)
    return holder


def _padded(label: QLabel, right: bool, bar: QWidget | None = None) -> QWidget:
    """A cell; one without a bar is the text alone, for every widget more is dressed with every change of the theme."""
    if right:
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    if bar is None:
        label.setContentsMargins(*CELL_MARGINS)
        return label
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(*CELL_MARGINS)
    column.setSpacing(4)
    column.addWidget(label)
    column.addWidget(bar)
    return holder


def _command(line: str) -> QWidget:
    holder = QFrame()
    holder.setObjectName("cardTable")
    row = QHBoxLayout(holder)
    row.setContentsMargins(12, 8, 8, 8)
    label = text_label(line)
    label.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    copy = QPushButton(said("Copy"))
    copy.setAccessibleName(said("Copy the command"))
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(line))
    row.addWidget(label, 1)
    row.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
    return holder


class _NameList(QWidget):
    """A title that unfolds a list; the list is filled when it is first seen."""

    def __init__(self, title: str, names: tuple[str, ...]) -> None:
        super().__init__()
        self._names = names
        self.button = QToolButton()
        self.button.setText(title)
        self.button.setCheckable(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setArrowType(Qt.ArrowType.RightArrow)
        self.button.toggled.connect(self._unfold)
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setUniformItemSizes(True)
        self.list.setFixedHeight(NAMES_HEIGHT)
        self.list.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.button)
        column.addWidget(self.list)

    def _unfold(self, shown: bool) -> None:
        if shown and not self.list.count():
            self.list.addItems(self._names)
        self.button.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)
        self.list.setVisible(shown)
