"""The metronome: a wood block on every beat, higher and louder on the first of a bar."""

import math

import numpy as np
from numpy.typing import NDArray

from innervoice.audio.schedule import EVENT, NOTE_OFF, NOTE_ON

WOOD_BLOCK = 115  # General MIDI program, counted from 0; every General MIDI soundfont has it
ACCENT_KEY, BEAT_KEY = 84, 77
ACCENT_VELOCITY, BEAT_VELOCITY = 112, 84
CLICK_SECONDS = 0.06
MOST_CLICKS = 100_000
EPSILON = 1e-6


def clicks(begin: float, end: float, beat: float, beats_per_bar: int, speed: float, channel: int) -> NDArray[np.void]:
    """Return the events of the metronome over a span of music.

    Parameters
    ----------
    begin, end : float
        Seconds of music; a beat at `begin` is struck, one at `end` belongs to the next round.
    beat : float
        Seconds of music from one beat to the next; the first of the music is at 0.
    beats_per_bar : int
    speed : float
        1 as written; the events' times are seconds of sound, that is of music / speed.
    channel : int

    Returns
    -------
    ndarray of EVENT [2 * beats]
    """
    first = math.ceil((begin - EPSILON) / beat)
    count = min(max(math.ceil((end - EPSILON) / beat) - first, 0), MOST_CLICKS)
    number = first + np.arange(count)
    accented = number % beats_per_bar == 0
    events = np.zeros(2 * count, EVENT)
    struck, ended = events[:count], events[count:]
    struck["time"] = np.maximum(number * beat, begin) / speed
    last = np.append(struck["time"][1:], end / speed) if count else struck["time"]
    ended["time"] = np.minimum(struck["time"] + CLICK_SECONDS, last)
    struck["kind"], ended["kind"] = NOTE_ON, NOTE_OFF
    struck["value"] = np.where(accented, ACCENT_VELOCITY, BEAT_VELOCITY)
    for part in (struck, ended):
        part["key"] = np.where(accented, ACCENT_KEY, BEAT_KEY)
    events["channel"] = channel
    return events
