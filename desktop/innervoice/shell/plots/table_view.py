"""Tables of a result: sorted by a click on a header, copied as tab-separated text."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView, QWidget

from innervoice.plugin.figures import TableFigure
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
        self.setModel(TableModel(figure.table, self))
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
