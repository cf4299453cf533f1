"""MIDI files made event by event, for tests of the reader."""

import struct
from collections.abc import Callable, Sequence

import pytest

Track = Sequence[tuple[int, bytes]]


def _number(value: int) -> bytes:
    digits = [value & 0x7F]
    while value := value >> 7:
        digits.append(value & 0x7F | 0x80)
    return bytes(reversed(digits))


@pytest.fixture(scope="session")
def smf() -> Callable[..., bytes]:
    """Function that writes a MIDI file: tracks of (tick, message bytes) in order of time."""

    def write(*tracks: Track, division: int = 480, kind: int = 1, declared: int | None = None) -> bytes:
        chunks = []
        for track in tracks:
            body, now = b"", 0
            for tick, message in track:
                body += _number(tick - now) + message
                now = tick
            body += b"\x00\xff\x2f\x00"
            chunks.append(b"MTrk" + struct.pack(">I", len(body)) + body)
        count = len(tracks) if declared is None else declared
        return b"MThd" + struct.pack(">IHHH", 6, kind, count, division) + b"".join(chunks)

    return write
