"""A table of a result for Qt's views: aligned numbers, and a sort that takes milliseconds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush

from innervoice.plugin.figures import Table
from innervoice.shell.words import said

Index = QModelIndex | QPersistentModelIndex


class TableModel(QAbstractTableModel):
    """A `Table`, in the order of the result or sorted by a column.

    The sort is done here, once, by Python's own: a proxy model would ask Python for each of a million comparisons.
    """

    def __init__(
        self, table: Table, parent: QObject | None = None, marked_cells: Iterable[tuple[int, int]] = ()
    ) -> None:
        super().__init__(parent)
        self.table = table
        self._marked_cells = frozenset(marked_cells)
        self.mark_shade = QBrush()
        self.marked: frozenset[int] = frozenset()
        self.shade = QBrush()
        self._order = list(range(len(table.rows)))
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
        cell = self.table.rows[self._order[index.row()]][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_text(cell, self._decimals[index.column()])
        if role == Qt.ItemDataRole.ToolTipRole:
            return said("no value") if cell is None else str(cell)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(cell)
        if role == Qt.ItemDataRole.BackgroundRole and self._order[index.row()] in self.marked:
            return self.shade
        if role == Qt.ItemDataRole.BackgroundRole and self._is_marked(index):
            return self.mark_shade
        return None

    def _is_marked(self, index: Index) -> bool:
        return bool(self._marked_cells) and (self._order[index.row()], index.column()) in self._marked_cells

    def row_at(self, place: int) -> int:
        """The row of the table that stands at a place of the view."""
        return self._order[place]

    def mark(self, rows: Iterable[int]) -> int | None:
        """Shade some rows of the table and no others; return the place of the first in the view, or None."""
        self.marked = frozenset(rows)
        last = self.index(max(0, self.rowCount() - 1), max(0, self.columnCount() - 1))
        self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.BackgroundRole])
        return next((place for place, row in enumerate(self._order) if row in self.marked), None)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, missing values last in either direction; -1 is the order of the result."""
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        before = [self._order[index.row()] for index in kept]
        self._order = list(range(len(self.table.rows)))
        if 0 <= column < len(self.table.columns):
            cells = [row[column] for row in self.table.rows]
            there = [row for row in self._order if cells[row] is not None]
            there.sort(key=lambda row: _key(cells[row]), reverse=order == Qt.SortOrder.DescendingOrder)
            self._order = there + [row for row in self._order if cells[row] is None]
        places = {row: place for place, row in enumerate(self._order)}
        moved = [self.index(places[row], index.column()) for row, index in zip(before, kept, strict=True)]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()


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


def _key(cell: object) -> tuple[bool, float, str]:
    """Numbers before words; numbers by size, words by alphabet."""
    return (True, 0.0, cell.casefold()) if isinstance(cell, str) else (False, float(cell), "")  # type: ignore[arg-type]


def _side(cell: object) -> Qt.AlignmentFlag:
    number = isinstance(cell, int | float) and not isinstance(cell, bool)
    return (Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
