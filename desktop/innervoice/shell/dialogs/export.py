"""What goes into a file: the decoded clip, the original, both, or all clips of the tune."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QRadioButton, QVBoxLayout, QWidget

from innervoice.shell.exporting import PARTS, Exporter, Part
from innervoice.shell.sound import Sound
from innervoice.shell.words import said

TITLES: dict[Part, str] = {
    "decoded": "The &decoded clip",
    "original": "The &original clip",
    "both": "&Both: the original, then the decoded clip",
    "tune": "&All clips of the tune, one after the other",
}
MINUTE = 60.0
LEAST_WIDTH = 360


class ExportDialog(QDialog):
    """Asks what is to be written, and says with which instrument, at which tempo and how long it will be.

    Parameters
    ----------
    kind : str
        ``MIDI`` or ``WAV``, for the title.
    then : callable
        Gets the chosen part when the dialog is accepted.
    """

    def __init__(
        self, kind: str, exporter: Exporter, sound: Sound, then: Callable[[Part], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(said("Export {kind}").format(kind=kind))
        self._exporter, self._sound, self._then = exporter, sound, then
        self.choices = {part: QRadioButton(title) for part, title in TITLES.items()}
        self.remark = QLabel()
        self.remark.setWordWrap(True)
        self.setMinimumWidth(LEAST_WIDTH)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        for part, button in self.choices.items():
            why = exporter.why_not(part)
            button.setEnabled(not why)
            button.setToolTip(why)
            button.toggled.connect(self._describe)
            column.addWidget(button)
        column.addSpacing(4)
        column.addWidget(self.remark)
        column.addSpacing(4)
        column.addWidget(self._make_buttons())
        first = next((part for part in PARTS if not exporter.why_not(part)), None)
        if first is not None:
            self.choices[first].setChecked(True)

    @property
    def part(self) -> Part | None:
        """Return what is chosen; None when nothing can be."""
        return next((part for part, button in self.choices.items() if button.isChecked()), None)

    def accept(self) -> None:
        """Hand the choice on."""
        part = self.part
        super().accept()
        if part is not None:
            self._then(part)

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.choose = buttons.addButton(said("Choose &File…"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.choose.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    def _describe(self, *_: object) -> None:
        part = self.part
        if part is None:
            return
        piece = self._exporter.piece(part)
        self.remark.setText(
            said(
                "{instrument}, {qpm:.0f} quarters a minute, {length}. "
                "Instrument and tempo are those of the transport bar."
            ).format(instrument=self._sound.instrument, qpm=piece.qpm, length=_length(piece.seconds))
        )


def _length(seconds: float) -> str:
    return (
        f"{seconds:.1f} s"
        if seconds < MINUTE
        else said("{minutes} min {seconds} s").format(minutes=int(seconds // MINUTE), seconds=round(seconds % MINUTE))
    )
