"""Playing notes through the sound card without ever holding the caller up.

Three threads take part. The caller's (the window's) only leaves a request under a lock. The player's own thread opens
the sound output (which may take seconds), and tops up FluidSynth's sequencer a few seconds ahead. FluidSynth's audio
thread makes the sound by that sequencer, so a busy Python is never heard.
"""

import threading
from collections.abc import Callable
from pathlib import Path

from innervoice.audio.errors import AudioError
from innervoice.audio.feed import Feed, Supply, make_feed
from innervoice.audio.output import Output
from innervoice.audio.schedule import Notes, schedule

AHEAD = 3000  # milliseconds of music in the sequencer: more than Python ever pauses
TOP_UP = 0.25  # seconds between two looks at the sequencer while playing
LEAD = 20  # milliseconds from a request to the first note, so that it is not already in the past
STOP, CLOSE = "stop", "close"

Request = tuple[Notes, bool, float, float | None, Notes | None] | str


class Player:
    """Plays one thing at a time; a new one replaces it.

    Parameters
    ----------
    soundfont : path of a .sf2 file; None for the user's or the machine's
    driver : see `innervoice.audio.output.Output`
    changed : called on the player's thread when `ready`, `problem` or `playing` changed by itself
    """

    def __init__(
        self,
        soundfont: str | Path | None = None,
        driver: str | None = None,
        changed: Callable[[], None] | None = None,
    ) -> None:
        self._changed = changed or (lambda: None)
        self._problem: str | None = None
        self._ready = threading.Event()
        self._wake = threading.Condition()
        self._request: Request | None = None
        self._output: Output | None = None
        self._feed: Feed | None = None
        self._origin = 0
        self._playing = False
        self._closed = False
        self._thread = threading.Thread(
            target=self._run, args=(soundfont, driver), name="innervoice-audio", daemon=True
        )
        self._thread.start()

    @property
    def problem(self) -> str | None:
        """Why nothing can be heard, or why the last notes could not be played; None when all is well."""
        return self._problem

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
        self._ask((notes.copy(), loop, start, length, None if pedals is None else pedals.copy()))

    def stop(self) -> None:
        """End the sound at once."""
        self._ask(STOP)

    def position(self) -> float | None:
        """Return the seconds into the music that is sounding now; None when nothing plays."""
        with self._wake:
            if self._output is None or self._feed is None or not self._playing:
                return None
            return self._feed.position(self._output.tick() - self._origin)

    def close(self, timeout: float = 2.0) -> None:
        """Give the sound card back; wait at most `timeout` seconds for it. May be called twice."""
        self._ask(CLOSE)
        if threading.current_thread() is not self._thread:
            self._thread.join(timeout)

    def __enter__(self) -> "Player":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, request: Request) -> None:
        with self._wake:
            if self._closed:
                return
            self._closed = isinstance(request, str) and request == CLOSE
            # Known to have no output: nothing will ever play, and `playing` must not pretend so for a moment.
            silent = self._ready.is_set() and self._output is None
            self._playing = not isinstance(request, str) and not silent
            self._feed = None  # what sounds for a moment still has no position any more
            self._request = request
            self._wake.notify()

    def _run(self, soundfont: str | Path | None, driver: str | None) -> None:
        output = self._open(soundfont, driver)
        if output is None:
            return
        try:
            self._serve(output)
        finally:
            with self._wake:
                self._output = self._feed = None
                self._playing = False
            output.close()

    def _open(self, soundfont: str | Path | None, driver: str | None) -> Output | None:
        output = None
        try:
            output = Output(soundfont, driver)
        except AudioError as error:
            self._problem = str(error)
        with self._wake:
            self._output = output
            self._ready.set()
            if output is None:
                self._playing = False
        self._changed()
        return output

    def _serve(self, output: Output) -> None:
        supply: Supply | None = None
        while True:
            request = self._next_request(TOP_UP if supply is not None else None)
            if request == CLOSE:
                output.silence()
                return
            if request is not None:
                supply = self._begin(output, request)
            if supply is not None:
                self._top_up(output, supply)
                if self._finished(output):
                    supply = None

    def _top_up(self, output: Output, supply: Supply) -> None:
        for tick, *event in supply.until(output.tick() - self._origin + AHEAD):
            output.send(self._origin + tick, *event)
            if self._request is not None:  # thousands of notes at once must not hold up a stop
                return

    def _next_request(self, timeout: float | None) -> Request | None:
        with self._wake:
            if self._request is None:
                self._wake.wait(timeout)
            request, self._request = self._request, None
            return request

    def _begin(self, output: Output, request: Request) -> Supply | None:
        """Silence what plays and set the stage for the next notes; None when there is nothing to play."""
        output.silence()
        if isinstance(request, str):
            return None
        notes, loop, start, length, pedals = request
        try:
            plan = schedule(notes, pedals)
        except AudioError as error:
            self._end(str(error))
            return None
        for channel in sorted(set(plan.events["channel"].tolist())):
            output.lift_pedal(channel)
        for channel, program in plan.programs:
            output.program(channel, program)
        feed = make_feed(plan, loop, start, length)
        with self._wake:
            self._feed, self._origin, self._problem = feed, output.tick() + LEAD, None
        return Supply(feed)

    def _finished(self, output: Output) -> bool:
        if self._feed is None or self._feed.position(output.tick() - self._origin) is not None:
            return False
        self._end(None)
        return True

    def _end(self, problem: str | None) -> None:
        with self._wake:
            self._feed, self._problem = None, problem
            if self._request is None:  # otherwise the next notes are already waiting
                self._playing = False
        self._changed()
