"""Standard MIDI Files into scores.

As in pretty_midi, tempo and meter are taken from the first track only, and one instrument is one program on one
channel of one track.
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

from innervoice.music.chunks import scan_chunks
from innervoice.music.errors import MusicError
from innervoice.music.events import SET_TEMPO, TIME_SIGNATURE, Events, read_events
from innervoice.music.limits import Limits, check_limits
from innervoice.music.pairing import DRUM_CHANNEL, NOTE_ON, pair_notes, programs_at
from innervoice.music.score import METER, NOTE, PEDAL, TEMPO, Score, Table
from innervoice.music.tempo_map import TempoMap, tempo_map

SUSTAIN = 64
PROGRAMS = 128
CONTROL_CHANGE = 0xB0
LARGEST_DENOMINATOR_POWER = 15


def score_from_midi(data: bytes, name: str, path: str = "", limits: Limits | None = None) -> Score:
    """Read the bytes of a MIDI file.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        What errors call it.
    path : str
        Where it came from.
    limits : Limits, optional
        What is refused.

    Raises
    ------
    MusicError
        If the file is damaged, not MIDI, or above a limit.
    """
    bounds = limits or Limits()
    chunks = scan_chunks(data, name, bounds)
    events = read_events(data, chunks, name)
    begun = int(np.count_nonzero((events.status & 0xF0) == NOTE_ON))
    if begun > 2 * bounds.notes:  # half of the note ons may be note offs of velocity 0
        raise MusicError(f"{name} has about {begun} notes, above the limit of {bounds.notes}; split it.")
    tempo = _tempo_map(events, chunks.resolution, name)
    notes, channels = _notes(events, chunks.resolution, tempo)
    check_limits(notes, name, bounds)
    return Score(
        name=name,
        path=path,
        notes=notes,
        tempos=_tempos(tempo, chunks.resolution),
        meters=_meters(events, chunks.resolution, tempo, name),
        pedals=_pedals(events, tempo, channels),
        ticks_per_quarter=chunks.resolution,
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _metas(events: Events, kind: int, size: int, name: str) -> tuple[NDArray[np.int64], list[bytes]]:
    """Ticks and data of the meta events of one type, which must have `size` bytes at least."""
    found = [meta for meta in events.metas if meta.type == kind]
    if any(len(meta.data) < size for meta in found):
        raise MusicError(f"{name} is damaged: a tempo or time signature is too short; fetch or export it again.")
    places = np.searchsorted(events.position, [meta.position for meta in found])
    return events.tick[places], [meta.data for meta in found]


def _tempo_map(events: Events, resolution: int, name: str) -> TempoMap:
    ticks, found = _metas(events, SET_TEMPO, 3, name)
    microseconds = np.array([int.from_bytes(data[:3], "big") for data in found], np.int64)
    if (microseconds <= 0).any():
        raise MusicError(f"{name} has a tempo of zero microseconds; remove that tempo change.")
    return tempo_map(ticks, microseconds, resolution)


def _notes(events: Events, resolution: int, tempo: TempoMap) -> tuple[Table, NDArray[np.int64]]:
    """Notes by instrument and start, and for each instrument its track and channel (track * 16 + channel)."""
    begin, end = pair_notes(events)
    channel = events.track[end] * 16 + (events.status[end] & 0x0F)
    instruments, instrument = _number(channel * PROGRAMS + programs_at(events, end))
    start = events.tick[begin]
    if (instrument[1:] < instrument[:-1]).any():
        order = np.lexsort((start, instrument))
        begin, end, start, instrument = begin[order], end[order], start[order], instrument[order]
    finish = events.tick[end]
    notes = np.zeros(len(begin), NOTE)
    notes["start"], notes["end"] = tempo.seconds(start), tempo.seconds(finish)
    notes["start_quarter"], notes["end_quarter"] = start / resolution, finish / resolution
    notes["pitch"], notes["velocity"] = events.data1[begin], events.data2[begin]
    notes["instrument"], notes["program"] = instrument, (instruments % PROGRAMS)[instrument]
    notes["drum"] = (instruments // PROGRAMS % 16 == DRUM_CHANNEL)[instrument]
    return notes, instruments // PROGRAMS


def _number(code: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Distinct codes, increasing, and the place of each code among them; codes are small, so no sorting is needed."""
    used = np.zeros(int(code.max(initial=0)) + 1, np.bool_)
    used[code] = True
    return used.nonzero()[0], (used.cumsum() - 1)[code]


def _tempos(tempo: TempoMap, resolution: int) -> Table:
    tempos = np.zeros(len(tempo.ticks), TEMPO)
    tempos["time"], tempos["quarter"], tempos["qpm"] = tempo.times, tempo.ticks / resolution, tempo.qpm
    return tempos


def _meters(events: Events, resolution: int, tempo: TempoMap, name: str) -> Table:
    ticks, found = _metas(events, TIME_SIGNATURE, 2, name)
    if any(data[1] > LARGEST_DENOMINATOR_POWER for data in found):
        raise MusicError(f"{name} has a time signature with an impossible denominator; correct it.")
    meters = np.zeros(len(found), METER)
    meters["time"], meters["quarter"] = tempo.seconds(ticks), ticks / resolution
    meters["numerator"] = [data[0] for data in found]
    meters["denominator"] = [1 << data[1] for data in found]
    return meters


def _pedals(events: Events, tempo: TempoMap, channels: NDArray[np.int64]) -> Table:
    """Sustain pedal of each channel that has notes, given to the first instrument on it."""
    used = ((events.data1 == SUSTAIN) & ((events.status & 0xF0) == CONTROL_CHANGE)).nonzero()[0]
    owner = np.full(16 * (int(events.track.max(initial=0)) + 1), -1)
    owner[channels[::-1]] = np.arange(len(channels))[::-1]
    instrument = owner[events.track[used] * 16 + (events.status[used] & 0x0F)]
    used, instrument = used[instrument >= 0], instrument[instrument >= 0]
    pedals = np.zeros(len(used), PEDAL)
    pedals["time"], pedals["value"] = tempo.seconds(events.tick[used]), events.data2[used]
    pedals["instrument"] = instrument
    return np.asarray(pedals[pedals["time"].argsort(kind="stable")])
