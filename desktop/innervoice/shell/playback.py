"""Playing a clip: the player of the audio room, with a playhead for the roll."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from innervoice.music.tokens import tokens_to_notes
from innervoice.shell.session import Session

Voice = Literal["original", "decoded"]
FRAME_MILLISECONDS = 33


class Playback(QObject):
    """Plays the session's original or decoded clip.

    Parameters
    ----------
    make_player : callable
        Takes a callable for news of the player, makes the player (`innervoice.audio.player.Player`, or a test's fake
        of it). Its methods never block; the news comes on its own thread.

    Signals
    -------
    changed
        Playing began or ended, or another voice or loop was chosen.
    moved : object
        The playhead: seconds from the clip's begin, or None.
    """

    changed = Signal()
    moved = Signal(object)
    _news = Signal()

    def __init__(self, session: Session, make_player: Callable[[Callable[[], None]], Any]) -> None:
        super().__init__(session)
        self._session = session
        self._closed = False
        self._news.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._player = make_player(self._news.emit)
        self.voice: Voice = "decoded"
        self.loop = False
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MILLISECONDS)
        self._timer.timeout.connect(self._look)
        session.clip_changed.connect(self.stop)
        session.decoded_changed.connect(self._follow)

    @property
    def problem(self) -> str:
        """Return why nothing can be played; empty when all is well."""
        return str(self._player.problem or "")

    @property
    def playing(self) -> bool:
        """Whether something is sounding."""
        return self._timer.isActive()

    def notes(self) -> Any:
        """Return the notes of the chosen voice; None when there are none."""
        tokens = self._session.tokens if self.voice == "original" else self._session.decoded
        return tokens_to_notes(tokens, self._session.qpm) if tokens is not None else None

    def set_voice(self, voice: Voice) -> None:
        """Choose what is played; what is sounding changes over at once."""
        if voice != self.voice:
            self.voice = voice
            if self.playing:
                self.play()
            self.changed.emit()

    def set_loop(self, loop: bool) -> None:
        """Choose whether the clip begins again at its end."""
        if loop != self.loop:
            self.loop = loop
            if self.playing:
                self.play(start=self._player.position() or 0.0)
            self.changed.emit()

    def toggle(self) -> None:
        """Play, or stop what is playing."""
        if self.playing:
            self.stop()
        else:
            self.play()

    def play(self, start: float = 0.0) -> None:
        """Play the chosen voice of the clip."""
        notes = self.notes()
        if notes is None or self.problem:
            return
        clip = self._session.clip
        self._player.play(notes, loop=self.loop, start=start, length=clip.seconds if clip is not None else None)
        self._timer.start()
        self.changed.emit()

    def hear(self, notes: Any, length: float | None = None) -> None:
        """Play other notes once, ndarray of NOTE; the clip and its playhead stay where they are."""
        if self.problem or not len(notes):
            return
        self.stop()
        self._player.play(notes, loop=False, start=0.0, length=length)

    def stop(self) -> None:
        """End the sound."""
        if self.playing:
            self._player.stop()
            self._timer.stop()
            self.moved.emit(None)
            self.changed.emit()

    def close(self) -> None:
        """Give the sound card back."""
        self._closed = True
        self._timer.stop()
        self._player.close()

    @Slot()
    def _hear(self) -> None:
        """The player's thread has news: the sound card opened, failed, or the music ended."""
        if self._closed:
            return
        if self.playing and not self._player.playing:
            self.stop()
        self.changed.emit()

    def _look(self) -> None:
        position = self._player.position()
        if not self._player.playing:
            self.stop()
        else:
            self.moved.emit(position)

    def _follow(self) -> None:
        """While a decoded loop plays, a turned neuron is heard from where the music stands."""
        if self.playing and self.loop and self.voice == "decoded" and self._session.decoded is not None:
            self.play(start=self._player.position() or 0.0)
