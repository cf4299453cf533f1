"""What a player does with its synthesizer, without threads, so that every change can be rendered and measured.

The voices of a cue run side by side on channels of their own. Those that are not heard are closed by their channels'
expression controller, so that changing over is one message at one tick: no gap, no note struck twice, none left over.
Any other change (speed, loop, metronome, instrument, new notes) is handed over: what both have under way goes on.
"""

from collections.abc import Callable
from dataclasses import replace

from innervoice.audio.cue import Cue
from innervoice.audio.feed import CLICK_CHANNEL, TAP_CHANNEL, Feed, Supply, make_feed, voice_of
from innervoice.audio.schedule import NOTE_OFF, NOTE_ON, PEDAL
from innervoice.audio.synthesizer import EXPRESSION, FULL, TAP, Synthesizer

AHEAD = 3000  # milliseconds of music in the sequencer: more than Python ever pauses
LEAD = 20  # milliseconds from a request to the first note, so that it is not already in the past
TAP_MILLISECONDS = 350


class Stage:
    """Plays one cue at a time on a synthesizer.

    Parameters
    ----------
    output : Synthesizer

    Attributes
    ----------
    clock : (Feed, int) or None
        What plays, and the tick at which it began; replaced as a whole, so that any thread may read it.
    """

    def __init__(self, output: Synthesizer) -> None:
        self._output = output
        self._supply: Supply | None = None
        self._cue: Cue | None = None
        self._origin = 0
        self._tapped = -1
        self.clock: tuple[Feed, int] | None = None

    @property
    def supplied(self) -> bool:
        """Whether there is music to hand on."""
        return self._supply is not None

    def begin(self, cue: Cue) -> None:
        """Silence what plays and play `cue` from its start.

        Raises
        ------
        AudioError
            When its notes cannot be played; then nothing plays.
        """
        self.stop()
        self._set_out(cue, make_feed(cue))

    def change(self, cue: Cue) -> None:
        """Go on with `cue` where the music stands, without a gap; does nothing when nothing plays.

        Raises
        ------
        AudioError
            When its notes cannot be played; then what plays goes on.
        """
        clock, now = self.clock, self._output.tick()
        position = clock[0].position(now - clock[1]) if clock is not None else None
        if clock is None or position is None:
            return
        # What is being handed over has not begun yet: nothing of it has been struck.
        struck = now >= clock[1]
        new = make_feed(cue).from_here(position)
        if not struck or not new.begin <= position < new.end:
            self.stop()
            self._set_out(cue, new)
            return
        self._output.forget()
        self._open_channels(cue, new)
        self._hand_over(clock[0].from_here(position), new)
        self._enter(cue, new, now, under_way=True)

    def choose(self, heard: int) -> None:
        """Let another voice be heard, at the same place of the music."""
        if self._cue is None or self.clock is None:
            return
        self._cue = replace(self._cue, heard=heard)
        tick = self._output.tick() + LEAD
        for channel in _channels(self.clock[0]):
            value = FULL if voice_of(channel) == heard else 0
            self._output.send(tick, PEDAL, channel, EXPRESSION, value)

    def tap(self, key: int, velocity: int, program: int) -> None:
        """Let one note sound at once, short, over whatever plays."""
        output = self._output
        output.forget(TAP)
        now = output.tick()
        if self._tapped >= 0:
            output.send(now, NOTE_OFF, TAP_CHANNEL, self._tapped, 0, TAP)
        output.program(TAP_CHANNEL, program)
        output.send(now, NOTE_ON, TAP_CHANNEL, key, velocity, TAP)
        output.send(now + TAP_MILLISECONDS, NOTE_OFF, TAP_CHANNEL, key, 0, TAP)
        self._tapped = key

    def begin_again(self) -> None:
        """Play on from where the music stands, every note struck anew; with a new soundfont the channels are empty."""
        position = self.position()
        if self._cue is not None and position is not None:
            self.begin(replace(self._cue, start=position))

    def leave(self) -> None:
        """Forget music that is over; its last notes die away."""
        self._supply = self._cue = self.clock = None

    def stop(self) -> None:
        """End every sound at once."""
        self._output.silence()
        self._supply = self._cue = self.clock = None
        self._tapped = -1

    def position(self) -> float | None:
        """Return the seconds into the music that is sounding now; None when nothing plays."""
        clock = self.clock
        return clock[0].position(self._output.tick() - clock[1]) if clock is not None else None

    def top_up(self, interrupted: Callable[[], bool] = lambda: False) -> bool:
        """Hand on the next seconds of music; return whether it is over.

        Thousands of notes at once must not hold up a stop: `interrupted` says that something else is wanted.
        """
        if self._supply is None or self.clock is None:
            return True
        for tick, *event in self._supply.until(self._output.tick() - self._origin + AHEAD):
            self._output.send(self._origin + tick, *event)
            if interrupted():
                return False
        return self.position() is None

    def _set_out(self, cue: Cue, feed: Feed) -> None:
        for channel in _channels(feed):
            self._output.lift_pedal(channel)
        self._open_channels(cue, feed)
        for channel, program in feed.plan.programs:
            self._output.program(channel, program)
        self._enter(cue, feed, self._output.tick() + LEAD)

    def _enter(self, cue: Cue, feed: Feed, origin: int, under_way: bool = False) -> None:
        self._cue, self._origin = cue, origin
        self._supply = Supply(feed, under_way)
        self.clock = feed, origin

    def _open_channels(self, cue: Cue, feed: Feed) -> None:
        for channel in _channels(feed):
            self._output.open_channel(channel, voice_of(channel) == cue.heard)

    def _hand_over(self, old: Feed, new: Feed) -> None:
        """End what the new music does not have under way, and strike what only it has, or has on another instrument."""
        output, now = self._output, self._output.tick()
        was, will = old.sounding(), new.sounding()
        programs = dict(old.plan.programs)
        altered = {channel for channel, program in new.plan.programs if programs.get(channel, program) != program}
        for channel, key in was:
            if (channel, key) not in will or channel in altered:
                output.send(now, NOTE_OFF, channel, key, 0)
        for channel, program in new.plan.programs:
            output.program(channel, program)
        for (channel, key), velocity in will.items():
            if (channel, key) not in was or channel in altered:
                output.send(now, NOTE_ON, channel, key, velocity)


def _channels(feed: Feed) -> list[int]:
    found: list[int] = sorted(set(feed.plan.events["channel"].tolist()) - {CLICK_CHANNEL})
    return found
