"""How far a command is, on standard error, with an estimate of the time left."""

from collections.abc import Callable
from time import monotonic

from innervoice.cli.hush import terminal
from innervoice.engine.states import Estimate

FIRST = 1.0
EVERY_ON_TERMINAL = 0.1
EVERY_IN_LOG = 5.0
CLEAR = "\r\x1b[K"


class ProgressLine:
    """One line that rewrites itself on a terminal; in a log, a line every few seconds, and none for a short job.

    Parameters
    ----------
    quiet : bool
        Nothing is written at all.
    clock : callable
        Seconds; another one for tests.
    """

    def __init__(self, quiet: bool = False, clock: Callable[[], float] = monotonic) -> None:
        self._quiet = quiet
        self._clock = clock
        self._estimate = Estimate()
        self._next: float | None = None
        self._shown = False
        self.stage = ""
        """What stands before every line, such as ``2/6``."""

    def __call__(self, done: int, total: int, text: str = "") -> None:
        """Take note that `done` of `total` are done, and write it down when it is time to."""
        now = self._clock()
        progress = self._estimate.progress(done, total, text, now)
        live = terminal().isatty()
        if self._next is None:
            self._next = now + (0.0 if live else FIRST)
        if self._quiet or now < self._next:
            return
        self._next = now + (EVERY_ON_TERMINAL if live else EVERY_IN_LOG)
        line = f"{self.stage} {in_words(done, total, text, progress.seconds_left)}".lstrip()
        _write(CLEAR + line[:110] if live else line + "\n")
        self._shown = live

    def clear(self) -> None:
        """Take the line off the terminal, so that something else can be written."""
        if self._shown:
            _write(CLEAR)
            self._shown = False


def _write(text: str) -> None:
    stream = terminal()
    stream.write(text)
    stream.flush()


def in_words(done: int, total: int, text: str, seconds_left: float | None) -> str:
    """Return progress as people read it: ``Encoding: 40 of 200 (20 %), 1 min 5 s left``, or ``Loading ...``."""
    if not total:
        return f"{text or 'Working'} ..."
    start = f"{text}: " if text else ""
    left = "" if seconds_left is None else f", {duration(seconds_left)} left"
    return f"{start}{done} of {total} ({100 * done // total} %){left}"


def duration(seconds: float) -> str:
    """Return a time span in its two largest units: ``2 h 5 min``, ``1 min 5 s``, ``12 s``."""
    whole = max(round(seconds), 0)
    if whole >= 3600:
        return f"{whole // 3600} h {whole % 3600 // 60} min"
    if whole >= 60:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole} s"
