"""What a report is to hold: which runs, and whether clips can be heard in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from innervoice.shell.words import said

RUN_ROLE = int(Qt.ItemDataRole.UserRole)


class ReportChoiceDialog(QDialog):
    """Lists the runs with ticks; at first those that have a result.

    Parameters
    ----------
    runs : sequence of (int, str, str, bool)
        Id, name, what was set, and whether it is ticked at first; newest first.

    Signals
    -------
    chosen : object, bool
        The ids of the ticked runs, oldest first, and whether sound is wanted.
    """

    chosen = Signal(object, bool)

    def __init__(self, runs: Sequence[tuple[int, str, str, bool]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(said("Export report"))
        self.resize(480, 440)
        self.list = QListWidget()
        self.list.setAccessibleName(said("Runs in the report"))
        self.list.setSpacing(2)
        for run, name, remark, ticked in runs:
            item = QListWidgetItem(f"{name}\n{remark}")
            item.setData(RUN_ROLE, run)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.sound = QCheckBox(said("Clips can be heard in the page (it becomes a few megabytes larger)"))
        self.sound.setChecked(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setText(said("Choose File…"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        sentence = said("Tunes, models and bookmarks are in the report; these runs too:")
        column.addWidget(QLabel(sentence if runs else said("Tunes, models and bookmarks are in the report.")))
        column.addWidget(self.list, 1)
        column.addLayout(self._all_or_none())
        column.addWidget(self.sound)
        column.addWidget(self.buttons)
        self.accepted.connect(lambda: self.chosen.emit(self.ticked(), self.sound.isChecked()))

    def ticked(self) -> list[int]:
        """Return the ids of the ticked runs, oldest first."""
        items = (self.list.item(place) for place in range(self.list.count()))
        return sorted(int(item.data(RUN_ROLE)) for item in items if item.checkState() == Qt.CheckState.Checked)

    def tick(self, state: Qt.CheckState) -> None:
        """Tick all, or none."""
        for place in range(self.list.count()):
            self.list.item(place).setCheckState(state)

    def _all_or_none(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for text, state in ((said("Tick All"), Qt.CheckState.Checked), (said("Tick None"), Qt.CheckState.Unchecked)):
            button = QPushButton(text)
            button.setEnabled(bool(self.list.count()))
            button.clicked.connect(lambda _checked, state=state: self.tick(state))
            row.addWidget(button)
        row.addStretch(1)
        return row
