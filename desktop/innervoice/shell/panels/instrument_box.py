"""The list of the 128 General MIDI instruments, family by family."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QWidget

from innervoice.music.general_midi import FAMILIES
from innervoice.shell.words import said

SHOWN_ROWS = 24
LETTERS = 15


class InstrumentBox(QComboBox):
    """A box of choices; the families' names part them and cannot be chosen.

    Signals
    -------
    program_chosen : int
        A person chose a program, counted from 0.
    """

    program_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(said("Instrument"))
        self.setToolTip(said("Instrument of everything that is heard and written"))
        self.setMaxVisibleItems(SHOWN_ROWS)
        self.setMinimumContentsLength(LETTERS)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setModel(_model(self))
        self.activated.connect(self._tell)

    @property
    def program(self) -> int:
        """Return the program that is shown."""
        return int(self.currentData())

    def show_program(self, program: int) -> None:
        """Show a program; nothing is emitted."""
        self.setCurrentIndex(self.findData(program))

    def _tell(self, _index: int) -> None:
        self.program_chosen.emit(self.program)


def _model(parent: QComboBox) -> QStandardItemModel:
    model, program = QStandardItemModel(parent), 0
    for family, names in FAMILIES:
        head = QStandardItem(family)
        font = QFont(head.font())
        font.setWeight(QFont.Weight.DemiBold)
        head.setFont(font)
        head.setFlags(Qt.ItemFlag.NoItemFlags)
        model.appendRow(head)
        for name in names:
            row = QStandardItem(name)
            row.setData(program, Qt.ItemDataRole.UserRole)
            row.setToolTip(
                said("{family}: {name}, program {program}").format(family=family, name=name, program=program + 1)
            )
            model.appendRow(row)
            program += 1
    return model
