"""A list of orders to choose from, some of which cannot be had at the moment."""

from __future__ import annotations

from collections.abc import Container, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QWidget

SHOWN_ROWS = 24
LETTERS = 24


class OrderBox(QComboBox):
    """A box of choices by name; one that cannot be had is grey, and its tip says why.

    Parameters
    ----------
    name : str
        What a screen reader calls it.
    orders : iterable of (str, str)
        The name of each order in the code, and its words for people.
    """

    def __init__(self, name: str, orders: Iterable[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setMaxVisibleItems(SHOWN_ROWS)
        self._rows = QStandardItemModel(self)
        self._append(orders)
        self.setModel(self._rows)

    @property
    def order(self) -> str:
        """Return the order that is chosen."""
        return str(self.currentData())

    def choose(self, order: str) -> None:
        """Choose an order by its name."""
        self.setCurrentIndex(self.findData(order))

    def add_part(self, title: str, orders: Iterable[tuple[str, str]]) -> None:
        """Add more orders below a title of their own."""
        head = QStandardItem(title)
        font = QFont(head.font())
        font.setWeight(QFont.Weight.DemiBold)
        head.setFont(font)
        head.setFlags(Qt.ItemFlag.NoItemFlags)
        self._rows.appendRow(head)
        self._append(orders)
        # The list is as wide as its longest line; the box itself is not.
        self.setMinimumContentsLength(LETTERS)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 2 * self.fontMetrics().height())

    def grey(self, orders: Container[str], why: str) -> None:
        """Let some orders not be chosen, and say why; without a reason they can be. The first stands in for one."""
        for number in range(self._rows.rowCount()):
            row = self._rows.item(number)
            if row.data(Qt.ItemDataRole.UserRole) in orders:
                row.setEnabled(not why)
                row.setToolTip(why)
        if why and self.order in orders:
            self.setCurrentIndex(0)

    def _append(self, orders: Iterable[tuple[str, str]]) -> None:
        for order, words in orders:
            row = QStandardItem(words)
            row.setData(order, Qt.ItemDataRole.UserRole)
            self._rows.appendRow(row)
