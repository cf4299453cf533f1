"""M2 to M19: jSymbolic's features of melody, from the intervals between successive notes.

Source of each: music21.features.jSymbolic of music21 10.5.1, which follows Cory McKay, "Automatic Genre Classification
of MIDI Recordings" (MA thesis, McGill University, 2004), chapter 4. Rests do not part notes. h_i is the number of
intervals of i semitones up or down, n = Σ h_i one fewer than the notes.
"""

from __future__ import annotations

from math import inf

import numpy as np

from innervoice.music.features.histograms import histograms, row_sums
from innervoice.music.features.melodies import Melodies
from innervoice.music.features.registry import Column, feature

WIDEST = 127
COMMON = 0.09
ARPEGGIO = (0, 3, 4, 7, 10, 11, 12, 15, 16)
OCTAVES = (12, 24, 36, 48, 60, 72, 84, 96, 108, 120)

_SINGLE = "music21 says 0 for a clip without intervals; here it has no value."


@feature("M2", "Average melodic interval", "semitones", 0, WIDEST, needs=2)
def average_interval(melody: Melodies) -> Column:
    """Σ i h_i / n."""
    return row_sums(melody.intervals * np.arange(WIDEST + 1)) / melody.interval_count


@feature("M3", "Most common melodic interval", "semitones", 0, WIDEST, needs=2, caution=_SINGLE)
def most_common_interval(melody: Melodies) -> Column:
    """The i of the greatest h_i, the smallest such i."""
    return melody.top_intervals.first


@feature(
    "M4", "Distance between most common melodic intervals", "semitones", 0, WIDEST, needs=2,
    caution="With intervals of one size i only, music21 takes 0 for the second and says i; mended, the distance is 0. "
    + _SINGLE,
)  # fmt: skip
def distance_between_common_intervals(melody: Melodies) -> Column:
    """|i - j| of the most common interval i and the second j; of equally common ones the smaller comes first."""
    top = melody.top_intervals
    distance = np.abs(top.first - top.second)
    return np.where(top.second_count > 0, distance, 0) if melody.mended else distance


@feature("M5", "Most common melodic interval prevalence", "fraction", 0, 1, needs=2)
def most_common_interval_prevalence(melody: Melodies) -> Column:
    """Max h_i / n."""
    return melody.top_intervals.first_count / melody.interval_count


@feature("M6", "Relative strength of most common intervals", "", 0, 1, needs=2)
def relative_strength_of_intervals(melody: Melodies) -> Column:
    """The h of the second most common interval / h of the most common one."""
    total = melody.interval_count
    return (melody.top_intervals.second_count / total) / (melody.top_intervals.first_count / total)


@feature("M7", "Number of common melodic intervals", "intervals", 0, 11, needs=2)
def number_of_common_intervals(melody: Melodies) -> Column:
    """Number of i with h_i / n of at least 0.09."""
    return row_sums(melody.intervals / melody.interval_count[:, None] >= COMMON)


@feature(
    "M8", "Amount of arpeggiation", "fraction", 0, 1, needs=2,
    caution="music21 raises an error when no interval counts, where the fraction is 0; so it is here. " + _SINGLE,
)  # fmt: skip
def amount_of_arpeggiation(melody: Melodies) -> Column:
    """Σ h_i / n over i = 0, 3, 4, 7, 10, 11, 12, 15, 16: repeats, thirds, fifths, sevenths, octaves, tenths."""
    return _fraction(melody, ARPEGGIO)


@feature("M9", "Repeated notes", "fraction", 0, 1, needs=2, caution=_SINGLE)
def repeated_notes(melody: Melodies) -> Column:
    """h_0 / n."""
    return _fraction(melody, (0,))


@feature("M10", "Chromatic motion", "fraction", 0, 1, needs=2)
def chromatic_motion(melody: Melodies) -> Column:
    """h_1 / n."""
    return _fraction(melody, (1,))


@feature("M11", "Stepwise motion", "fraction", 0, 1, needs=2)
def stepwise_motion(melody: Melodies) -> Column:
    """(h_1 + h_2) / n."""
    return _fraction(melody, (1, 2))


@feature("M12", "Melodic thirds", "fraction", 0, 1, needs=2)
def melodic_thirds(melody: Melodies) -> Column:
    """(h_3 + h_4) / n."""
    return _fraction(melody, (3, 4))


@feature("M13", "Melodic fifths", "fraction", 0, 1, needs=2)
def melodic_fifths(melody: Melodies) -> Column:
    """h_7 / n."""
    return _fraction(melody, (7,))


@feature("M14", "Melodic tritones", "fraction", 0, 1, needs=2)
def melodic_tritones(melody: Melodies) -> Column:
    """h_6 / n."""
    return _fraction(melody, (6,))


@feature(
    "M15", "Melodic octaves", "fraction", 0, 1, needs=2,
    caution="music21's list of octaves lacks three octaves (36 semitones); mended, they count.",
)  # fmt: skip
def melodic_octaves(melody: Melodies) -> Column:
    """Σ h_i / n over i = 12, 24, 48, 60 and so on."""
    return _fraction(melody, OCTAVES if melody.mended else tuple(i for i in OCTAVES if i != 36))


@feature("M17", "Direction of motion", "fraction", 0, 1, needs=2)
def direction_of_motion(melody: Melodies) -> Column:
    """Rising intervals / (rising + falling); none when all are unisons."""
    owner, leap = melody.leaps
    rising = np.bincount(owner[leap > 0], minlength=len(melody))
    return rising / (rising + np.bincount(owner[leap < 0], minlength=len(melody)))


_ARCS = "music21 says 0 for a clip without intervals; here it has no value. A clip that never turns has 0 in both."


@feature("M18", "Duration of melodic arcs", "intervals", 0, inf, needs=2, caution=_ARCS)
def duration_of_arcs(melody: Melodies) -> Column:
    """Intervals other than unisons / changes of direction; 0 when the direction never changes."""
    owner, leap = melody.leaps
    turns, _ = _turns(melody)
    moving = np.bincount(owner[leap != 0], minlength=len(melody))
    return np.where(turns > 0, moving / turns, 0.0)


@feature("M19", "Size of melodic arcs", "semitones", 0, inf, needs=2, caution=_ARCS)
def size_of_arcs(melody: Melodies) -> Column:
    """Σ |interval| up to the last change of direction / changes of direction; 0 when it never changes."""
    turns, climbed = _turns(melody)
    return np.where(turns > 0, climbed / turns, 0.0)


def _fraction(melody: Melodies, sizes: tuple[int, ...]) -> Column:
    return row_sums(melody.intervals[:, list(sizes)]) / melody.interval_count


def _turns(melody: Melodies) -> tuple[Column, Column]:
    """Changes of direction of each clip, and semitones travelled before the last of them."""
    owner, leap = melody.leaps
    owner, leap = owner[leap != 0], leap[leap != 0]
    turning = np.flatnonzero((owner[1:] == owner[:-1]) & ((leap[1:] > 0) != (leap[:-1] > 0))) + 1
    turns = histograms(owner[turning], np.zeros(len(turning), np.int64), len(melody), 1)[:, 0]
    last = np.full(len(melody), -1)
    np.maximum.at(last, owner[turning], turning)
    before = np.arange(len(leap)) < last[owner]
    return turns, np.bincount(owner[before], np.abs(leap[before]), len(melody))
