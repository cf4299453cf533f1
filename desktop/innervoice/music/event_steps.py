"""How many bytes an event takes, for every byte at which one could begin."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LONGEST_DELTA = 4
# Bytes after the delta time, by the byte that follows it: a status of two data bytes, or the first of the two under
# running status; 0 for everything else.
_AFTER_DELTA = bytes(2 if byte < 0x80 else 3 if byte < 0xC0 or 0xE0 <= byte < 0xF0 else 0 for byte in range(256))


@dataclass(frozen=True)
class StepTables:
    """Tables with one byte for each byte of a file, and one more.

    Attributes
    ----------
    delta_length : bytes
        Length of the variable-length number that begins here, 0 if it has more than four bytes.
    event_length : bytes
        Length of the event that begins here if it is a channel message with two data bytes, with a status of its own
        or under the running status of such a message; else 0.
    """

    delta_length: bytes
    event_length: bytes


def step_tables(data: bytes) -> StepTables:
    """Compute the tables for a whole file at once."""
    size = len(data) + 1
    padded = data + bytes(LONGEST_DELTA + 2)
    byte = np.frombuffer(padded, np.uint8)
    after = np.frombuffer(padded.translate(_AFTER_DELTA), np.uint8)
    length = np.ones(size, np.uint8)
    following = after[1 : 1 + size].copy()
    unfinished = byte[:size] > 0x7F
    for k in range(1, LONGEST_DELTA):
        length += unfinished
        np.copyto(following, after[k + 1 : k + 1 + size], where=unfinished)
        unfinished &= byte[k : k + size] > 0x7F
    length *= ~unfinished
    following *= ~unfinished
    following += length * (following > 0)
    return StepTables(length.tobytes(), following.tobytes())
