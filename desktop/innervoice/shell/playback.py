"""Playing a clip: the player of the audio room, with a playhead for the roll."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from innervoice.audio.cue import Cue
from innervoice.shell.clip_cue import FASTEST_QPM, SLOWEST_QPM, VOICES, Voice, clip_cue, clip_notes, clip_seconds
from innervoice.shell.session import Session

FRAME_MILLISECONDS = 33
TAP_VELOCITY = 90


class Playback(QObject):
    """Plays the session's original or decoded clip, both side by side, one of them heard.

    Parameters
    ----------
    make_player : callable
        Takes a callable for news of the player, makes the player (`innervoice.audio.player.Player`, or a test's fake
        of it). Its methods never block; the news comes on its own thread.

    Attributes
    ----------
    voice : "original" or "decoded"
    loop, metronome : bool
    loop_range : (float, float) or None
        The part that a loop repeats, in seconds of the clip; None for all of it.
    cursor : float
        Seconds into the clip at which it plays next.
    speed : float
        1 is the tempo of the score.
    program : int
        General MIDI program, counted from 0.

    Signals
    -------
    changed
        Playing began or ended, or another voice, loop, range, tempo or instrument was chosen.
    moved : object
        The playhead: seconds from the clip's begin, or None.
    refused : str
        Why a soundfont was not taken.
    """

    changed = Signal()
    moved = Signal(object)
    refused = Signal(str)
    _news = Signal()

    def __init__(self, session: Session, make_player: Callable[[Callable[[], None]], Any]) -> None:
        super().__init__(session)
        self._session = session
        self._closed = False
        self._news.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self.player = make_player(self._news.emit)
        self.voice: Voice = "decoded"
        self.loop = self.metronome = False
        self.loop_range: tuple[float, float] | None = None
        self.cursor, self.speed, self.program = 0.0, 1.0, 0
        self._aside = False
        self._clip = -1
        self._refusal: str | None = None
        self._heard = 0
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MILLISECONDS)
        self._timer.timeout.connect(self._look)
        session.clip_changed.connect(self._take_clip)
        session.decoded_changed.connect(self._follow)
        session.edited_changed.connect(self._follow)

    @property
    def problem(self) -> str:
        """Return why nothing can be played; empty when all is well."""
        return str(self.player.problem or "")

    @property
    def playing(self) -> bool:
        """Whether something is sounding that Stop ends."""
        return self._timer.isActive()

    @property
    def aside(self) -> bool:
        """Whether what sounds is something else than the clip."""
        return self.playing and self._aside

    @property
    def qpm(self) -> float:
        """Return the tempo at which the clip plays, in quarters a minute."""
        return min(max(self._session.qpm * self.speed, SLOWEST_QPM), FASTEST_QPM)

    @property
    def seconds(self) -> float:
        """Return the length of the clip at its own tempo; 0 without one."""
        return clip_seconds(self._session)

    def position(self) -> float:
        """Return where the music stands, or where it will begin, in seconds of the clip."""
        sounding = self.player.position() if self.playing and not self._aside else None
        return self.cursor if sounding is None else float(sounding)

    def notes(self, voice: Voice | None = None) -> Any:
        """Return the notes of a voice, the chosen one when none is named; None when there are none."""
        return clip_notes(self._session, voice or self.voice)

    def set_voice(self, voice: Voice) -> None:
        """Choose which voice is heard; what is sounding changes over at once, where it stands."""
        if voice != self.voice:
            self.voice = voice
            if self.playing and not self._aside:
                self.player.choose(VOICES.index(voice))
            self.changed.emit()

    def switch_voice(self) -> None:
        """Change over to the other voice."""
        self.set_voice("decoded" if self.voice == "original" else "original")

    def set_loop(self, loop: bool) -> None:
        """Choose whether the clip begins again at its end."""
        if loop != self.loop:
            self.loop = loop
            self._alter()

    def set_loop_range(self, start_seconds: float | None, end_seconds: float | None) -> None:
        """Choose the part of the clip that a loop repeats, in seconds of the clip, and turn the loop on; None: all."""
        span = None if start_seconds is None or end_seconds is None else (start_seconds, end_seconds)
        if span is not None and span[1] <= span[0]:
            span = None
        if span != self.loop_range:
            self.loop_range = span
            self.loop = self.loop or span is not None
            self._alter()

    def set_metronome(self, metronome: bool) -> None:
        """Choose whether the beats are struck."""
        if metronome != self.metronome:
            self.metronome = metronome
            self._alter()

    def set_speed(self, speed: float) -> None:
        """Choose the tempo as a factor of the score's; 20 to 400 quarters a minute are kept to."""
        written = self._session.qpm
        speed = min(max(speed, SLOWEST_QPM / written), FASTEST_QPM / written)
        if speed != self.speed:
            self.speed = speed
            self._alter()

    def set_program(self, program: int) -> None:
        """Choose the instrument, a General MIDI program counted from 0."""
        if program != self.program:
            self.program = program
            self._alter()

    def toggle(self) -> None:
        """Play on from the cursor; or pause, which leaves the cursor where the music stands."""
        if not self.playing:
            self.play(self.cursor)
            return
        position = self.cursor if self._aside else self.position()
        self.stop()
        self.seek(position)

    def play(self, start: float = 0.0) -> None:
        """Play the clip from `start`, in seconds of it."""
        cue = self._cue(start)
        if cue is None or self.problem:
            return
        self.cursor, self._aside = start, False
        self.player.perform(cue)
        self._timer.start()
        self.changed.emit()

    def seek(self, seconds: float) -> None:
        """Put the cursor somewhere; what plays goes on from there."""
        seconds = min(max(seconds, 0.0), self.seconds)
        if self.playing and not self._aside:
            self.play(seconds)
            return
        self.cursor = seconds
        self.moved.emit(seconds or None)
        self.changed.emit()

    def hear(self, notes: Any, length: float | None = None, pedals: Any = None, start: float = 0.0) -> int:
        """Play other notes once, ndarray of NOTE, from `start` on; the clip and its cursor stay where they are.

        The number that comes back is for `heard_at`, `hear_on` and `hush`.
        """
        self._heard += 1
        if self.problem or not len(notes):
            return self._heard
        self.moved.emit(self.cursor or None)
        self._aside = True
        cue = Cue((notes.copy(),), length=length, speed=self.speed, program=self.program, pedals=pedals, start=start)
        self.player.perform(cue)
        self._timer.start()
        self.changed.emit()
        return self._heard

    def hear_on(self, number: int, notes: Any, pedals: Any = None) -> None:
        """Let what `hear` plays go on as these notes, ndarray of NOTE, from where it stands."""
        if self.heard_at(number) is not None:
            self.player.change(Cue((notes.copy(),), speed=self.speed, program=self.program, pedals=pedals))

    def heard_at(self, number: int) -> float | None:
        """Return the seconds into what `hear` plays; None when it has ended or something else sounds."""
        return float(self.player.position() or 0.0) if number == self._heard and self.aside else None

    def hush(self, number: int) -> None:
        """End what `hear` plays, if it still does."""
        if self.heard_at(number) is not None:
            self.stop()

    def tap(self, note: Any) -> None:
        """Let a note, ndarray of NOTE [1], sound at once and short, over whatever plays."""
        self.tap_key(int(note["pitch"][0]), int(note["velocity"][0]))

    def tap_key(self, pitch: int, velocity: int = TAP_VELOCITY) -> None:
        """Let a key of the keyboard sound at once and short."""
        if not self.problem:
            self.player.tap(pitch, velocity, self.program)

    def stop(self) -> None:
        """End the sound; the cursor goes back to the begin, unless it was something else that sounded."""
        if self.playing:
            self.player.stop()
            self._timer.stop()
        if not self._aside:
            self.cursor = 0.0
        self._aside = False
        self.moved.emit(self.cursor or None)
        self.changed.emit()

    def close(self) -> None:
        """Give the sound card back."""
        self._closed = True
        self._timer.stop()
        self.player.close()

    def _cue(self, start: float = 0.0) -> Cue | None:
        """Return the clip as it is to be played now; None when the chosen voice has no notes."""
        cue = clip_cue(self._session, self.voice, self.metronome, self.qpm / self._session.qpm, self.program)
        span = self.loop_range if self.loop else None
        return replace(cue, start=start, loop=self.loop, span=span) if cue is not None else None

    def _alter(self) -> None:
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        """Go on with the clip as it is now: a turned neuron is heard from where the music stands."""
        cue = self._cue() if self.playing and not self._aside else None
        if cue is not None:
            self.player.change(cue)

    def _take_clip(self) -> None:
        clip = self._session.clip
        number = clip.id if clip is not None else -1
        if number == self._clip:  # the same clip, edited
            self._follow()
            return
        self._clip, self.loop_range = number, None
        self.stop()

    @Slot()
    def _hear(self) -> None:
        """The player's thread has news: the sound card opened, failed, or the music ended."""
        if self._closed:
            return
        refusal = self.player.refusal
        if refusal is not None and refusal != self._refusal:
            self.refused.emit(refusal)
        self._refusal = refusal
        if self.playing and not self.player.playing:
            self.stop()
        self.changed.emit()

    def _look(self) -> None:
        sounding = self.player.position()
        if not self.player.playing:
            self.stop()
        elif sounding is not None and not self._aside:  # else it is about to begin, or the last note dies away
            self.moved.emit(sounding)
