"""What a second model makes of the same prompt: below the first one's piece, on the same scale, played by itself."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from innervoice.shell.panels.heading import QuietLabel
from innervoice.shell.performer import Performer
from innervoice.shell.plots.figure_files import offer_files
from innervoice.shell.plots.piece_view import PieceView
from innervoice.shell.provenance import of_piece
from innervoice.shell.theme import Theme
from innervoice.shell.words import said
from innervoice.shell.workspace import Workspace


class PieceBeside(QWidget):
    """Shows the second performer's piece.

    Signals
    -------
    save_wanted
        The piece is to be written as MIDI.
    """

    save_wanted = Signal()

    def __init__(self, work: Workspace, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._performer, self._player = work, work.second_performer, work.second_player
        self.view = PieceView(theme)
        self.view.setAccessibleName(said("The second model's piece"))
        self.view.setAccessibleDescription(said("Notes over seconds; arrow keys move the playhead"))
        offer_files(self.view).failed.connect(work.notifications.error)
        self.remark = QuietLabel()
        self.play, self.save = QPushButton(said("Play")), QPushButton(said("Save MIDI…"))
        self.play.setAccessibleName(said("Play the second model's piece"))
        self.save.setAccessibleName(said("Save the second model's piece"))
        self.play.clicked.connect(self._player.toggle)
        self.save.clicked.connect(self.save_wanted)
        row = QHBoxLayout()
        row.addStretch(1)
        for part in (self.play, self.save):
            row.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.addWidget(self.view, 1)
        column.addWidget(self.remark)
        column.addLayout(row)
        self._player.moved.connect(self._follow)
        self.view.pointed.connect(self._go)

    def provenance(self) -> dict[str, Any]:
        """Return what was asked of the second model, and how much it has played."""
        return of_piece(self._performer)

    def redraw(self, seconds: float) -> None:
        """Show the piece on a scale of so many seconds."""
        piece = self._performer.piece
        self.view.set_notes(piece.score.notes, piece.own, seconds)
        there = bool(len(piece.score.notes))
        self.save.setEnabled(there)
        self.play.setEnabled(there and not self._work.playback.problem)
        begun = self._performer.running or piece.drawn
        self.remark.setText(told(self._performer) if begun else said("Generate lets both play from the same prompt."))
        self._name_play()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self.view.set_theme(theme)

    def _follow(self, seconds: float) -> None:
        self.view.set_place(seconds)
        self._name_play()

    def _name_play(self) -> None:
        text = said("Silence") if self._player.playing else said("Play")
        if self.play.text() != text:
            self.play.setText(text)

    def _go(self, seconds: float) -> None:
        self.view.set_place(seconds)
        if not self._work.playback.problem:
            self._player.play(seconds)


def told(performer: Performer) -> str:
    """Say in a line who plays, how much there is, and how well the model foretells the prompt."""
    piece, name = performer.piece, performer.wish.model if performer.wish is not None else ""
    if performer.running and not piece.drawn:
        return said("Loading the model …")
    much = said("{name}: {events} events, {seconds:.1f} s").format(name=name, events=piece.drawn, seconds=piece.seconds)
    if performer.perplexity is not None:
        much += said("; prompt perplexity {perplexity:.1f}").format(perplexity=performer.perplexity)
    return said("{much}; it goes on …").format(much=much) if performer.running else f"{much}."
