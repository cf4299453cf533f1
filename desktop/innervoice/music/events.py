"""The events of a Standard MIDI File as columns.

Finding where each event begins is sequential, because of running status; everything else is not. So a short loop
hops from event to event along tables of step lengths that NumPy computed for every byte, and the rest is array
arithmetic over the whole file. No native parser sees the bytes of a stranger's file.

Source: "The Complete MIDI 1.0 Detailed Specification", Standard MIDI Files 1.0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.chunks import Chunks
from innervoice.music.errors import MusicError
from innervoice.music.event_steps import LONGEST_DELTA, StepTables, step_tables

META, SYSEX, ESCAPE = 0xFF, 0xF0, 0xF7
SET_TEMPO, TIME_SIGNATURE = 0x51, 0x58
MOST_CHANGES = 100_000
COMMON_LENGTHS = {0xF1: 1, 0xF2: 2, 0xF3: 1, 0xF6: 0, 0xF8: 0, 0xFA: 0, 0xFB: 0, 0xFC: 0, 0xFE: 0}


@dataclass(frozen=True)
class Meta:
    """A tempo or meter change: where it begins in the file, its type and its data."""

    position: int
    type: int
    data: bytes


@dataclass(frozen=True)
class Events:
    """Events of all tracks, in file order.

    Attributes
    ----------
    position : ndarray int64 [m]
        Byte at which the event (its delta time) begins.
    tick : ndarray int64 [m]
        Time from the beginning of the track.
    track : ndarray int64 [m]
        Track number, from 0.
    status, data1, data2 : ndarray uint8 [m]
        Channel messages; of other events only the status has a meaning.
    metas : tuple of Meta
        Tempo and meter changes of the first track, which hold for all.
    """

    position: NDArray[np.int64]
    tick: NDArray[np.int64]
    track: NDArray[np.int64]
    status: NDArray[np.uint8]
    data1: NDArray[np.uint8]
    data2: NDArray[np.uint8]
    metas: tuple[Meta, ...]


def read_events(data: bytes, chunks: Chunks, name: str) -> Events:
    """Parse every event of every track.

    Raises
    ------
    MusicError
        If an event is cut off, has no status or a data byte above 127.
    """
    tables = step_tables(data)
    begins = bytearray(len(data) + 1)
    metas: list[Meta] = []
    for number, (first, last) in enumerate(chunks.tracks):
        _Walk(data, tables, begins, name, number).go(first + 8, last, metas)
    position = np.frombuffer(begins, np.bool_).nonzero()[0]
    edges = position.searchsorted([*(first for first, _ in chunks.tracks), len(begins)])
    return _columns(data, tables, position, edges, tuple(metas), name)


class _Walk:
    """Hops through one track and marks in `begins` where each event begins."""

    def __init__(self, data: bytes, tables: StepTables, begins: bytearray, name: str, number: int) -> None:
        self.data, self.tables, self.begins = data, tables, begins
        self.name, self.number = name, number
        self.running = 0

    def go(self, first: int, last: int, metas: list[Meta]) -> None:
        """Hop from `first` to `last`; an event that the table does not know, or a wrong state, is looked at singly."""
        begins, steps, place = self.begins, self.tables.event_length, first
        while place < last:
            if _two_data_bytes(self.running):
                while place < last and (step := steps[place]):
                    begins[place] = 1
                    place += step
            if place < last:
                begins[place] = 1
                place = self._turn(place, last, metas)
        if place != last:
            raise self._damaged("an event runs over its end")

    def _turn(self, place: int, last: int, metas: list[Meta]) -> int:
        """Place after any one event."""
        length = self.tables.delta_length[place]
        at = place + length
        if not length or at >= last:
            raise self._damaged("a delta time is cut off")
        status = self.data[at]
        if status < 0x80:
            if not self.running:
                raise self._damaged("an event has no status")
            return at + (2 if _two_data_bytes(self.running) else 1)
        if status < SYSEX:
            self.running = status
            return at + (3 if _two_data_bytes(status) else 2)
        if status in COMMON_LENGTHS:
            return at + 1 + COMMON_LENGTHS[status]
        return self._skip(status, place, at, last, metas)

    def _skip(self, status: int, place: int, at: int, last: int, metas: list[Meta]) -> int:
        """Place after a meta or system exclusive event."""
        if status not in (META, SYSEX, ESCAPE):
            raise self._damaged(f"the status {status} is undefined")
        start = at + 2 if status == META else at + 1
        size = self.tables.delta_length[start] if start < last else 0
        length = 0
        for byte in self.data[start : start + size]:
            length = length << 7 | byte & 0x7F
        end = start + size + length
        if not size or end > last:
            raise self._damaged("a meta or system exclusive event is cut off")
        if status == META and self.number == 0 and self.data[at + 1] in (SET_TEMPO, TIME_SIGNATURE):
            if len(metas) == MOST_CHANGES:
                raise MusicError(f"{self.name} changes tempo or meter more than {MOST_CHANGES} times; thin them out.")
            metas.append(Meta(place, self.data[at + 1], self.data[start + size : end]))
        return end

    def _damaged(self, what: str) -> MusicError:
        return MusicError(f"{self.name} is damaged in track {self.number + 1}: {what}; fetch or export it again.")


def _two_data_bytes(status: int) -> bool:
    return status >= 0x80 and status & 0xE0 != 0xC0


def _columns(
    data: bytes,
    tables: StepTables,
    position: NDArray[np.int64],
    edges: NDArray[np.int64],
    metas: tuple[Meta, ...],
    name: str,
) -> Events:
    padded = np.frombuffer(data + b"\0\0\0", np.uint8)
    length = np.frombuffer(tables.delta_length, np.uint8)[position]
    at = position + length
    first = padded[at]
    explicit = first >= 0x80
    latest = np.maximum.accumulate(np.arange(len(position)) * (explicit & (first < SYSEX)))
    status = np.where(explicit, first, first[latest])
    at += explicit
    data1, data2 = padded[at], padded[at + 1]
    _check_data(status, data1, data2, name)
    total = np.zeros(len(position) + 1, np.int64)
    np.cumsum(_deltas(padded, position, length), out=total[1:])
    counts = edges[1:] - edges[:-1]
    tick = total[1:] - total[edges[:-1]].repeat(counts)
    track = np.arange(len(counts)).repeat(counts)
    return Events(position, tick, track, status, data1, data2, metas)


def _deltas(padded: NDArray[np.uint8], position: NDArray[np.int64], length: NDArray[Any]) -> NDArray[np.int64]:
    """Values of the variable-length delta times."""
    value = (padded[position] & 0x7F).astype(np.int64)
    for place in range(1, LONGEST_DELTA):
        longer = (length > place).nonzero()[0]
        if not len(longer):
            break
        value[longer] = value[longer] << 7 | (padded[position[longer] + place] & 0x7F)
    return value


def _check_data(status: NDArray[Any], data1: NDArray[Any], data2: NDArray[Any], name: str) -> None:
    data = data1 | np.where((status & 0xE0) == 0xC0, 0, data2)
    if ((data > 127) & (status < SYSEX)).any():
        raise MusicError(f"{name} is damaged: an event has a data byte above 127; fetch or export it again.")
