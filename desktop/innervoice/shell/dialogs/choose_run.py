"""Choosing another run of the same analysis, to be put beside one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from innervoice.shell.words import said

RUN_ROLE = int(Qt.ItemDataRole.UserRole)


class ChooseRunDialog(QDialog):
    """Lists runs by name with what was set; the chosen one is told.

    Parameters
    ----------
    name : str
        Of the run that another is put beside.
    others : sequence of (int, str, str)
        Id, name, and what was set.

    Signals
    -------
    chosen : int
        The id of the other run.
    """

    chosen = Signal(int)

    def __init__(self, name: str, others: Sequence[tuple[int, str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(said("Compare results"))
        self.resize(460, 360)
        sentence = QLabel(said("Put beside {name}:").format(name=name))
        sentence.setTextFormat(Qt.TextFormat.PlainText)
        sentence.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName(said("Other runs of this analysis"))
        self.list.setSpacing(2)
        for run, other, remark in others:
            item = QListWidgetItem(f"{other}\n{remark}")
            item.setData(RUN_ROLE, run)
            item.setToolTip(remark)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(self.accept)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(said("Compare"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(sentence)
        column.addWidget(self.list, 1)
        column.addWidget(buttons)
        self.accepted.connect(self._tell)

    def _tell(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.chosen.emit(int(item.data(RUN_ROLE)))
