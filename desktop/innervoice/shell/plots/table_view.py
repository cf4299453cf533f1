"""Tables of a result: sorted by a click on a header, copied as tab-separated text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView, QWidget

from innervoice.plugin.figures import Table, TableFigure
from innervoice.shell.theme import Theme

ROW, MOST = 26, 480  # pixels of a row, and of the whole table before it scrolls
Index = QModelIndex | QPersistentModelIndex


class TableModel(QAbstractTableModel):
    """A `Table` for Qt's views; `Qt.UserRole` gives the plain value to sort by."""

    def __init__(self, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self._decimals = [decimals([row[column] for row in table.rows]) for column in range(len(table.columns))]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.table.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return _side(self.table.rows[0][section] if self.table.rows else None)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.table.columns[section] if orientation == Qt.Orientation.Horizontal else section + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.table.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_text(cell, self._decimals[index.column()])
        if role == Qt.ItemDataRole.ToolTipRole:
            return "no value" if cell is None else str(cell)
        if role == Qt.ItemDataRole.UserRole:
            return cell
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(cell)
        return None


def _side(cell: object) -> Qt.AlignmentFlag:
    number = isinstance(cell, int | float) and not isinstance(cell, bool)
    return (Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter


class _Sorted(QSortFilterProxyModel):
    """Numbers by size, text by alphabet, missing values last in either direction."""

    def lessThan(self, left: Index, right: Index) -> bool:
        a, b = (index.data(Qt.ItemDataRole.UserRole) for index in (left, right))
        if a is None or b is None:
            rising = self.sortOrder() == Qt.SortOrder.AscendingOrder
            return (a is not None) == rising and a is not b
        if isinstance(a, str) or isinstance(b, str):
            return str(a).casefold() < str(b).casefold()
        return bool(a < b)


class TableCanvas(QTableView):
    """Shows a `TableFigure`."""

    link_activated = Signal(object)
    cut_moved = Signal(float)

    def __init__(self, figure: TableFigure, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figure, self.theme = figure, theme
        self.setAccessibleName(figure.title)
        self.setAccessibleDescription(figure.caption)
        sorted_rows = _Sorted(self)
        sorted_rows.setSourceModel(TableModel(figure.table, self))
        self.setModel(sorted_rows)
        self.setSortingEnabled(True)
        sorted_rows.sort(-1)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setVisible(False)
        self.horizontalHeader().setStretchLastSection(True)
        if len(figure.table.rows) <= 2000:
            self.resizeColumnsToContents()
        self.setMinimumHeight(min(MOST, ROW * (len(figure.table.rows) + 1) + 12))

    def set_theme(self, theme: Theme) -> None:
        """Tables take the palette; nothing is drawn here."""
        self.theme = theme

    def close_plot(self) -> None:
        """Nothing to take apart: a table has no scene."""

    def show_all(self) -> None:
        """Go back to the first row, in the order of the result."""
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.scrollToTop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QApplication.clipboard().setText(self.selected_text())
            return
        super().keyPressEvent(event)

    def selected_text(self) -> str:
        """The selected cells as lines of tab-separated text, in the order shown."""
        cells = sorted((index.row(), index.column(), index) for index in self.selectedIndexes())
        lines: dict[int, list[str]] = {}
        for row, _, index in cells:
            lines.setdefault(row, []).append(str(index.data()))
        return "\n".join("\t".join(line) for line in lines.values())


def decimals(cells: Sequence[object]) -> int:
    """Give the decimals that show four digits of a column's largest fraction, and more of a small one: 0 to 6."""
    largest = max((abs(cell) for cell in cells if isinstance(cell, float)), default=0.0)
    return int(np.clip(3 - np.floor(np.log10(largest)), 0, 6)) if largest > 0 else 0


def cell_text(cell: object, places: int) -> str:
    """Give a cell as it is shown: a fraction with as many decimals as its column, yes or no, nothing for no value."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if not isinstance(cell, float):
        return str(cell)
    rounds_away = cell != 0 and abs(cell) < 0.5 * 10**-places
    return f"{cell:.2g}" if rounds_away else f"{cell:.{places}f}"
