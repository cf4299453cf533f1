"""A cue unrolled in time: from any start, once or round and round, at any speed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from innervoice.audio.cue import Cue, cut_notes, cut_pedals
from innervoice.audio.metronome import WOOD_BLOCK, clicks
from innervoice.audio.schedule import NOTE_ON, PEDAL, Notes, Schedule, merge, schedule

Event = tuple[int, int, int, int, int]  # milliseconds, kind, channel, key, value
Sounding = dict[tuple[int, int], int]

MILLISECONDS = 1000
TICK = 0.001
SHORTEST_ROUND = 0.1
VOICE_CHANNELS = 112  # of FluidSynth's 256: two voices side by side, and room for single notes and the metronome
MOST_VOICES = 2
TAP_CHANNEL, CLICK_CHANNEL = 240, 241


@dataclass(frozen=True)
class Feed:
    """What is to be played, as events.

    Attributes
    ----------
    plan : Schedule
        Its times are seconds of sound: of music divided by the speed.
    loop : bool
    start : float
        Seconds into the music at which playing begins.
    begin, end : float
        Seconds of music: one round. A loop goes from the end to the begin; playing once ends at the end.
    speed : float
        Seconds of music in a second of sound.
    """

    plan: Schedule
    loop: bool
    start: float
    begin: float
    end: float
    speed: float = 1.0

    def events(self, under_way: bool = False) -> Iterator[Event]:
        """Yield (milliseconds since playing began, kind, channel, key, value) in order; without end for a loop.

        Of what comes before the start only the pedals are kept; a note already under way is not struck again. With
        `under_way` what falls on the start itself has happened already.
        """
        events = self.plan.events
        rest = list(zip(*(events[name].tolist() for name in ("kind", "channel", "key", "value")), strict=True))
        lap = 0
        while True:
            # From the exact time of each round, not by adding up rounded ones: a loop must not drift in an hour.
            shift = (lap * (self.end - self.begin) - self.start) / self.speed
            ticks = np.rint((events["time"] + shift) * MILLISECONDS).astype(np.int64).tolist()
            for tick, event in zip(ticks, rest, strict=True):
                if lap or tick >= under_way or event[0] == PEDAL:
                    yield max(tick, 0), *event
            if not (self.loop and rest):
                return
            lap += 1

    def position(self, elapsed: int) -> float | None:
        """Return the seconds into the music after `elapsed` milliseconds of playing; None when it is over."""
        now = self.start + max(elapsed, 0) / MILLISECONDS * self.speed
        if self.loop:
            return self.begin + (now - self.begin) % (self.end - self.begin)
        return now if now < self.end else None

    def sounding(self) -> Sounding:
        """Return the notes under way at the start: (channel, key) -> velocity, the metronome's left out."""
        held: Sounding = {}
        events = self.plan.events
        past = events[events["time"] <= self.start / self.speed + TICK / 2]
        for _, kind, channel, key, value in past[past["kind"] != PEDAL].tolist():
            if kind == NOTE_ON and channel != CLICK_CHANNEL:
                held[channel, key] = value
            else:
                held.pop((channel, key), None)
        return held

    def from_here(self, position: float) -> "Feed":
        """Return the same feed with another start, kept inside the round."""
        return replace(self, start=min(max(position, self.begin), self.end))


class Supply:
    """The events of a feed, handed out as their time comes near."""

    def __init__(self, feed: Feed, under_way: bool = False) -> None:
        self._events = feed.events(under_way)
        self._next = next(self._events, None)

    def until(self, tick: int) -> Iterator[Event]:
        """Yield the events not yet handed out whose time is at most `tick`."""
        while self._next is not None and self._next[0] <= tick:
            yield self._next
            self._next = next(self._events, None)


def make_feed(cue: Cue) -> Feed:
    """Return the feed of a cue.

    Raises
    ------
    AudioError
        When a time is negative or not finite, or a note ends before it starts.
    """
    pace = cue.pace
    begin, end = cue.extent()
    plans = [_plan(cue, number, begin, end) for number in range(min(len(cue.voices), MOST_VOICES))]
    if cue.loop:
        end = max(end, begin + SHORTEST_ROUND * pace)
    if cue.beat is not None and cue.beat > 0:
        beats = clicks(begin, end, cue.beat, cue.beats_per_bar, pace, CLICK_CHANNEL)
        plans.append(Schedule(beats, ((CLICK_CHANNEL, WOOD_BLOCK),), 0.0))
    feed = Feed(merge(plans), cue.loop, 0.0, begin, end, pace)
    return feed.from_here(cue.start)


def voice_of(channel: int) -> int:
    """Return which voice of a cue a channel belongs to; `MOST_VOICES` and more are no voices."""
    return channel // VOICE_CHANNELS


def _plan(cue: Cue, number: int, begin: float, end: float) -> Schedule:
    notes, pedals = cue.voices[number], cue.pedals
    if cue.span is not None:
        notes = cut_notes(notes, begin, end, cue.pace)
        pedals = cut_pedals(pedals, begin, end) if pedals is not None else None
    first = number * VOICE_CHANNELS
    plan = schedule(_faster(notes, cue.pace, ("start", "end")), _pressed(pedals, cue.pace), first, VOICE_CHANNELS)
    if cue.program is None or len(plan.programs) != 1:
        return plan
    return replace(plan, programs=((plan.programs[0][0], min(max(cue.program, 0), 127)),))


def _pressed(pedals: Notes | None, speed: float) -> Notes | None:
    return None if pedals is None else _faster(pedals, speed, ("time",))


def _faster(rows: Notes, speed: float, fields: tuple[str, ...]) -> Notes:
    scaled = rows.copy()
    for field in fields:
        scaled[field] = scaled[field] / speed
    return scaled
