"""What a head of the model attends to, while it plays and afterwards: the square, the choice, and the row in words."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from innervoice.plugin.figures import Table
from innervoice.shell.panels.heading import QuietLabel
from innervoice.shell.plots.attention_square import AttentionSquare
from innervoice.shell.plots.figure_files import offer_files
from innervoice.shell.provenance import of_piece
from innervoice.shell.theme import Theme
from innervoice.shell.words import said
from innervoice.shell.workspace import Workspace

WORDS = 150  # pixels that the row in words takes at least


class AttentionView(QWidget):
    """Shows the attention of the piece that the first performer plays.

    Signals
    -------
    pointed : int
        An event of the piece was chosen by its row.
    """

    pointed = Signal(int)

    def __init__(self, work: Workspace, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._performer, self._looking, self._attention = work.performer, work.piece_looking, work.attention
        self.square = AttentionSquare(theme)
        self.layer, self.head = QSpinBox(), QSpinBox()
        for box, name in ((self.layer, said("Layer of the attention")), (self.head, said("Head of the attention"))):
            box.setAccessibleName(name)
            box.setToolTip(said("Its attention is drawn event by event, and as arcs from the event at the playhead"))
            box.valueChanged.connect(self._choose)
        self.title, self.row = QuietLabel(said("Attention")), QLabel()
        self.row.setWordWrap(True)
        self.row.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.row.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.row.setMinimumWidth(WORDS)
        self._lay_out()
        offer_files(self.square, self).failed.connect(work.notifications.error)
        self.square.pointed.connect(self.pointed)
        self._attention.changed.connect(self._show_block)
        self._looking.looked.connect(self._show_row)
        self.redraw()
        self._show_block()

    def words(self) -> tuple[str, str]:
        """Return the title and the caption of a picture of the square."""
        which = said("Layer {layer}, head {head}").format(layer=self.layer.value(), head=self.head.value())
        return self.square.accessibleName(), f"{which}. {self.square.accessibleDescription()}".strip()

    def table(self) -> Table:
        """Return the shares of the square."""
        return self.square.table()

    def provenance(self) -> dict[str, Any]:
        """Return what was played, and which head is looked at."""
        return of_piece(self._performer) | {"layer": self.layer.value(), "head": self.head.value()}

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.addWidget(self.title)
        choice = QFormLayout()
        choice.setVerticalSpacing(4)
        choice.addRow(said("Layer"), self.layer)
        choice.addRow(said("Head"), self.head)
        column.addLayout(choice)
        column.addWidget(self.row, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 4, 0, 0)
        whole.addWidget(self.square, 3)
        whole.addLayout(column, 2)

    def redraw(self) -> None:
        """Show which layers and heads there are."""
        sizes = self._performer.sizes
        for box, name in ((self.layer, "layers"), (self.head, "heads")):
            box.setMaximum(max(0, int(sizes.get(name, 1)) - 1))
            box.setEnabled(self._attention.heads > 0)
        wish = self._performer.wish
        none = sizes and not self._attention.heads and wish is not None
        blank = said("Fills up while the model plays: a row for each event, a column for each before it.")
        lacking = said("{name} has no attention: it is an LSTM.").format(name=wish.model if wish is not None else "")
        self.square.set_words(lacking if none else blank)

    def _choose(self, _value: int) -> None:
        self._looking.choose(self.layer.value(), self.head.value())
        self._attention.choose(self.layer.value(), self.head.value())

    def _show_block(self) -> None:
        block, piece = self._attention.block, self._performer.piece
        names = piece.vocabulary.names()
        shown = tuple(names[event] for event in piece.events[block.first : block.end].tolist())
        self.square.set_block(block, shown, piece.prompt)
        self._show_row()

    def _show_row(self) -> None:
        event = self._looking.asked
        self._attention.follow(event)
        self.square.set_event(event)
        strongest = self.square.strongest(event)
        if not strongest:
            self.row.setText("")
            return
        name = self.square.names[event - self.square.block.first]
        told = "\n".join(said("{share:.0%} to {name}").format(share=share, name=other) for other, share in strongest)
        self.row.setText(said("{name} (event {event})").format(name=name, event=event) + "\n" + told)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self.square.set_theme(theme)
