"""What the client tells the window about the engine and about a request that is under way."""

from dataclasses import dataclass, field
from time import monotonic
from typing import Literal

Phase = Literal["starting", "ready", "restarting", "stopped"]


@dataclass(frozen=True)
class EngineState:
    """How the engine is; `detail` is a sentence (why it restarts, what it is loading), or empty."""

    phase: Phase
    backend: str = ""
    device: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Progress:
    """How far a request is; `seconds_left` is None until it can be told."""

    done: int
    total: int
    text: str = ""
    seconds_left: float | None = None


@dataclass
class Estimate:
    """Tells the time left from the pace since the first report (a resumed job starts high, so not from zero)."""

    _first: tuple[float, int] | None = field(default=None, init=False)
    _total: int = field(default=0, init=False)

    def progress(self, done: int, total: int, text: str = "", now: float | None = None) -> Progress:
        """A Progress with the time left; a new total starts a new estimate."""
        clock = monotonic() if now is None else now
        if self._first is None or total != self._total or done < self._first[1]:
            self._first, self._total = (clock, done), total
        elapsed, made = clock - self._first[0], done - self._first[1]
        left = elapsed * (total - done) / made if made > 0 and elapsed >= 0.5 else None
        return Progress(done, total, text, left)
