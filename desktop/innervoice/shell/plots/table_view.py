"""Tables of a result: sorted by a click on a header, copied as tab-separated text."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView, QWidget

from innervoice.plugin.figures import TableFigure
from innervoice.shell.plots.table_links import row_links
from innervoice.shell.plots.table_model import TableModel
from innervoice.shell.theme import Theme

ROW, MOST = 26, 480  # pixels of a row, and of the whole table before it scrolls
MEASURED = 100  # rows that decide how wide the columns are


class TableCanvas(QTableView):
    """Shows a `TableFigure`."""

    link_activated = Signal(object)
    cut_moved = Signal(float)

    def __init__(self, figure: TableFigure, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figure, self.theme = figure, theme
        self.setAccessibleName(figure.title)
        self.setAccessibleDescription(figure.caption)
        self._model, self._links = TableModel(figure.table, self, figure.marked), row_links(figure.table)
        self.setModel(self._model)
        self._colour()
        self.clicked.connect(self._follow)
        self.activated.connect(self._follow)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.horizontalHeader().setSortIndicatorClearable(True)
        self.setSortingEnabled(True)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setVisible(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setResizeContentsPrecision(MEASURED)
        self._measured = False
        self.setMinimumHeight(min(MOST, ROW * (len(figure.table.rows) + 1) + 12))

    def set_theme(self, theme: Theme) -> None:
        """Tables take the palette; only the shade of a marked row is ours."""
        self.theme = theme
        self._colour()

    def select_target(self, kind: str, target: int) -> None:
        """Shade the rows that lead to what was selected elsewhere (-1: none)."""
        if self._links is None or self._links.kind != kind:
            return
        rows = np.flatnonzero(self._links.ids == target) if target >= 0 else np.zeros(0, dtype=np.int64)
        place = self._model.mark(rows.tolist())
        if place is not None and not self.underMouse():
            self.scrollTo(self._model.index(place, 0))

    def select_point(self, _z: object) -> None:
        """Mark nothing: rows lead to clips and neurons only."""

    def _follow(self, index: QModelIndex) -> None:
        """Announce the link of a row that was clicked or chosen with Return."""
        link = self._links.at(self._model.row_at(index.row())) if self._links is not None else None
        if link is not None:
            self.link_activated.emit(link)

    def _colour(self) -> None:
        shade = QColor(self.theme.colours.selection)
        shade.setAlpha(70)
        mark = QColor(self.theme.colours.accent)
        mark.setAlpha(60)
        self._model.shade, self._model.mark_shade = QBrush(shade), QBrush(mark)
        self.viewport().update()

    def close_plot(self) -> None:
        """Nothing to take apart: a table has no scene."""

    def show_all(self) -> None:
        """Go back to the first row, in the order of the result."""
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.scrollToTop()

    def showEvent(self, event: QShowEvent) -> None:
        """Measure the columns when they are first seen: only then do they wear the style that gives them their room."""
        super().showEvent(event)
        if not self._measured:
            self._measured = True
            self.resizeColumnsToContents()

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
