"""The polyphonic roll of a bar: sixteen sixteenths of 78 pitches, each silent, sounding, or struck anew.

The published variants cut music into frames of 4, 8 or 32 sixteenths instead; what is said of bars holds for them.

The clip of seed 3 (a variational autoencoder behind a noisy channel): pitches 24 to 101, and in each step 78 cells
that say which pitches sound, then 78 that say which are articulated there; 2 x 78 x 16 = 2,496 cells. The layout is
that of the published ``midi_to_statematrix`` with its two planes side by side.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.score import NOTE, Table
from innervoice.music.tokens import STEPS_PER_BAR, STEPS_PER_QUARTER

LOWEST, HIGHEST = 24, 101
PITCHES = HIGHEST - LOWEST + 1
DEPTH = 2 * PITCHES
CELLS = STEPS_PER_BAR * DEPTH
FRAMES = (4, 8, STEPS_PER_BAR, 32)
"""Sixteenths of one frame: a bar, and the published variants (``nt`` of seed 3)."""
VELOCITY = 120
"""Loudness of every note that is read from a roll, as published."""

EVEN, PUBLISHED = 0.5, 0.7
"""How likely a cell must be to sound: likelier than not, as in the published preview; and as published for answers."""

Rolls = NDArray[np.bool_]


def notes_to_rolls(
    on: NDArray[Any],
    off: NDArray[Any],
    pitch: NDArray[Any],
    struck: NDArray[np.bool_],
    bars: int,
    length: int = STEPS_PER_BAR,
) -> Rolls:
    """Write notes into bars, or into frames of another length in sixteenths.

    Parameters
    ----------
    on, off : ndarray int [n]
        Steps of onset and end, from 0 to ``length`` times ``bars``. A struck note of no length gets one step.
    pitch : ndarray int [n]
        MIDI pitches; others than 24 to 101 are left out. Where notes of one pitch overlap, the pitch sounds as long as
        one of them does, and each onset is an articulation.
    struck : ndarray bool [n]
        Whether the note is articulated at its onset; otherwise it comes from before and only sounds.
    bars : int

    Returns
    -------
    ndarray bool [bars, length, 156]
    """
    steps = bars * length
    last = np.minimum(np.maximum(off, on + struck), steps)
    heard = in_range(pitch) & (on < last)
    row = np.asarray(pitch, np.int64) - LOWEST
    cells = np.zeros((2, steps, PITCHES), np.bool_)
    new = heard & struck
    cells[1, on[new], row[new]] = True
    change = np.zeros((steps + 1, PITCHES), np.int32)
    np.add.at(change, (on[heard], row[heard]), 1)
    np.subtract.at(change, (last[heard], row[heard]), 1)
    np.cumsum(change, axis=0, out=change)
    cells[0] = change[:-1] > 0
    return np.concatenate([cells[0], cells[1]], axis=1).reshape(bars, length, DEPTH)


def rolls_to_notes(rolls: NDArray[Any], qpm: float = 120.0, velocity: int = VELOCITY) -> Table:
    """Notes of consecutive bars.

    Parameters
    ----------
    rolls : ndarray bool [bars, 16, 156], or frames of another length
        A pitch begins where it sounds and is articulated, or did not sound before (also at the first step); it lasts
        until it falls silent or begins again. An articulation of a pitch that does not sound is none.
    qpm : float
        Tempo in quarter notes per minute.
    velocity : int
        Of every note, 1 to 127.

    Returns
    -------
    ndarray of NOTE [n]
        By onset, then pitch.

    Raises
    ------
    ValueError
        If the rolls have another shape or hold something else than truth values.
    """
    bars = np.asarray(rolls)
    if bars.ndim != 3 or bars.shape[1] not in FRAMES or bars.shape[2] != DEPTH or bars.dtype != np.bool_:
        raise ValueError(f"Rolls are truth values [bars, {STEPS_PER_BAR}, {DEPTH}], not {bars.dtype} {bars.shape}.")
    pitch, on, off = _spans(bars.reshape(-1, DEPTH))
    order = np.lexsort((pitch, on))
    notes = np.zeros(len(order), NOTE)
    notes["start_quarter"], notes["end_quarter"] = on[order] / STEPS_PER_QUARTER, off[order] / STEPS_PER_QUARTER
    notes["start"], notes["end"] = notes["start_quarter"] * 60.0 / qpm, notes["end_quarter"] * 60.0 / qpm
    notes["pitch"], notes["velocity"] = pitch[order] + LOWEST, velocity
    return notes


def in_range(pitch: NDArray[Any]) -> NDArray[np.bool_]:
    """Which pitches a roll can hold."""
    return np.asarray((pitch >= LOWEST) & (pitch <= HIGHEST))


def onsets(rolls: Rolls) -> Rolls:
    """Where notes begin in each bar alone: bool [bars, steps, 156] to [bars, steps, 78].

    As :func:`rolls_to_notes` reads one bar: what sounds on from the bar before begins at the first step.
    """
    sounding, struck = rolls[..., :PITCHES], rolls[..., PITCHES:]
    before = np.zeros_like(sounding)
    before[:, 1:] = sounding[:, :-1]
    return np.asarray(sounding & (struck | ~before))


def transposed(rolls: Rolls, semitones: NDArray[Any]) -> Rolls:
    """Move each roll by its number of semitones, one that would leave the 78 pitches by none.

    Parameters
    ----------
    rolls : bool [bars, steps, 156]
    semitones : int [bars]
    """
    planes = rolls.reshape(len(rolls), -1, PITCHES)
    heard = np.asarray(planes.any(axis=1))
    lowest, highest = heard.argmax(axis=1), PITCHES - 1 - heard[:, ::-1].argmax(axis=1)
    fits = (lowest + semitones >= 0) & (highest + semitones < PITCHES)
    source = np.arange(PITCHES) - np.where(fits, semitones, 0)[:, None]
    moved = np.take_along_axis(planes, np.clip(source, 0, PITCHES - 1)[:, None], axis=2)
    moved &= ((source >= 0) & (source < PITCHES))[:, None]
    return moved.reshape(rolls.shape)


def in_one_key(rolls: Rolls) -> Rolls:
    """Move each roll [bars, steps, 156] down to the lowest pitch: transpositions of each other become equal."""
    lowest = rolls.reshape(len(rolls), -1, PITCHES).any(axis=1).argmax(axis=1)
    return transposed(rolls, -lowest)


def _spans(steps: Rolls) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Row, first step and end of each note of bool [steps, 156]."""
    sounding, struck = steps[:, :PITCHES].T, steps[:, PITCHES:].T
    before = np.zeros_like(sounding)
    before[:, 1:] = sounding[:, :-1]
    begins = sounding & (struck | ~before)
    # One boundary after the last step of every pitch, so that no note runs into the next pitch.
    boundary = np.ones((PITCHES, len(steps) + 1), np.bool_)
    boundary[:, :-1] = begins | ~sounding
    row, on = np.nonzero(begins)
    places = np.flatnonzero(boundary)
    here = row * boundary.shape[1] + on
    off = places[np.searchsorted(places, here, side="right")] - row * boundary.shape[1]
    return row, on, off
