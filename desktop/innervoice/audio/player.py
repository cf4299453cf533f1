"""Playing notes through the sound card without ever holding the caller up.

Three threads take part. The caller's (the window's) only leaves an order under a lock. The player's own thread opens
the sound output (which may take seconds), and tops up FluidSynth's sequencer a few seconds ahead. FluidSynth's audio
thread makes the sound by that sequencer, so a busy Python is never heard.
"""

import threading
from collections.abc import Callable
from pathlib import Path

from innervoice.audio.cue import Cue
from innervoice.audio.errors import AudioError
from innervoice.audio.orders import CLOSE, STOP, Change, Choose, Inbox, Load, Order, Play, Tap, Volume
from innervoice.audio.output import Output
from innervoice.audio.schedule import Notes
from innervoice.audio.stage import Stage

TOP_UP = 0.25  # seconds between two looks at the sequencer while playing


class Player:
    """Plays one thing at a time; a new one replaces it.

    Parameters
    ----------
    soundfont : path of a .sf2 file; None for the user's or the machine's
    driver : see `innervoice.audio.output.Output`
    changed : called on the player's thread when `ready`, `problem`, `refusal` or `playing` changed by itself
    """

    def __init__(
        self,
        soundfont: str | Path | None = None,
        driver: str | None = None,
        changed: Callable[[], None] | None = None,
    ) -> None:
        self._changed = changed or (lambda: None)
        self._driver = driver
        self._problem: str | None = None
        self._refusal: str | None = None
        self._ready = threading.Event()
        self._wake = threading.Condition()
        self._inbox = Inbox()
        self._output: Output | None = None
        self._stage: Stage | None = None
        self._volume = 1.0
        self._placed = False
        self._playing = False
        self._closed = False
        self._thread = threading.Thread(target=self._run, args=(soundfont,), name="innervoice-audio", daemon=True)
        self._thread.start()

    @property
    def problem(self) -> str | None:
        """Why nothing can be heard, or why the last notes could not be played; None when all is well."""
        return self._problem

    @property
    def refusal(self) -> str | None:
        """Why the last soundfont was not taken and the one before still plays; None when it was."""
        return self._refusal

    @property
    def playing(self) -> bool:
        """Whether something is being played, or is about to."""
        return self._playing

    def wait_ready(self, timeout: float | None = None) -> bool:
        """Wait until the output is open or has failed; for scripts and tests, not for a window."""
        return self._ready.wait(timeout)

    def play(
        self,
        notes: Notes,
        loop: bool = False,
        start: float = 0.0,
        length: float | None = None,
        pedals: Notes | None = None,
    ) -> None:
        """Play `notes` (ndarray of innervoice.music.score.NOTE), replacing what plays now.

        `start` is in seconds; `length` is that of a round in seconds, when a loop must last longer than its last note.
        Without a sound card nothing happens; see `problem`.
        """
        pressed = None if pedals is None else pedals.copy()
        self.perform(Cue((notes.copy(),), start=start, loop=loop, length=length, pedals=pressed))

    def perform(self, cue: Cue) -> None:
        """Play a cue from its start, replacing what plays now; its notes must not be written to any more."""
        self._ask(Play(cue))

    def change(self, cue: Cue) -> None:
        """Go on with another cue at the place of the music that sounds now, without a gap; only while playing."""
        self._ask(Change(cue))

    def choose(self, heard: int) -> None:
        """Let another voice of the cue be heard at once."""
        self._ask(Choose(heard))

    def tap(self, key: int, velocity: int, program: int = 0) -> None:
        """Let one note sound at once, short, over whatever plays."""
        self._ask(Tap(key, velocity, program))

    def set_volume(self, volume: float) -> None:
        """Set the loudness: 1 as in a rendered file, 0 silent."""
        self._ask(Volume(volume))

    def use_soundfont(self, path: Path) -> None:
        """Play with another soundfont, one that `choose_soundfont` has found good; see `refusal`.

        What plays begins again where it stands. A player that found no soundfont tries once more to open its output.
        """
        self._ask(Load(path))

    def stop(self) -> None:
        """End the sound at once."""
        self._ask(STOP)

    def position(self) -> float | None:
        """Return the seconds into the music that is sounding now; None when nothing plays."""
        with self._wake:
            if self._stage is None or not self._playing or not self._placed:
                return None
            return self._stage.position()

    def close(self, timeout: float = 2.0) -> None:
        """Give the sound card back; wait at most `timeout` seconds for it. May be called twice."""
        self._ask(CLOSE)
        if threading.current_thread() is not self._thread:
            self._thread.join(timeout)

    def __enter__(self) -> "Player":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, order: Order) -> None:
        with self._wake:
            if self._closed:
                return
            self._closed = order is CLOSE
            if isinstance(order, Play) or order in (STOP, CLOSE):
                # Known to have no output: nothing will ever play, and `playing` must not pretend so for a moment.
                silent = self._ready.is_set() and self._output is None
                self._playing = isinstance(order, Play) and not silent
                self._placed = False  # what sounds for a moment still has no position any more
            self._inbox.put(order)
            self._wake.notify()

    def _run(self, soundfont: str | Path | None) -> None:
        self._open(soundfont)
        try:
            while (order := self._next_order()) is not CLOSE:
                if order is not None:
                    self._follow(order)
                self._top_up()
        finally:
            with self._wake:
                output, self._output, self._stage = self._output, None, None
                self._playing = False
            if output is not None:
                output.silence()
                output.close()

    def _open(self, soundfont: str | Path | None) -> None:
        output = None
        problem = None
        try:
            output = Output(soundfont, self._driver)
            output.set_volume(self._volume)
        except AudioError as error:
            problem = str(error)
        with self._wake:
            self._output, self._problem = output, problem
            self._stage = Stage(output) if output is not None else None
            self._ready.set()
            if output is None:
                self._playing = False
        self._changed()

    def _next_order(self) -> Order | None:
        with self._wake:
            if not self._inbox:
                supplied = self._stage is not None and self._stage.supplied
                self._wake.wait(TOP_UP if supplied else None)
            return self._inbox.take()

    def _follow(self, order: Order) -> None:
        if isinstance(order, Volume):
            self._volume = order.volume
        stage, output = self._stage, self._output
        if stage is None or output is None:
            if isinstance(order, Load):
                self._open(order.path)
            return
        try:
            if isinstance(order, Play):
                stage.begin(order.cue)
                with self._wake:
                    self._problem, self._placed = None, not self._inbox.holds(Play)
            else:
                order.carry_out(stage, output)
        except AudioError as error:
            self._refuse(order, str(error))
        else:
            self._accept(order)

    def _accept(self, order: Order) -> None:
        if isinstance(order, Load):
            self._refusal = None
            self._changed()

    def _refuse(self, order: Order, sentence: str) -> None:
        if isinstance(order, Load):
            self._refusal = sentence
            self._changed()
        elif isinstance(order, Play):
            self._end(sentence)
        # A change that cannot be played leaves the music as it is.

    def _top_up(self) -> None:
        stage = self._stage
        if stage is not None and stage.supplied and stage.top_up(lambda: bool(self._inbox)):
            stage.leave()
            self._end(None)

    def _end(self, problem: str | None) -> None:
        with self._wake:
            self._problem = problem
            if not self._inbox.holds(Play):  # otherwise the next notes are already waiting
                self._playing = self._placed = False
        self._changed()
