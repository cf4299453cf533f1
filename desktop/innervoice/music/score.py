"""A score: the notes, tempos, meters and pedal of one file, as NumPy tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Table = NDArray[Any]

NOTE = np.dtype(
    [
        ("start", "f8"),
        ("end", "f8"),
        ("start_quarter", "f8"),
        ("end_quarter", "f8"),
        ("pitch", "i2"),
        ("velocity", "i2"),
        ("instrument", "i4"),
        ("program", "i2"),
        ("drum", "?"),
    ]
)
TEMPO = np.dtype([("time", "f8"), ("quarter", "f8"), ("qpm", "f8")])
METER = np.dtype([("time", "f8"), ("quarter", "f8"), ("numerator", "i4"), ("denominator", "i4")])
PEDAL = np.dtype([("time", "f8"), ("instrument", "i4"), ("value", "i2")])


@dataclass(frozen=True)
class Score:
    """Notes with times, tempo and pedal, as read from a file.

    Attributes
    ----------
    name : str
        File name without folder, what the user sees.
    path : str
        Where the file was read from; empty for a score made in memory.
    notes : ndarray of NOTE [n]
        Times in seconds and in quarter notes from the beginning.
    tempos : ndarray of TEMPO [m]
        Tempo changes in quarter notes per minute, by time.
    meters : ndarray of METER [k]
        Time signatures, by time; empty means 4/4.
    pedals : ndarray of PEDAL [p]
        Sustain pedal (controller 64) values 0 to 127, by time.
    ticks_per_quarter : int
        Resolution of the file.
    sha256 : str
        Hash of the file's bytes, hexadecimal.
    """

    name: str
    path: str
    notes: Table
    tempos: Table
    meters: Table
    pedals: Table
    ticks_per_quarter: int
    sha256: str

    @property
    def seconds(self) -> float:
        """End of the last note, in seconds (0 for a score without notes)."""
        return float(self.notes["end"].max()) if len(self.notes) else 0.0
