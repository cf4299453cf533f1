"""Notes and pedal into Standard MIDI Files."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

from innervoice.music.errors import MusicError
from innervoice.music.files import atomic_write
from innervoice.music.score import PEDAL, Table

SUSTAIN = 64
TICKS_PER_QUARTER = 480
DRUM_CHANNEL = 9
END_OF_TRACK = b"\x00\xff\x2f\x00"
LONGEST_TEMPO = (1 << 24) - 1


def write_midi(notes: Table, path: str | Path, qpm: float = 120.0, pedals: Table | None = None) -> None:
    """Write notes as a MIDI file; an old file stays whole if writing fails.

    Parameters
    ----------
    notes : ndarray of NOTE [n]
        Placed by `start_quarter` and `end_quarter`.
    path : str or Path
    qpm : float
        The one tempo of the file, in quarter notes per minute.
    pedals : ndarray of PEDAL [p], optional
        Sustain pedal, placed by ``time`` in seconds.

    Raises
    ------
    MusicError
        If a pitch, velocity, pedal value or the tempo cannot be written, or the folder cannot.
    """
    try:
        atomic_write(path, midi_bytes(notes, qpm, pedals))
    except OSError as error:
        raise MusicError(f"{Path(path).name} cannot be written ({error.strerror}); choose another folder.") from error


def midi_bytes(notes: Table, qpm: float = 120.0, pedals: Table | None = None) -> bytes:
    """A MIDI file (format 1, 480 ticks a quarter, 4/4) with one track for tempo and one for each instrument.

    The same notes give the same bytes. A note is at least one tick long. A pedal of an instrument that has no notes is
    left out: there is nothing that it could sustain.
    """
    pressed = np.zeros(0, PEDAL) if pedals is None else pedals
    _check(notes, pressed)
    tracks = [_conductor(qpm)]
    for order, instrument in enumerate(np.unique(notes["instrument"]).tolist()):
        own = pressed[pressed["instrument"] == instrument]
        tracks.append(_instrument(notes[notes["instrument"] == instrument], own, order, qpm))
    header = struct.pack(">4sIHHH", b"MThd", 6, 1, len(tracks), TICKS_PER_QUARTER)
    return header + b"".join(struct.pack(">4sI", b"MTrk", len(track)) + track for track in tracks)


def _check(notes: Table, pedals: Table) -> None:
    for field, low in (("pitch", 0), ("velocity", 1)):
        if ((notes[field] < low) | (notes[field] > 127)).any():
            raise MusicError(f"A {field} outside {low} to 127 cannot be written as MIDI; correct the notes.")
    if ((pedals["value"] < 0) | (pedals["value"] > 127)).any():
        raise MusicError("A pedal value outside 0 to 127 cannot be written as MIDI; correct the pedal.")
    if (notes["start_quarter"] < 0).any() or (pedals["time"] < 0).any():
        raise MusicError("A note or pedal before the beginning cannot be written as MIDI; shift them.")


def _conductor(qpm: float) -> bytes:
    microseconds = round(60e6 / qpm) if qpm > 0 else 0
    if not 0 < microseconds <= LONGEST_TEMPO:
        raise MusicError(f"A tempo of {qpm:g} quarter notes a minute cannot be written as MIDI; choose 4 or more.")
    return b"\x00\xff\x51\x03" + microseconds.to_bytes(3, "big") + b"\x00\xff\x58\x04\x04\x02\x18\x08" + END_OF_TRACK


def _instrument(notes: Table, pedals: Table, order: int, qpm: float) -> bytes:
    start = np.rint(notes["start_quarter"] * TICKS_PER_QUARTER).astype(np.int64)
    end = np.maximum(np.rint(notes["end_quarter"] * TICKS_PER_QUARTER).astype(np.int64), start + 1)
    melodic = order % 15
    channel = DRUM_CHANNEL if notes["drum"][0] else melodic + (melodic >= DRUM_CHANNEL)
    # At one tick notes end before others begin, or a repeated pitch would be cut; in between, the pedal in its order.
    events = [(tick, 0, 0x80, pitch, 64) for tick, pitch in zip(end.tolist(), notes["pitch"].tolist(), strict=True)]
    pressed = np.rint(pedals["time"] * (qpm / 60.0 * TICKS_PER_QUARTER)).astype(np.int64).tolist()
    levels = enumerate(zip(pressed, pedals["value"].tolist(), strict=True), 1)
    first_strike = len(pressed) + 1
    events += [(tick, place, 0xB0, SUSTAIN, value) for place, (tick, value) in levels]
    struck = zip(start.tolist(), notes["pitch"].tolist(), notes["velocity"].tolist(), strict=True)
    events += [(tick, first_strike, 0x90, pitch, velocity) for tick, pitch, velocity in struck]
    data, now = bytearray((0, 0xC0 | channel, int(notes["program"][0]) & 0x7F)), 0
    for tick, _, kind, number, value in sorted(events):
        data += _variable_length(tick - now)
        data += bytes((kind | channel, number, value))
        now = tick
    return bytes(data) + END_OF_TRACK


def _variable_length(value: int) -> bytes:
    if value >= 1 << 28:
        raise MusicError("A silence of more than half a million quarter notes cannot be written as MIDI; shorten it.")
    digits = [value & 0x7F]
    while value := value >> 7:
        digits.append(value & 0x7F | 0x80)
    return bytes(reversed(digits))
