"""A score cut into bars of polyphonic rolls.

A bar here is sixteen sixteenths counted from where a meter begins: a bar of 4/4 or 2/2, two bars of 2/4. As published
(seed 3, after ``midi_to_statematrix``), meters whose numerator is 2 or 4 are taken whatever their denominator. The
published reader gives up a whole file at any other meter; here only the bars of that meter are left out. The published
variants cut at 4, 8 or 32 sixteenths, in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.bar_roll import DEPTH, Rolls, in_range, notes_to_rolls
from innervoice.music.limits import Limits
from innervoice.music.melody import Rejection
from innervoice.music.score import Score, Table
from innervoice.music.segments import COMMON_METER
from innervoice.music.tempo_map import DEFAULT_QPM
from innervoice.music.tokens import STEPS_PER_BAR, STEPS_PER_QUARTER

NUMERATORS = (2, 4)
QUARTERS_PER_BAR = STEPS_PER_BAR / STEPS_PER_QUARTER

Quarters = NDArray[np.float64]
Steps = NDArray[np.int64]


@dataclass(frozen=True)
class Bars:
    """Bars of one score, in time order, silent ones among them.

    Attributes
    ----------
    rolls : ndarray bool [bars, 16, 156]
        Or [frames, 4, 8 or 32, 156].
    first_quarter : ndarray float64 [bars]
        Where each begins, in quarter notes from the beginning of the score.
    qpm : ndarray float32 [bars]
        Tempo there, in quarter notes per minute.
    out_of_range : int
        Notes of other pitches than 24 to 101, which no roll can hold.
    rejected : tuple of Rejection
        What was left out, with the reason.
    """

    rolls: Rolls
    first_quarter: Quarters
    qpm: NDArray[np.float32]
    out_of_range: int
    rejected: tuple[Rejection, ...]

    def __len__(self) -> int:
        return len(self.rolls)


def cut_bars(score: Score, limits: Limits | None = None, length: int = STEPS_PER_BAR) -> Bars:
    """Bars of a score, or frames of another length in sixteenths, all its instruments but drums in one roll.

    Notes are rounded to the nearest sixteenth of the score's own quarters, so that a change of tempo changes nothing. A
    note that crosses a bar line sounds on in the next bar without being articulated there.

    Parameters
    ----------
    score : Score
    limits : Limits, optional
        `cells` bounds what one score may give; bars beyond it are left out, with a reason.
    """
    notes = score.notes[~score.notes["drum"] & (score.notes["velocity"] > 0)]
    rejected: list[Rejection] = []
    if not len(notes):
        rejected.append(Rejection(score.name, "no notes but drums" if len(score.notes) else "no notes"))
    first = _bar_lines(score, notes, (limits or Limits()).cells, length, rejected)
    on, struck = _places(notes["start_quarter"], first, length)
    off, _ = _places(notes["end_quarter"], first, length)
    rolls = notes_to_rolls(on, off, notes["pitch"], struck, len(first), length)
    outside = int(np.count_nonzero(~in_range(notes["pitch"])))
    return Bars(rolls, first, _tempo_at(score.tempos, first), outside, tuple(rejected))


def _bar_lines(score: Score, notes: Table, cells: int, length: int, rejected: list[Rejection]) -> Quarters:
    """Quarters at which the bars begin; what gives none is appended to `rejected`."""
    found: list[NDArray[Any]] = [np.zeros(0)]
    left = cells // (length * DEPTH)
    stretches = _stretches(score, float(notes["end_quarter"].max(initial=0.0)))
    for place, (first, end, (numerator, denominator)) in enumerate(stretches):
        where = f"{score.name} from quarter {first:g}"
        if numerator not in NUMERATORS:
            rejected.append(Rejection(where, f"meter {numerator}/{denominator} is neither of 2 nor of 4 beats"))
            continue
        bars, rest = divmod(round((end - first) * STEPS_PER_QUARTER), length)
        if place == len(stretches) - 1:
            # The last bar is filled with silence.
            bars = -(-_last_step(notes, first) // length)
        elif rest:
            rejected.append(
                Rejection(where, f"{rest} sixteenths before the next meter, at quarter {end:g}, fill no bar")
            )
        found.append(first + np.arange(min(bars, left)) * (length / STEPS_PER_QUARTER))
        left -= bars
        if left < 0:
            rejected.append(Rejection(where, f"more than {cells} grid cells; the rest is left out"))
            break
    return np.concatenate(found)


def _stretches(score: Score, end: float) -> list[tuple[float, float, tuple[int, int]]]:
    """First quarter, last quarter and meter of each stretch of one meter; a change to the same meter is none."""
    changes: list[tuple[float, tuple[int, int]]] = [(0.0, COMMON_METER)]
    for _, quarter, numerator, denominator in score.meters.tolist():
        if quarter >= end:
            break
        if quarter <= changes[-1][0]:
            changes.pop()
        if not changes or changes[-1][1] != (numerator, denominator):
            changes.append((quarter, (numerator, denominator)))
    ends = [*(first for first, _ in changes[1:]), end]
    return [(first, stop, meter) for (first, meter), stop in zip(changes, ends, strict=True) if stop > first]


def _last_step(notes: Table, origin: float) -> int:
    """Step after the last that sounds, from an origin in quarters on."""
    on, off = (_nearest_step(notes[name] - origin) for name in ("start_quarter", "end_quarter"))
    return int(np.maximum(on + 1, off).max(initial=0))


def _places(quarters: Quarters, first: Quarters, length: int) -> tuple[Steps, NDArray[np.bool_]]:
    """Step of each place, counted through the bars, and whether it lies in one; else it is the next bar's first."""
    half = 0.5 / STEPS_PER_QUARTER
    bar = np.searchsorted(first - half, quarters, side="right") - 1
    if not len(first):
        return np.zeros(len(quarters), np.int64), np.zeros(len(quarters), np.bool_)
    step = _nearest_step(quarters - first[np.maximum(bar, 0)])
    inside = (bar >= 0) & (step < length)
    return np.where(bar < 0, 0, bar * length + np.minimum(step, length)), inside


def _nearest_step(quarters: Quarters) -> Steps:
    """As `innervoice.music.tokens.to_steps` rounds, also below zero."""
    return np.floor(quarters * STEPS_PER_QUARTER + 0.5).astype(np.int64)


def _tempo_at(tempos: Table, quarters: Quarters) -> NDArray[np.float32]:
    if not len(tempos):
        return np.full(len(quarters), DEFAULT_QPM, np.float32)
    held = np.searchsorted(tempos["quarter"], quarters, side="right") - 1
    return np.where(held >= 0, tempos["qpm"][np.maximum(held, 0)], DEFAULT_QPM).astype(np.float32)
