"""A schedule unrolled in time: from any start, once or round and round."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from innervoice.audio.schedule import NOTE_ON, Schedule

Event = tuple[int, int, int, int, int]  # milliseconds, kind, channel, key, value

MILLISECONDS = 1000
SHORTEST_ROUND = 0.1


@dataclass(frozen=True)
class Feed:
    """What is to be played and how.

    Attributes
    ----------
    plan : Schedule
    loop : bool
    start : float
        Seconds into the music at which playing begins.
    seconds : float
        Length of one round: where a loop begins again, and where playing once ends.
    """

    plan: Schedule
    loop: bool
    start: float
    seconds: float

    def events(self) -> Iterator[Event]:
        """Yield (milliseconds since playing began, kind, channel, key, value) in order; without end for a loop."""
        events = self.plan.events
        ticks = np.rint((events["time"] - self.start) * MILLISECONDS).astype(np.int64).tolist()
        rest = list(zip(*(events[name].tolist() for name in ("kind", "channel", "key", "value")), strict=True))
        lap = round(self.seconds * MILLISECONDS)
        shift = 0
        while True:
            for tick, event in zip(ticks, rest, strict=True):
                # Before the start only what sets a state is kept; a note already under way is not struck again.
                if tick + shift >= 0 or event[0] != NOTE_ON:
                    yield max(tick + shift, 0), *event
            if not (self.loop and rest):
                return
            shift += lap

    def position(self, elapsed: int) -> float | None:
        """Return the seconds into the music after `elapsed` milliseconds of playing; None when it is over."""
        now = self.start + max(elapsed, 0) / MILLISECONDS
        if self.loop:
            return now % self.seconds
        return now if now < self.seconds else None


class Supply:
    """The events of a feed, handed out as their time comes near."""

    def __init__(self, feed: Feed) -> None:
        self._events = feed.events()
        self._next = next(self._events, None)

    def until(self, tick: int) -> Iterator[Event]:
        """Yield the events not yet handed out whose time is at most `tick`."""
        while self._next is not None and self._next[0] <= tick:
            yield self._next
            self._next = next(self._events, None)


def make_feed(plan: Schedule, loop: bool, start: float, length: float | None) -> Feed:
    """Return the feed of a schedule; `length` (seconds) is that of a round when it is not where the last note ends."""
    seconds = max(plan.seconds, length or 0.0)
    if loop:
        seconds = max(seconds, SHORTEST_ROUND)
    return Feed(plan, loop, min(max(start, 0.0), seconds), seconds)
