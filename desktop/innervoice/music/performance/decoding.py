"""Events into scores: any row of events, as a model draws them, not only what `encode` writes."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.errors import MusicError
from innervoice.music.limits import Limits
from innervoice.music.performance.keyboard import PEDAL_KEY, PRESS, Presses
from innervoice.music.performance.vocabulary import PERFORMANCE, Vocabulary
from innervoice.music.score import METER, NOTE, PEDAL, TEMPO, Score, Table
from innervoice.music.writing import TICKS_PER_QUARTER

QPM = 120.0
"""Events know no beat: a decoded score has this one tempo, at which a quarter note lasts half a second."""

FIRST_VELOCITY = 64
"""Of notes that come before the first velocity event."""


def event_steps(events: NDArray[Any], vocabulary: Vocabulary = PERFORMANCE) -> NDArray[np.int64]:
    """Step at which each event happens, int64 [n]; a time shift happens when its time has passed."""
    ids = vocabulary.checked(events)
    shift = ids - vocabulary.time_shift + 1
    return np.cumsum(np.where((shift >= 1) & (shift <= vocabulary.shifts), shift, 0))


def decode(
    events: NDArray[Any],
    vocabulary: Vocabulary = PERFORMANCE,
    name: str = "performance",
    limits: Limits | None = None,
) -> Score:
    """Score of a performance.

    A note that is struck while it sounds ends there; note offs and pedal events that change nothing are ignored; a note
    that ends at the step of its beginning is left out. Whatever still sounds at the end, the pedal too, ends there, or
    a step later if it began there. Nothing after the first EOS counts.

    Parameters
    ----------
    events : ndarray int [n]
    vocabulary : Vocabulary
    name : str
        Of the score.
    limits : Limits, optional
        What is refused.

    Raises
    ------
    MusicError
        If an event is outside the vocabulary, or there are more notes or seconds than the limits allow.
    """
    ids = vocabulary.checked(events)
    if vocabulary.markers and (ids == vocabulary.end).any():
        ids = ids[: int(np.argmax(ids == vocabulary.end))]
    steps = event_steps(ids, vocabulary)
    bounds = limits or Limits()
    if len(steps) and steps[-1] * vocabulary.step_seconds > bounds.seconds:
        raise MusicError(f"{name} is longer than the limit of {bounds.seconds:.0f} s; decode fewer events.")
    strikes = _presses(ids, steps, vocabulary)
    if len(strikes) > bounds.notes:
        raise MusicError(f"{name} has more notes than the limit of {bounds.notes}; decode fewer events.")
    notes = _notes(strikes, vocabulary)
    pedals = _pedals(_pedal_presses(ids, steps, vocabulary), vocabulary)
    tempos, meters = np.array([(0.0, 0.0, QPM)], TEMPO), np.zeros(0, METER)
    digest = hashlib.sha256(notes.tobytes() + pedals.tobytes()).hexdigest()
    return Score(name, "", notes, tempos, meters, pedals, TICKS_PER_QUARTER, digest)


def _presses(ids: NDArray[np.int64], steps: NDArray[np.int64], vocabulary: Vocabulary) -> Presses:
    """Key presses in order of their beginning: each lasts to the next event of its key."""
    places = np.flatnonzero(ids < vocabulary.velocity)
    begins = ids[places] < vocabulary.note_off
    key = ids[places] % vocabulary.pitches
    order = key.argsort(kind="stable")
    up = np.full(len(places), -1, np.int64)
    same = key[order[1:]] == key[order[:-1]]
    up[order[:-1]] = np.where(same, steps[places[order[1:]]], -1)
    presses = np.zeros(len(places), PRESS)
    presses["key"], presses["down"], presses["velocity"] = key, steps[places], _velocities(ids, places, vocabulary)
    presses["up"] = np.where(up < 0, np.maximum(_last(steps), presses["down"] + 1), up)
    return presses[begins & (presses["up"] > presses["down"])]


def _velocities(ids: NDArray[np.int64], places: NDArray[np.int64], vocabulary: Vocabulary) -> NDArray[np.int64]:
    """Velocity that holds at each place."""
    set_at = np.flatnonzero((ids >= vocabulary.velocity) & (ids < vocabulary.time_shift))
    values = np.append(FIRST_VELOCITY, vocabulary.velocities_of(ids[set_at] - vocabulary.velocity))
    return np.asarray(values[set_at.searchsorted(places)], np.int64)


def _pedal_presses(ids: NDArray[np.int64], steps: NDArray[np.int64], vocabulary: Vocabulary) -> Presses:
    """Presses of the pedal, in order."""
    if not vocabulary.pedal:
        return np.zeros(0, PRESS)
    places = np.flatnonzero((ids == vocabulary.sustain_on) | (ids == vocabulary.sustain_off))
    down = ids[places] == vocabulary.sustain_on
    changes = down != np.concatenate([[False], down[:-1]]) if len(down) else down
    places, down = places[changes], down[changes]
    presses = np.zeros(int(down.sum()), PRESS)
    presses["key"], presses["down"] = PEDAL_KEY, steps[places[down]]
    ends = steps[places[~down]]
    if len(ends) < len(presses):
        ends = np.append(ends, max(_last(steps), int(presses["down"][-1]) + 1))
    presses["up"] = ends
    return presses[presses["up"] > presses["down"]]


def _last(steps: NDArray[np.int64]) -> int:
    return int(steps[-1]) if len(steps) else 0


def _notes(presses: Presses, vocabulary: Vocabulary) -> Table:
    notes = np.zeros(len(presses), NOTE)
    notes["start"], notes["end"] = presses["down"] * vocabulary.step_seconds, presses["up"] * vocabulary.step_seconds
    notes["start_quarter"], notes["end_quarter"] = notes["start"] * QPM / 60.0, notes["end"] * QPM / 60.0
    notes["pitch"], notes["velocity"] = presses["key"] + vocabulary.first_pitch, presses["velocity"]
    return notes


def _pedals(presses: Presses, vocabulary: Vocabulary) -> Table:
    pedals = np.zeros(2 * len(presses), PEDAL)
    pedals["time"][::2], pedals["value"][::2] = presses["down"] * vocabulary.step_seconds, 127
    pedals["time"][1::2] = presses["up"] * vocabulary.step_seconds
    return pedals
