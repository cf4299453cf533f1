"""The piano roll, and which of its two voices is heard."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QFrame, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from innervoice.music.bar_words import clip_notes, clip_steps, is_bar, words_to_rolls
from innervoice.plugin.figures import Table
from innervoice.shell.commands import Commands
from innervoice.shell.later import Later
from innervoice.shell.panels.heading import Heading, action_button
from innervoice.shell.panels.placeholder import Placeholder
from innervoice.shell.playback import Playback
from innervoice.shell.plots.figure_files import offer_files
from innervoice.shell.plots.live_table import notes_table
from innervoice.shell.plots.piano_roll import PianoRollView
from innervoice.shell.plots.voices_view import VoicesView
from innervoice.shell.session import Session
from innervoice.shell.theme import Theme
from innervoice.shell.words import said


class RollPanel(QWidget):
    """Shows the original and the decoded clip, one over the other.

    Signals
    -------
    drawn
        The roll was given the clip as the session has it.
    note_wanted : object
        A note of other music is to be heard, ndarray of NOTE [1].
    failed : str
        The roll could not be saved.
    """

    drawn = Signal()
    note_wanted = Signal(object)
    failed = Signal(str)

    def __init__(
        self, session: Session, playback: Playback, commands: Commands, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._playback = playback
        self._theme = theme
        self.view = PianoRollView(theme)
        self.view.setAccessibleName(said("Piano roll of the clip"))
        self.heading = Heading(said("Piano roll"))
        voices = QActionGroup(self)
        for name in ("play.original", "play.decoded"):
            voices.addAction(commands.action(name))
            self.heading.add(_voice_button(commands, name))
        self.heading.add(_rule())
        for name in ("notes.edit", "roll.stacked", "roll.fit"):
            self.heading.add(action_button(commands.action(name)))
        self._rooms = QStackedWidget()
        self._rooms.addWidget(self.view)
        self._offer_files(self.view)
        self.voices: VoicesView | None = None
        self.empty = Placeholder(self._rooms)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.empty, 1)
        self._later = Later(self.redraw, self)
        session.clip_changed.connect(self._later.ask)
        session.decoded_changed.connect(self._later.ask)
        session.edited_changed.connect(self._later.ask)
        session.dynamics_changed.connect(self._later.ask)
        session.model_changed.connect(self._turn)
        playback.moved.connect(self._show_playhead)
        playback.changed.connect(self._show_loop)
        self.redraw()

    @property
    def front(self) -> PianoRollView | VoicesView:
        """Return the roll that is shown: the one of two layers, or the one of several voices."""
        return self.voices if self.voices is not None and self._rooms.currentWidget() is self.voices else self.view

    def words(self) -> tuple[str, str]:
        """Return the title and the caption of a picture of the roll."""
        return self.front.accessibleName(), self.remark()

    def table(self) -> Table:
        """Return the notes that are shown, original and decoded."""
        session, model = self._session, self._session.model
        decoded = clip_notes(session.decoded, session.qpm) if session.decoded is not None else None
        voices = {"original": played_notes(session), "decoded": decoded}
        return notes_table(voices, model.voices if model is not None else ())

    def _offer_files(self, view: PianoRollView | VoicesView) -> None:
        offer_files(view, self).failed.connect(self.failed)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self._theme = theme
        for view in (self.view, self.voices):
            if view is not None:
                view.set_theme(theme)

    def _turn(self) -> None:
        """Show the roll that the model's clips are seen on."""
        model = self._session.model
        if model is None or not model.other_music:
            self._rooms.setCurrentWidget(self.view)
            return
        if self.voices is None:
            self.voices = VoicesView(self._theme)
            self.voices.note_clicked.connect(self.note_wanted)
            self.voices.loop_chosen.connect(self._playback.set_loop_range)
            self.voices.place_clicked.connect(self._playback.seek)
            self._rooms.addWidget(self.voices)
            self._offer_files(self.voices)
        self.voices.forget()
        self._rooms.setCurrentWidget(self.voices)

    def redraw(self) -> None:
        """Draw the clip as the session has it."""
        session, clip = self._session, self._session.clip
        if self.voices is not None and self.front is self.voices:
            self._redraw_voices(self.voices)
            return
        if clip is None and session.decoded is None:
            self.view.set_tokens(None)
            self.empty.say(said("No clip is chosen. Open a tune with File > Open, or drop one anywhere on the window."))
            self.heading.remark.setText("")
            return
        self.empty.say("")
        qpm = session.qpm
        original = played_notes(session)
        decoded = clip_notes(session.decoded, qpm) if session.decoded is not None else None
        steps = clip.steps if clip is not None else clip_steps(session.decoded)  # type: ignore[arg-type]
        self.view.set_tokens(None if session.tokens is None or is_bar(session.tokens) else session.tokens)
        pedal = session.dynamics.pedal if session.dynamics is not None else None
        first_bar = clip.first_step // 16 + 1 if clip else 1
        self.view.set_layers(original, decoded, steps / 4 * 60.0 / qpm, first_bar, pedal)
        self.heading.remark.setText(self.remark())
        self.drawn.emit()

    def _redraw_voices(self, voices: VoicesView) -> None:
        """Draw a clip of several voices, or say what is waited for."""
        session, model = self._session, self._session.model
        if session.decoded is None and session.own is None:
            self.empty.say(said("The model is loading; what it plays follows."))
            self.heading.remark.setText("")
            return
        self.empty.say("")
        original = session.own.notes if session.own is not None else None
        voices.set_music(original, session.decoded, session.steps / 4, model.voices if model is not None else ())
        self.heading.remark.setText(self.remark())
        self.drawn.emit()

    def _show_playhead(self, seconds: float | None) -> None:
        self.front.set_playhead(seconds)

    def _show_loop(self) -> None:
        self.front.set_loop_range(self._playback.loop_range)

    def remark(self) -> str:
        """Return where the clip stands in its tune, and how the decoded one differs."""
        session, clip = self._session, self._session.clip
        if session.own is not None:
            return session.own.title
        if clip is None:
            return said("decoded from the prior")
        place = f"{session.tune.name}, {clip.bars.lower()}" if session.tune is not None else clip.bars
        if session.edited is not None:
            place += said(", edited")
        if session.decoded is None or session.tokens is None or len(session.tokens) != len(session.decoded):
            return place
        differing = _difference(session.tokens, session.decoded)
        return f"{place}  ·  {differing or said('the decoded clip equals the original')}"


