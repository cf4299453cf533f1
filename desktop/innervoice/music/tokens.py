"""Tokens: one step of a melody on the sixteenth grid.

0 holds what sounds (or the silence), 1 ends the note, 2 and above begin a note at pitch (token + 19). The same 90
classes as Magenta's `OneHotMelodyConverter` for pitches 21 to 108 (Roberts et al. 2018, section 5.1).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.score import NOTE, Table

HOLD = 0
NOTE_OFF = 1
FIRST_PITCH = 2
PITCH_OFFSET = 19
CLASSES = 90
MIN_PITCH = FIRST_PITCH + PITCH_OFFSET
MAX_PITCH = CLASSES - 1 + PITCH_OFFSET
STEPS_PER_QUARTER = 4
STEPS_PER_BAR = 16
STEPS = {"2bar": 32, "16bar": 256}


def tokens_to_notes(tokens: NDArray[Any], qpm: float = 120.0, velocity: int = 80) -> Table:
    """Notes of a melody.

    Parameters
    ----------
    tokens : ndarray int [steps]
        One melody.
    qpm : float
        Tempo in quarter notes per minute.
    velocity : int
        Of every note, 1 to 127.

    Returns
    -------
    ndarray of NOTE [n]
        Each note lasts to the next onset, the next note off or the end.

    Raises
    ------
    ValueError
        If a token is outside 0 to 89.
    """
    line = np.asarray(tokens)
    if line.size and (line.min() < 0 or line.max() >= CLASSES):
        raise ValueError(f"A token is outside 0 to {CLASSES - 1}; decode with a melody model of {CLASSES} classes.")
    changes = np.append(np.flatnonzero(line != HOLD), len(line))
    sounding = line[changes[:-1]] >= FIRST_PITCH
    onsets, ends = changes[:-1][sounding], changes[1:][sounding]
    notes = np.zeros(len(onsets), NOTE)
    notes["start_quarter"], notes["end_quarter"] = onsets / STEPS_PER_QUARTER, ends / STEPS_PER_QUARTER
    notes["start"], notes["end"] = notes["start_quarter"] * 60.0 / qpm, notes["end_quarter"] * 60.0 / qpm
    notes["pitch"], notes["velocity"] = line[onsets] + PITCH_OFFSET, velocity
    return notes


def notes_to_tokens(notes: Table, steps: int) -> NDArray[np.int16]:
    """One melody from notes by their places in quarter notes; the highest of simultaneous onsets wins.

    Parameters
    ----------
    notes : ndarray of NOTE [n]
        Notes outside pitch 21 to 108 or beyond `steps` are left out.
    steps : int
        Length of the melody in sixteenths.

    Returns
    -------
    ndarray int16 [steps]
    """
    chosen = notes[(notes["pitch"] >= MIN_PITCH) & (notes["pitch"] <= MAX_PITCH)]
    on = to_steps(chosen["start_quarter"] * STEPS_PER_QUARTER)
    off = np.maximum(to_steps(chosen["end_quarter"] * STEPS_PER_QUARTER), on + 1)
    order = np.lexsort((-chosen["pitch"].astype(np.int64), on))
    on, off, pitch = on[order], off[order], chosen["pitch"][order]
    first = np.ones(len(on), bool)
    first[1:] = on[1:] != on[:-1]
    first &= (on >= 0) & (on < steps)
    return melody_line(on[first], off[first], pitch[first], steps)


def to_steps(places: NDArray[Any]) -> NDArray[np.int64]:
    """Nearest step of each place given in steps; halves go up, as note_seq rounds (cutoff 0.5)."""
    return np.asarray(places + 0.5).astype(np.int64)


def melody_line(on: NDArray[Any], off: NDArray[Any], pitch: NDArray[Any], length: int) -> NDArray[np.int16]:
    """Write monophonic notes as tokens.

    Parameters
    ----------
    on, off, pitch : ndarray int [n]
        Steps of onset and end and MIDI pitches, by strictly increasing onset; an end after the next onset is cut there.
    length : int
        Steps of the line; what lies beyond is dropped.

    Returns
    -------
    ndarray int16 [length]
    """
    line = np.zeros(length, np.int16)
    count = int(on.searchsorted(length))
    on, off = on[:count], off[:count]
    following = np.full(count, length)
    following[:-1] = on[1:]
    line[off[off < following]] = NOTE_OFF
    line[on] = pitch[:count] - PITCH_OFFSET
    return line
