"""What is to be played, and how: the one thing that the window hands to the player."""

from dataclasses import dataclass

import numpy as np

from innervoice.audio.schedule import SHORTEST, Notes

SLOWEST, FASTEST = 1 / 32, 32.0


@dataclass(frozen=True)
class Cue:
    """Music with the manner of playing it. All times are seconds of the music as written, whatever the speed.

    Attributes
    ----------
    voices : tuple of ndarray of innervoice.music.score.NOTE
        They run side by side; one is heard, and the player changes over to another without a gap.
    heard : int
        Place of the voice that is heard.
    start : float
        Where playing begins.
    loop : bool
        Whether it begins again at its end.
    span : (float, float) or None
        Play from here to there only; None for all of it.
    length : float or None
        How long all of it lasts, when it is longer than its last note.
    speed : float
        1 as written, 2 twice as fast.
    program : int or None
        General MIDI program of a melody; music of several instruments keeps its own. None for what the notes say.
    beat : float or None
        The metronome's beat; None without a metronome.
    beats_per_bar : int
        The first beat of a bar is accented.
    pedals : ndarray [m] with time (s), instrument, value, or None
    """

    voices: tuple[Notes, ...]
    heard: int = 0
    start: float = 0.0
    loop: bool = False
    span: tuple[float, float] | None = None
    length: float | None = None
    speed: float = 1.0
    program: int | None = None
    beat: float | None = None
    beats_per_bar: int = 4
    pedals: Notes | None = None

    @property
    def pace(self) -> float:
        """Return the speed within what can be played."""
        return min(max(self.speed, SLOWEST), FASTEST) if np.isfinite(self.speed) else 1.0

    def extent(self) -> tuple[float, float]:
        """Return where one round begins and ends, in seconds of music; what is written ends with its last note."""
        last = max((float(notes["end"].max(initial=0.0)) for notes in self.voices), default=0.0)
        whole = max(last, self.length or 0.0)
        if self.span is None:
            return 0.0, whole
        begin = min(max(self.span[0], 0.0), whole)
        return begin, min(max(self.span[1], begin), whole)


def cut_notes(notes: Notes, begin: float, end: float, speed: float = 1.0) -> Notes:
    """Return the notes that begin within a span (seconds), none lasting beyond its end."""
    kept = notes[(notes["start"] >= begin) & (notes["start"] < end - SHORTEST * speed)].copy()
    kept["end"] = np.minimum(kept["end"], end)
    return kept


def cut_pedals(pedals: Notes, begin: float, end: float) -> Notes:
    """Return the pedal within a span (seconds): as it stands at the begin, what happens inside, and up at the end."""
    inside = pedals[(pedals["time"] > begin) & (pedals["time"] < end)]
    before = pedals[pedals["time"] <= begin]
    first = [before[before["instrument"] == one][-1:].copy() for one in np.unique(before["instrument"])]
    for row in first:
        row["time"] = begin
    pressed = np.concatenate([*first, inside]) if first else inside
    last = [pressed[pressed["instrument"] == one][-1:].copy() for one in np.unique(pressed["instrument"])]
    for row in last:
        row["time"], row["value"] = end, 0
    return np.concatenate([pressed, *last])
