"""The page on which a performance model plays: what is wished on the left, the growing piece on the right."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from innervoice.shell.later import Later
from innervoice.shell.panels.attention_view import AttentionView
from innervoice.shell.panels.heading import Heading, QuietLabel
from innervoice.shell.panels.next_events import NextEvents
from innervoice.shell.panels.piece_beside import PieceBeside, told
from innervoice.shell.panels.wish_form import WishForm
from innervoice.shell.plots.figure_files import offer_files
from innervoice.shell.plots.piece_view import PieceView
from innervoice.shell.provenance import of_piece
from innervoice.shell.theme import Theme
from innervoice.shell.words import said
from innervoice.shell.workspace import Workspace

FORM_WIDTH = 290


class PerformancePage(QWidget):
    """Shows the performer's piece.

    Signals
    -------
    save_wanted, save_second_wanted
        The piece, or that of the model beside it, is to be written as MIDI.
    """

    save_wanted = Signal()
    save_second_wanted = Signal()

    def __init__(self, work: Workspace, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._performer, self._player, self._looking = work.performer, work.piece_player, work.piece_looking
        self._make_parts(theme)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.heading)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._left())
        right = QVBoxLayout()
        right.addWidget(self.view, 1)
        right.addWidget(self.remark)
        right.addWidget(self.beside, 1)
        right.addWidget(self.attention)
        right.setContentsMargins(0, 0, 4, 4)
        row.addLayout(right, 1)
        whole.addLayout(row, 1)
        self._later = Later(self.redraw, self)
        second = work.second_performer
        for signal in (self._performer.changed, self._performer.grown, self.form.changed, second.changed, second.grown):
            signal.connect(self._later.ask)
        self._player.moved.connect(self._follow)
        self._looking.looked.connect(self._show_looks)
        self.view.pointed.connect(self._go)
        self.attention.pointed.connect(self._go_to_event)
        self.redraw()
        self._show_looks()

    def _make_parts(self, theme: Theme) -> None:
        self.heading = Heading(said("Performance"))
        self.generate, self.stop = QPushButton(said("Generate")), QPushButton(said("Stop"))
        self.play, self.save = QPushButton(said("Play")), QPushButton(said("Save MIDI…"))
        self.generate.clicked.connect(self.begin)
        self.stop.clicked.connect(self.halt)
        self.play.clicked.connect(self._player.toggle)
        self.save.clicked.connect(self.save_wanted)
        for button in (self.generate, self.stop, self.play, self.save):
            self.heading.add(button)
        self.form = WishForm()
        self.next = NextEvents(theme)
        self.next_title = QuietLabel()
        self.view = PieceView(theme)
        self.view.setAccessibleName(said("The piece"))
        self.view.setAccessibleDescription(said("Notes over seconds; arrow keys move the playhead"))
        self.remark = QuietLabel()
        self.beside = PieceBeside(self._work, theme)
        self.beside.save_wanted.connect(self.save_second_wanted)
        self.attention = AttentionView(self._work, theme)
        offer_files(self.view).failed.connect(self._work.notifications.error)

    def provenance(self) -> dict[str, Any]:
        """Return what was asked of the model, and how much it has played."""
        return of_piece(self._performer)

    def _left(self) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        self.next_title.setContentsMargins(8, 6, 8, 0)
        column.addWidget(self.next_title)
        column.addWidget(self.next)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFixedWidth(FORM_WIDTH)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName(said("What is to be played"))
        return area

    def begin(self) -> None:
        """Play what is wished."""
        wish, second = self.form.wish(), self.form.second
        self._performer.begin(wish)
        if second:
            self._work.second_performer.begin(replace(wish, model=second))

    def halt(self) -> None:
        """End the playing of both."""
        self._performer.stop()
        self._work.second_performer.stop()

    def redraw(self) -> None:
        """Show the piece as it is, and what can be done."""
        performer = self._performer
        self.form.offer(performer.models())
        piece, reason = performer.piece, self._why_not()
        self.generate.setEnabled(not reason)
        self.generate.setToolTip(reason)
        second = self._work.second_performer
        self.stop.setEnabled(performer.running or second.running)
        self.save.setEnabled(bool(len(piece.score.notes)))
        self.play.setEnabled(bool(len(piece.score.notes)) and not self._work.playback.problem)
        shown = bool(self.form.second)
        # One scale for both, so that one can be read beside the other.
        seconds = max(piece.seconds, second.piece.seconds if shown else 0.0)
        self.view.set_notes(piece.score.notes, piece.own, seconds)
        self.beside.setVisible(shown)
        if shown:
            self.beside.redraw(seconds)
        self._name_play()
        self.attention.redraw()
        self.remark.setText(reason or self._told())

    def _why_not(self) -> str:
        reason = self._performer.why_not()
        if not reason and self.form.from_tune and self._work.session.tune is None:
            reason = said("There is no tune in view to begin with; open one, or begin with nothing.")
        return reason

    def _told(self) -> str:
        if not self._performer.running and not self._performer.piece.drawn:
            return said("Grey: what is given. Colour: what the model plays. A click plays from there.")
        return told(self._performer)

    def _follow(self, seconds: float) -> None:
        self.view.set_place(seconds)
        self._name_play()
        if seconds >= 0:
            self._looking.look_at(seconds)

    def _name_play(self) -> None:
        text = said("Silence") if self._player.playing else said("Play")
        if self.play.text() != text:
            self.play.setText(text)

    def _go(self, seconds: float) -> None:
        self.view.set_place(seconds)
        self._looking.look_at(seconds)
        if not self._work.playback.problem:
            self._player.play(seconds)

    def _go_to_event(self, event: int) -> None:
        self._go(float(self._performer.piece.times[event]))
        self._looking.look(event)

    def _show_looks(self) -> None:
        looking, piece = self._looking, self._performer.piece
        self.next.show_events(looking.likely)
        self.view.set_arcs(looking.arcs.lines(), looking.arcs.strengths)
        known = 0 <= looking.asked < len(piece.events)
        name = piece.vocabulary.names()[int(piece.events[looking.asked])] if known else ""
        self.next_title.setText(said("After {event}").format(event=name) if name else said("Likeliest next events"))

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self.view.set_theme(theme)
        self.beside.set_theme(theme)
        self.attention.set_theme(theme)
        self.next.set_theme(theme)
