"""The answer of the channel as music: it plays round and round, and goes on as it is now while the bits move."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from innervoice.audio.cue import Cue
from innervoice.shell.channel_desk import ChannelDesk
from innervoice.shell.playback import FRAME_MILLISECONDS, Playback


class ChannelPlayer(QObject):
    """Plays what came through the channel.

    Signals
    -------
    moved : float
        Seconds into the frames; below 0 when it does not sound.
    """

    moved = Signal(float)

    def __init__(self, desk: ChannelDesk, playback: Playback) -> None:
        super().__init__(desk)
        self._desk = desk
        self._playback = playback
        self._number = -1
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MILLISECONDS)
        self._timer.timeout.connect(self._look)
        desk.decoded_changed.connect(self._follow)

    @property
    def playing(self) -> bool:
        """Whether the answer sounds."""
        return self._timer.isActive()

    def toggle(self) -> None:
        """Play the answer, or end it."""
        if self.playing:
            self.stop()
            return
        cue = self._cue()
        if cue is None or self._playback.problem:
            return
        self._number = self._playback.hear(cue.voices[0], cue.length)
        if self._playback.heard_at(self._number) is not None:
            self._playback.player.change(cue)
            self._timer.start()
            self.moved.emit(0.0)

    def stop(self) -> None:
        """End the sound of the answer."""
        if self.playing:
            self._timer.stop()
            self._playback.hush(self._number)
            self.moved.emit(-1.0)

    def _follow(self) -> None:
        """Go on with the answer as it is now, where the music stands."""
        cue = self._cue() if self.playing and self._playback.heard_at(self._number) is not None else None
        if cue is not None:
            self._playback.player.change(cue)

    def _cue(self) -> Cue | None:
        tokens = self._desk.tokens
        if tokens is None:
            return None
        notes: Any = self._desk.notes(tokens)
        return (
            Cue(
                (notes,),
                loop=True,
                length=self._desk.seconds,
                speed=self._playback.speed,
                program=self._playback.program,
            )
            if len(notes)
            else None
        )

    def _look(self) -> None:
        seconds = self._playback.heard_at(self._number)
        if seconds is None:
            self._timer.stop()
            self.moved.emit(-1.0)
        else:
            self.moved.emit(seconds)
