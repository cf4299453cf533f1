"""Notes as a sorted list of MIDI events on channels, the form that both playing and rendering need."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.audio.errors import AudioError

Notes = NDArray[np.void]

NOTE_OFF, PEDAL, NOTE_ON = 0, 1, 2  # in the order in which events at one instant must happen
EVENT = np.dtype([("time", "f8"), ("kind", "u1"), ("channel", "i2"), ("key", "i2"), ("value", "i2")])
SUSTAIN = 64
CHANNELS = 256
DRUM_CHANNEL = 9
# FluidSynth's clock ticks in milliseconds: a shorter note would end in the tick in which it starts, and ring for ever.
SHORTEST = 0.002


@dataclass(frozen=True)
class Schedule:
    """Events in the order of their times, and what must be set before the first.

    Attributes
    ----------
    events : ndarray [n] of EVENT
        time in seconds; kind, one of NOTE_OFF, PEDAL, NOTE_ON; key is a pitch, or the controller of a PEDAL event.
    programs : tuple of (channel, program)
    seconds : float
        Where the last note ends.
    """

    events: NDArray[np.void]
    programs: tuple[tuple[int, int], ...]
    seconds: float


def schedule(notes: Notes, pedals: Notes | None = None, first: int = 0, count: int = CHANNELS) -> Schedule:
    """Turn notes into events, one channel per instrument and program.

    Parameters
    ----------
    notes : ndarray [n] of innervoice.music.score.NOTE
    pedals : ndarray [m] with time (s), instrument, value; None for no pedal
    first, count : int
        The channels to use: the first, a multiple of 16, and how many, at least 16.

    Raises
    ------
    AudioError
        When a time is negative or not finite, or a note ends before it starts.
    """
    _check(notes)
    channels, table = _channels(notes, first, count)
    kept, channel, end = _one_string_per_key(notes, channels)
    parts = [_note_events(notes[kept], channel, end)]
    if pedals is not None and len(pedals):
        parts.append(_pedal_events(pedals, table))
    events = np.concatenate(parts)
    events = events[np.lexsort((events["kind"], events["time"]))]
    programs = {number: min(max(program, 0), 127) for (_, program, drum), number in table.items() if not drum}
    return Schedule(events, tuple(sorted(programs.items())), float(end.max(initial=0.0)))


def merge(plans: Sequence[Schedule]) -> Schedule:
    """Return several schedules, of different channels, as one."""
    events = np.concatenate([np.zeros(0, EVENT), *(plan.events for plan in plans)])
    events = events[np.lexsort((events["kind"], events["time"]))]
    programs = tuple(pair for plan in plans for pair in plan.programs)
    return Schedule(events, programs, max((plan.seconds for plan in plans), default=0.0))


def _check(notes: Notes) -> None:
    start, end = notes["start"], notes["end"]
    if not (np.isfinite(start).all() and np.isfinite(end).all() and (start >= 0).all() and (end >= start).all()):
        raise AudioError("These notes cannot be played: a time is negative, infinite, or an end is before its start")


def _channels(notes: Notes, first: int, count: int) -> tuple[NDArray[np.int16], dict[tuple[int, int, bool], int]]:
    """Return each note's channel, and the table (instrument, program, drum) -> channel it was taken from."""
    voices, place = np.unique(notes[["instrument", "program", "drum"]], return_inverse=True)
    keys = [(int(instrument), int(program), bool(drum)) for instrument, program, drum in voices.tolist()]
    free = [number for number in range(first, first + count) if number % 16 != DRUM_CHANNEL]
    melodic = [key for key in keys if not key[2]]
    if len(melodic) > len(free):  # more instruments than channels: those with the same program share one
        by_program = dict(zip(sorted({key[1] for key in melodic}), cycle(free), strict=False))
        table = {key: by_program[key[1]] for key in melodic}
    else:
        table = dict(zip(melodic, free, strict=False))
    table |= {key: first + DRUM_CHANNEL for key in keys if key[2]}
    return np.array([table[key] for key in keys], np.int16)[place], table


def _one_string_per_key(notes: Notes, channels: NDArray[np.int16]) -> tuple[Any, Any, Any]:
    """Cut a note where the same key of the same channel is struck again; of two struck at once keep the longer.

    MIDI cannot tell two sounding notes of one key apart: the first one's end would silence the second.
    """
    order = np.lexsort((notes["end"], notes["start"], notes["pitch"], channels))
    channel, pitch = channels[order], notes["pitch"][order]
    start, end = notes["start"][order], notes["end"][order]
    again = np.full(len(order), np.inf)
    same = (channel[1:] == channel[:-1]) & (pitch[1:] == pitch[:-1])
    again[:-1][same] = start[1:][same]
    kept = again - start >= SHORTEST
    end = np.maximum(np.minimum(end, again), start + SHORTEST)
    return order[kept], channel[kept], end[kept]


def _note_events(notes: Notes, channel: NDArray[np.int16], end: NDArray[np.float64]) -> NDArray[np.void]:
    events = np.zeros(2 * len(notes), EVENT)
    on, off = events[: len(notes)], events[len(notes) :]
    on["time"], off["time"] = notes["start"], end
    on["kind"], off["kind"] = NOTE_ON, NOTE_OFF
    on["value"] = np.clip(notes["velocity"], 1, 127)
    for part in (on, off):
        part["channel"] = channel
        part["key"] = np.clip(notes["pitch"], 0, 127)
    return events


def _pedal_events(pedals: Notes, table: dict[tuple[int, int, bool], int]) -> NDArray[np.void]:
    by_instrument: dict[int, set[int]] = {}
    for (instrument, _, _), number in table.items():
        by_instrument.setdefault(instrument, set()).add(number)
    rows = [
        (max(float(pedal["time"]), 0.0), PEDAL, number, SUSTAIN, int(np.clip(pedal["value"], 0, 127)))
        for pedal in pedals
        for number in sorted(by_instrument.get(int(pedal["instrument"]), ()))
    ]
    return np.array(rows, EVENT)
