"""The outside of a Standard MIDI File: header and track chunks, looked at before the events are parsed.

Source: "The Complete MIDI 1.0 Detailed Specification", Standard MIDI Files 1.0.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from innervoice.music.errors import MusicError
from innervoice.music.limits import Limits

HEADER_LENGTH = 14


@dataclass(frozen=True)
class Chunks:
    """What the chunk headers say.

    Attributes
    ----------
    resolution : int
        Ticks per quarter note.
    tracks : tuple of (int, int)
        First and last byte (exclusive) of each track chunk, its eight header bytes included.
    """

    resolution: int
    tracks: tuple[tuple[int, int], ...]


def scan_chunks(data: bytes, name: str, limits: Limits) -> Chunks:
    """Check header and track lengths of a MIDI file without parsing one event.

    Raises
    ------
    MusicError
        If this is not a MIDI file, counts time in SMPTE frames, declares too many tracks or is cut short.
    """
    if not data:
        raise MusicError(f"{name} is empty; export it again.")
    if data[:4] != b"MThd" or len(data) < HEADER_LENGTH:
        raise MusicError(f"{name} is not a MIDI file: its header is missing; export it as a Standard MIDI File.")
    length, _, declared, division = struct.unpack(">IHHH", data[4:HEADER_LENGTH])
    if division & 0x8000:
        raise MusicError(f"{name} counts time in SMPTE frames; export it with ticks per quarter note.")
    if division == 0:
        raise MusicError(f"{name} has 0 ticks per quarter note; export it again.")
    if declared > limits.tracks:
        raise MusicError(f"{name} declares {declared} tracks, above the limit of {limits.tracks}; merge its tracks.")
    tracks = _find_tracks(data, 8 + length, declared, name)
    if not tracks:
        raise MusicError(f"{name} has no track; export it again.")
    return Chunks(division, tracks)


def _find_tracks(data: bytes, position: int, declared: int, name: str) -> tuple[tuple[int, int], ...]:
    tracks: list[tuple[int, int]] = []
    while len(tracks) < declared:
        if position + 8 > len(data):
            raise MusicError(f"{name} ends after {len(tracks)} of its {declared} tracks; fetch or export it again.")
        end = position + 8 + int.from_bytes(data[position + 4 : position + 8], "big")
        if end > len(data):
            raise MusicError(f"{name} is cut short inside track {len(tracks) + 1}; fetch or export it again.")
        if data[position : position + 4] == b"MTrk":
            tracks.append((position, end))
        position = end
    return tuple(tracks)
