"""A path as music: all its points one after the other, followed point by point, or written as one MIDI file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from innervoice.music.joining import joined_notes
from innervoice.music.several_clips import SeveralClips, steps_of_each
from innervoice.music.tokens import STEPS_PER_QUARTER
from innervoice.shell.background import Background
from innervoice.shell.notifications import Notifications
from innervoice.shell.path_desk import PathDesk
from innervoice.shell.playback import FRAME_MILLISECONDS, Playback
from innervoice.shell.session import Session
from innervoice.shell.words import said


class PathPlayer(QObject):
    """Plays the path and says where it is.

    Signals
    -------
    moved : float
        The place in the path that sounds, in points: 2.5 is the middle of the third; -1 when it has ended.
    """

    moved = Signal(float)

    def __init__(self, session: Session, desk: PathDesk, playback: Playback) -> None:
        super().__init__(session)
        self._session = session
        self._desk = desk
        self._playback = playback
        self._number = -1
        self._first = 0
        self._seconds = 1.0
        self._wanted = False
        self.place = -1.0
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MILLISECONDS)
        self._timer.timeout.connect(self._look)
        desk.path_changed.connect(self.stop)
        desk.decoded_changed.connect(self._decoded)

    @property
    def playing(self) -> bool:
        """Whether the path sounds."""
        return self._timer.isActive()

    def play(self, first: int = 0) -> None:
        """Play from a point to the end without gaps; as soon as the path is decoded."""
        tokens = self._desk.tokens
        if tokens is None or not 0 <= first < len(tokens):
            self._wanted = len(self._desk.z) > 0
            return
        self.stop()
        qpm, steps = self._session.qpm, steps_of_each(tokens)
        notes = joined_notes(list(tokens[first:]), qpm, steps)
        self._first, self._seconds = first, steps / STEPS_PER_QUARTER * 60.0 / qpm
        self._number = self._playback.hear(notes, self._seconds * (len(tokens) - first))
        if self._playback.heard_at(self._number) is not None:
            self._timer.start()
            self._say(float(first))

    def toggle(self) -> None:
        """Play the path, or end it."""
        if self.playing:
            self.stop()
        else:
            self.play()

    def stop(self) -> None:
        """End the sound of the path."""
        self._wanted = False
        if self.playing:
            self._timer.stop()
            self._playback.hush(self._number)
            self._say(-1.0)

    def _decoded(self) -> None:
        if self._wanted:
            self._wanted = False
            self.play()

    def _look(self) -> None:
        seconds = self._playback.heard_at(self._number)
        if seconds is None:
            self._timer.stop()
            self._say(-1.0)
        else:
            self._say(min(self._first + seconds / self._seconds, len(self._desk.z) - 1e-6))

    def _say(self, place: float) -> None:
        self.place = place
        self.moved.emit(place)


def write_path(
    tokens: SeveralClips, qpm: float, path: Path, background: Background, notifications: Notifications
) -> None:
    """Write a path as one MIDI file, on the worker."""

    def write(_desk: Any) -> None:
        from innervoice.music.writing import write_midi

        write_midi(joined_notes(list(tokens), qpm, steps_of_each(tokens)), path, qpm)

    background.ask(
        write,
        lambda _none: notifications.info(said("{name} was written.").format(name=path.name)),
        lambda sentence, trace: notifications.error(
            said("{name} was not written: {sentence}").format(name=path.name, sentence=sentence), trace
        ),
    )
