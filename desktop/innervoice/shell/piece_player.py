"""The sound of a growing piece: it begins before the rest is there, and goes on as more comes."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from innervoice.shell.performer import Performer
from innervoice.shell.playback import FRAME_MILLISECONDS, Playback

ENOUGH = 1.0
"""Seconds of music that are waited for before it sounds."""


class PiecePlayer(QObject):
    """Plays the performer's piece and says where it is.

    Parameters
    ----------
    at_once : bool
        Whether a new piece sounds by itself as it grows.

    Signals
    -------
    moved : float
        Seconds of the piece that sound; -1 when it has ended.
    """

    moved = Signal(float)

    def __init__(self, performer: Performer, playback: Playback, at_once: bool = True) -> None:
        super().__init__(performer)
        self._at_once = at_once
        self._performer, self._playback = performer, playback
        self._number = -1
        self._wanted = False
        self.place = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MILLISECONDS)
        self._timer.timeout.connect(self._look)
        performer.changed.connect(self._on_changed)
        performer.grown.connect(self._on_grown)

    @property
    def playing(self) -> bool:
        """Whether the piece sounds, or will as soon as there is enough of it."""
        return self._wanted

    def play(self, start: float = 0.0) -> None:
        """Play from a place, in seconds of the piece."""
        self._wanted, self.place = True, start
        self._sound()

    def stop(self) -> None:
        """End the sound."""
        self._wanted = False
        if self._timer.isActive():
            self._timer.stop()
            self._playback.hush(self._number)
        self.moved.emit(-1.0)

    def toggle(self) -> None:
        """Play from the begin, or end it."""
        if self.playing:
            self.stop()
        else:
            self.play()

    def _sound(self) -> None:
        piece = self._performer.piece
        ready = piece.seconds - self.place >= (ENOUGH if self._performer.running else 1e-3)
        if not self._wanted or not ready:
            return
        score = piece.score
        self._number = self._playback.hear(score.notes, piece.seconds, score.pedals, self.place)
        if self._playback.heard_at(self._number) is not None:
            self._timer.start()
        else:
            self._wanted = False

    def _on_grown(self) -> None:
        piece = self._performer.piece
        if not len(piece.events):
            self.stop()
            self._wanted, self.place = self._at_once and self._performer.running, 0.0
        elif self._timer.isActive():
            self._playback.hear_on(self._number, piece.score.notes, piece.score.pedals)
        else:
            self._sound()

    def _on_changed(self) -> None:
        if not self._performer.running and self._wanted and not self._timer.isActive():
            self._sound()

    def _look(self) -> None:
        seconds = self._playback.heard_at(self._number)
        if seconds is not None:
            self.place = max(self.place, seconds)
            self.moved.emit(seconds)
            return
        self._timer.stop()
        # What sounded is longer now than when it ran dry; else a person ended it, or it is over.
        dry = self._performer.running and self._performer.piece.seconds - self.place < 2 * ENOUGH
        if not dry:
            self._wanted = False
            self.moved.emit(-1.0)
