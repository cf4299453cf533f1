"""Scores into events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from innervoice.music.errors import MusicError
from innervoice.music.limits import Limits, check_limits
from innervoice.music.performance.keyboard import PEDAL_KEY, Presses, Rounding, on_grid
from innervoice.music.performance.sustain import extended_ends, pedal_presses
from innervoice.music.performance.vocabulary import PERFORMANCE, Vocabulary
from innervoice.music.score import Score, Table

Sustain = Literal["none", "extend", "events"]
Times = NDArray[np.float64]


@dataclass(frozen=True)
class EncodingRules:
    """How a score becomes events.

    Attributes
    ----------
    sustain : str
        ``events`` writes the pedal as events; ``extend`` lengthens notes by it (Oore et al. 2018) and writes none;
        ``none`` leaves it out.
    rounding : str
        ``absolute`` or, as published, ``published``: see :func:`~innervoice.music.performance.keyboard.to_grid`.
    trim : bool
        Begin at the first note instead of with the silence before it.
    """

    sustain: Sustain = "events"
    rounding: Rounding = "absolute"
    trim: bool = False

    def __post_init__(self) -> None:
        for field, words in (("sustain", Sustain), ("rounding", Rounding)):
            if getattr(self, field) not in get_args(words):
                raise MusicError(f"{field} is {getattr(self, field)!r}; choose one of {', '.join(get_args(words))}.")


def encode(
    score: Score,
    rules: EncodingRules | None = None,
    vocabulary: Vocabulary = PERFORMANCE,
    limits: Limits | None = None,
) -> NDArray[np.int16]:
    """Events of a performance; all its instruments but drums are merged onto one keyboard.

    Events of one moment come in one order: pedal up, note offs from low to high, pedal down, note ons from low to high,
    each preceded by a velocity event if its bin is another than that of the note on before. A pedal that is let go and
    pressed again within a step therefore still damps.

    Parameters
    ----------
    score : Score
    rules : EncodingRules, optional
    vocabulary : Vocabulary
        Without pedal events, ``events`` writes none.
    limits : Limits, optional
        What is refused.

    Returns
    -------
    ndarray int16 [n]
        With the vocabulary's markers BOS first and EOS last.

    Raises
    ------
    MusicError
        If the score is above a limit or a note is outside the vocabulary or before the beginning.
    """
    chosen = rules or EncodingRules()
    notes = score.notes[~score.notes["drum"]]
    _check(notes, score.name, vocabulary, limits or Limits())
    last_end = float(notes["end"].max(initial=0.0))
    begins, ends = pedal_presses(score.pedals, last_end)
    start, end = np.asarray(notes["start"], np.float64), np.asarray(notes["end"], np.float64)
    if chosen.sustain == "extend":
        end = extended_ends(notes, begins, ends)
    if chosen.sustain != "events" or not vocabulary.pedal:
        begins, ends = begins[:0], ends[:0]
    if chosen.trim and len(start):
        start, end, begins, ends = _trimmed(start, end, begins, ends)
    presses = on_grid(
        np.append(notes["pitch"].astype(np.int64) - vocabulary.first_pitch, np.full(len(begins), PEDAL_KEY)),
        np.append(notes["velocity"], np.zeros(len(begins), np.int64)),
        np.append(start, begins),
        np.append(end, ends),
        vocabulary.step_seconds,
        chosen.rounding,
    )
    return _events(_heard(presses), vocabulary)


def _heard(presses: Presses) -> Presses:
    """Without pedal presses that begin, on the grid, when the last key is up: they sound nothing."""
    pedal = presses["key"] == PEDAL_KEY
    last_up = presses["up"][~pedal].max(initial=0)
    heard: Presses = presses[~pedal | (presses["down"] < last_up)]
    return heard


def _check(notes: Table, name: str, vocabulary: Vocabulary, limits: Limits) -> None:
    check_limits(notes, name, limits)
    top = vocabulary.first_pitch + vocabulary.pitches - 1
    if len(notes) and not vocabulary.first_pitch <= int(notes["pitch"].min()) <= int(notes["pitch"].max()) <= top:
        raise MusicError(f"{name} has a note outside the pitches {vocabulary.first_pitch} to {top}; transpose it.")
    if ((notes["velocity"] < 0) | (notes["velocity"] > 127)).any():
        raise MusicError(f"{name} has a velocity outside 0 to 127; correct it.")
    if not (np.isfinite(notes["start"]).all() and notes["start"].min(initial=0.0) >= 0.0):
        raise MusicError(f"{name} has a note before the beginning; shift its notes.")


def _trimmed(start: Times, end: Times, begins: Times, ends: Times) -> tuple[Times, Times, Times, Times]:
    """All times from the first note on; a pedal that was down before goes down with it."""
    origin = start.min()
    late = ends > origin
    return start - origin, end - origin, np.maximum(begins[late] - origin, 0.0), ends[late] - origin


def _events(presses: Presses, vocabulary: Vocabulary) -> NDArray[np.int16]:
    pedal = presses["key"] == PEDAL_KEY
    down = np.where(pedal, vocabulary.sustain_on, presses["key"] + vocabulary.note_on)
    up = np.where(pedal, vocabulary.sustain_off, presses["key"] + vocabulary.note_off)
    ids, steps = np.concatenate([up, down]), np.concatenate([presses["up"], presses["down"]])
    turn = np.concatenate([np.where(pedal, 0, 1), np.where(pedal, 2, 3)])
    loudness = np.concatenate([np.zeros(len(presses), np.int64), vocabulary.velocity_bins(presses["velocity"])])
    order = np.lexsort((ids, turn, steps))
    ids, steps, turn, loudness = ids[order], steps[order], turn[order], loudness[order]
    strikes = np.flatnonzero(turn == 3)
    changed = strikes[np.diff(loudness[strikes], prepend=-1) != 0]
    # A velocity event stands directly before the note on that needs it, after the time that passes.
    ids = np.insert(ids, changed, vocabulary.velocity + loudness[changed])
    steps = np.insert(steps, changed, steps[changed])
    events = with_gaps(ids, np.diff(steps, prepend=0), vocabulary)
    if not vocabulary.markers:
        return events
    return np.concatenate([[vocabulary.begin], events, [vocabulary.end]]).astype(np.int16)


def with_gaps(ids: NDArray[Any], gaps: NDArray[np.int64], vocabulary: Vocabulary) -> NDArray[np.int16]:
    """Put time shifts between events.

    Parameters
    ----------
    ids : ndarray int [n]
        Events that are no time shifts.
    gaps : ndarray int64 [n]
        Steps that pass before each: as many of the longest shift as fit, and one for the rest.

    Returns
    -------
    ndarray int16 [m]
    """
    longest, rest = np.divmod(gaps, vocabulary.shifts)
    shifts = longest + (rest > 0)
    events = np.full(len(ids) + int(shifts.sum()), vocabulary.time_shift + vocabulary.shifts - 1, np.int16)
    places = np.cumsum(shifts + 1) - 1
    events[places] = ids
    short = rest > 0
    events[places[short] - 1] = vocabulary.time_shift + rest[short] - 1
    return events