def _difference(tokens: NDArray[np.int16], decoded: NDArray[np.int16]) -> str:
    """Say how much of a melody's steps, or of a bar's cells, differs; nothing where all is the same."""
    if is_bar(tokens):
        one, other = (words_to_rolls(clip[None]) for clip in (tokens, decoded))
        differing = int(np.count_nonzero(one != other))
        return said("{some} of {all:,} cells differ").format(some=differing, all=one.size) if differing else ""
    differing = int(np.count_nonzero(tokens != decoded))
    return said("{some} of {all} steps differ").format(some=differing, all=len(tokens)) if differing else ""


def played_notes(session: Session) -> NDArray[Any] | None:
    """Return the notes of the clip in view, struck as in the score; those that an edit brought as they are heard."""
    if session.tokens is None:
        return None
    notes = clip_notes(session.tokens, session.qpm)
    if session.dynamics is not None:
        velocities = session.dynamics.of(notes)
        notes["velocity"] = np.where(velocities > 0, velocities, notes["velocity"])
    return notes


def _rule() -> QFrame:
    rule = QFrame()
    rule.setFrameShape(QFrame.Shape.VLine)
    rule.setFixedHeight(18)
    rule.setEnabled(False)
    return rule


def _voice_button(commands: Commands, name: str) -> QToolButton:
    button = action_button(commands.action(name), text=True)
    button.setAutoRaise(False)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    return button
