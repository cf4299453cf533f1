"""How many bytes an event takes, for every byte at which one could begin."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LONGEST_DELTA = 4


@dataclass(frozen=True)
class StepTables:
    """Tables with one byte for each byte of a file.

    Attributes
    ----------
    delta_length : bytes
        Length of the variable-length number that begins here, 0 if it has more than four bytes.
    two : bytes
        Length of the event that begins here if running status has two data bytes; 0 where the event is no channel
        message of two data bytes.
    one : bytes
        The same for one data byte (program change and channel pressure).
    """

    delta_length: bytes
    two: bytes
    one: bytes


def _lengths(explicit: range, explicit_length: int, running_length: int, but: range) -> NDArray[np.uint8]:
    table = np.zeros(256, np.uint8)
    table[:0x80] = running_length
    table[explicit.start : explicit.stop] = explicit_length
    table[but.start : but.stop] = 0
    return table


# Bytes after the delta time, by the byte that follows it: a status, or the first data byte under running status.
TWO = _lengths(range(0x80, 0xF0), 3, 2, but=range(0xC0, 0xE0))
ONE = _lengths(range(0xC0, 0xE0), 2, 1, but=range(0))


def step_tables(data: bytes) -> StepTables:
    """Compute the tables for a whole file at once."""
    size = len(data)
    padded = np.frombuffer(data + bytes(LONGEST_DELTA + 1), np.uint8)
    byte = [padded[k : k + size] for k in range(LONGEST_DELTA + 1)]
    more = [b > 0x7F for b in byte[:LONGEST_DELTA]]
    length = np.ones(size, np.uint8)
    following = byte[1].copy()
    unfinished = more[0]
    for k in range(1, LONGEST_DELTA):
        length += unfinished
        np.copyto(following, byte[k + 1], where=unfinished)
        unfinished = unfinished & more[k]
    length[unfinished] = 0
    two, one = TWO[following], ONE[following]
    two[two > 0] += length[two > 0]
    one[one > 0] += length[one > 0]
    two[unfinished] = 0
    one[unfinished] = 0
    return StepTables(length.tobytes(), two.tobytes(), one.tobytes())
