"""Stretches of a score with one tempo and one meter.

Magenta cuts a sequence at every change of tempo or meter before it looks for melodies (note_seq
`split_note_sequence_on_time_changes`); a change at time 0 or one that repeats what holds cuts nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from innervoice.music.score import Score, Table
from innervoice.music.tempo_map import DEFAULT_QPM

COMMON_METER = (4, 4)


@dataclass(frozen=True)
class Segment:
    """One stretch.

    Attributes
    ----------
    start, end : float
        Seconds.
    quarter : float
        Where it begins, in quarter notes.
    qpm : float
        Tempo in quarter notes per minute.
    meter : tuple of (int, int)
        Numerator and denominator.
    """

    start: float
    end: float
    quarter: float
    qpm: float
    meter: tuple[int, int]

    @property
    def steps_per_bar(self) -> float:
        """Sixteenths in a bar."""
        return 16.0 * self.meter[0] / self.meter[1]


def split_segments(score: Score) -> list[Segment]:
    """Segments of a score from its beginning to the end of its last note; none for a score without notes."""
    total = score.seconds
    starts = _cuts(score, total)
    ends = [*(start for start, _ in starts[1:]), total]
    return [
        Segment(start, end, quarter, _tempo_at(score.tempos, start), _meter_at(score.meters, start))
        for (start, quarter), end in zip(starts, ends, strict=True)
        if end > start
    ]


def _cuts(score: Score, total: float) -> list[tuple[float, float]]:
    """Time and quarter at which each segment begins."""
    changes: list[tuple[float, float, tuple[int, int] | float]] = [
        (time, quarter, (numerator, denominator)) for time, quarter, numerator, denominator in score.meters.tolist()
    ]
    changes += score.tempos.tolist()
    holds: dict[bool, tuple[int, int] | float] = {True: COMMON_METER, False: DEFAULT_QPM}
    cuts = [(0.0, 0.0)]
    for time, quarter, value in sorted(changes, key=lambda change: change[0]):
        is_meter = isinstance(value, tuple)
        if time >= total or value == holds[is_meter]:
            continue
        if time > cuts[-1][0]:
            cuts.append((time, quarter))
        holds[is_meter] = value
    return cuts


def _tempo_at(tempos: Table, time: float) -> float:
    before = np.flatnonzero(tempos["time"] <= time)
    return float(tempos["qpm"][before[-1]]) if len(before) else DEFAULT_QPM


def _meter_at(meters: Table, time: float) -> tuple[int, int]:
    before = np.flatnonzero(meters["time"] <= time)
    if not len(before):
        return COMMON_METER
    return int(meters["numerator"][before[-1]]), int(meters["denominator"][before[-1]])
