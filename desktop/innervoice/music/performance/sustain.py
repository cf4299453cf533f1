"""The sustain pedal: when it is down, and notes that ring for as long."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from innervoice.music.score import Table

DOWN_FROM = 64
"""MIDI's polarity: controller 64 from 64 on is down.

Verch's article tells it the other way round, his code does not.
"""

LONGEST_RING = 30.0
"""Seconds after the last release at which a pedal that is still down is let go: the strings are silent by then."""


def pedal_presses(pedals: Table, last_end: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Times at which the pedal goes down and up again.

    Parameters
    ----------
    pedals : ndarray of PEDAL [p]
        Of any number of instruments: merged, the pedal is down while any of them is.
    last_end : float
        End of the last note, in seconds: what is pressed later sounds nothing and is left out, what is never let go
        is let go here.

    Returns
    -------
    begins, ends : ndarray float64 [m]
        Seconds, increasing.
    """
    times, levels = _levels(pedals)
    before = np.concatenate([[0], levels[:-1]]) if len(levels) else levels
    begins, ends = times[(levels > 0) & (before == 0)], times[(levels == 0) & (before > 0)]
    if len(begins) > len(ends):
        ends = np.append(ends, max(last_end, float(begins[-1])))
    heard = begins < last_end
    return begins[heard], np.minimum(ends[heard], last_end + LONGEST_RING)


def _levels(pedals: Table) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Number of pedals that are down after each change of one, and the changes' times."""
    order = np.lexsort((pedals["time"], pedals["instrument"]))
    rows = pedals[order]
    down = (rows["value"] >= DOWN_FROM).astype(np.int64)
    change = down.copy()
    same = rows["instrument"][1:] == rows["instrument"][:-1]
    change[1:] -= np.where(same, down[:-1], 0)
    rows, change = rows[change != 0], change[change != 0]
    # Stable: a pedal that is let go and pressed again at one time has damped in between.
    order = rows["time"].argsort(kind="stable")
    return np.asarray(rows["time"][order], np.float64), np.cumsum(change[order])


def extended_ends(notes: Table, begins: NDArray[np.float64], ends: NDArray[np.float64]) -> NDArray[np.float64]:
    """End of each note when the pedal is counted as part of the notes (Oore et al. 2018, section 3.2).

    A note that ends while the pedal is down lasts to the pedal's end or to the next note of its pitch, whichever comes
    first.

    Parameters
    ----------
    notes : ndarray of NOTE [n]
    begins, ends : ndarray float64 [m]
        As :func:`pedal_presses` gives them.

    Returns
    -------
    ndarray float64 [n]
        Seconds.
    """
    if not len(begins):
        return np.asarray(notes["end"], np.float64)
    press = np.maximum(begins.searchsorted(notes["end"], side="right") - 1, 0)
    held = (begins[press] <= notes["end"]) & (notes["end"] < ends[press])
    until = np.minimum(ends[press], _next_onsets(notes))
    return np.where(held, np.maximum(notes["end"], until), notes["end"])


def _next_onsets(notes: Table) -> NDArray[np.float64]:
    """When the pitch of each note is struck next, in seconds; infinity for the last of a pitch."""
    order = np.lexsort((notes["start"], notes["pitch"]))
    rows = notes[order]
    following = np.full(len(notes), np.inf)
    same = rows["pitch"][1:] == rows["pitch"][:-1]
    following[order[:-1]] = np.where(same, rows["start"][1:], np.inf)
    return following
