"""R1 to R36: jSymbolic's features of rhythm, in seconds at the clip's tempo.

Source of each: music21.features.jSymbolic of music21 10.5.1, which follows Cory McKay, "Automatic Genre Classification
of MIDI Recordings" (MA thesis, McGill University, 2004), chapter 4. d_k is the duration of note k, t_k its onset, n the
number of notes, e the end of the last one. b_j is the number of notes whose 60 / d_k rounds to j, for j from 40 to 200:
music21's beat histogram is one of durations, not jSymbolic's autocorrelation.
"""

from __future__ import annotations

from math import inf

import numpy as np

from innervoice.music.features.histograms import row_sums
from innervoice.music.features.melodies import FASTEST_BEAT, SLOWEST_BEAT, Melodies
from innervoice.music.features.registry import Column, feature

STACCATO = 0.1
"""Seconds below which a note counts as staccato."""

_CRASH = "music21 ends in an IndexError when a note's beat is exactly 200; here that is a bin like any other."


@feature(
    "R1", "Strongest rhythmic pulse", "beats/min", 0, FASTEST_BEAT,
    caution="Without a beat of 40 to 200 music21 says 0; mended, or without any note, there is no value. " + _CRASH,
)  # fmt: skip
def strongest_pulse(melody: Melodies) -> Column:
    """The j of the greatest b_j, the lowest such j."""
    return _beat(melody, melody.top_beats.first, melody.top_beats.first_count)


@feature(
    "R2", "Second strongest rhythmic pulse", "beats/min", 0, FASTEST_BEAT,
    caution="With fewer than two beats music21 says 0; mended, or without any note, there is no value. " + _CRASH,
)  # fmt: skip
def second_strongest_pulse(melody: Melodies) -> Column:
    """The j of the second greatest b_j, of equal ones the lower first."""
    return _beat(melody, melody.top_beats.second, melody.top_beats.second_count)


@feature(
    "R3", "Harmonicity of two strongest rhythmic pulses", "", SLOWEST_BEAT / FASTEST_BEAT, FASTEST_BEAT / SLOWEST_BEAT,
    caution="Defined as the higher beat divided by the lower, and mended it is that; music21 divides the strongest by "
    "the second strongest, which can be below 1. " + _CRASH,
)  # fmt: skip
def harmonicity_of_pulses(melody: Melodies) -> Column:
    """R1 / R2; none with fewer than two beats."""
    top = melody.top_beats
    both = np.where(top.second_count > 0, top.first, np.nan), top.second
    return np.maximum(*both) / np.minimum(*both) if melody.mended else both[0] / both[1]


@feature("R4", "Strength of strongest rhythmic pulse", "fraction", 0, 1, caution=_CRASH)
def strength_of_strongest_pulse(melody: Melodies) -> Column:
    """Max b_j / Σ b_j; none without a beat."""
    return melody.top_beats.first_count / row_sums(melody.beats)


@feature("R5", "Strength of second strongest rhythmic pulse", "fraction", 0, 1, caution=_CRASH)
def strength_of_second_pulse(melody: Melodies) -> Column:
    """Second greatest b_j / Σ b_j; none without a beat."""
    return melody.top_beats.second_count / row_sums(melody.beats)


@feature("R6", "Strength ratio of two strongest rhythmic pulses", "", 1, inf, caution=_CRASH)
def strength_ratio_of_pulses(melody: Melodies) -> Column:
    """Greatest b_j / second greatest; none with fewer than two beats."""
    top = melody.top_beats
    return top.first_count / np.where(top.second_count > 0, top.second_count, np.nan)


@feature("R7", "Combined strength of two strongest rhythmic pulses", "fraction", 0, 1, caution=_CRASH)
def combined_strength_of_pulses(melody: Melodies) -> Column:
    """Sum of the two greatest b_j / Σ b_j; none without a beat."""
    top = melody.top_beats
    return (top.first_count + top.second_count) / row_sums(melody.beats)


@feature("R15", "Note density", "notes/s", 0, inf, caution="music21 says 0 without notes; here there is no value.")
def note_density(melody: Melodies) -> Column:
    """The number n / e; what is silent after the last note does not count."""
    return melody.count / melody.end


@feature("R17", "Average note duration", "s", 0, inf)
def average_duration(melody: Melodies) -> Column:
    """Σ d_k / n."""
    return _seconds(melody, row_sums(melody.length) / melody.count)


@feature("R18", "Variability of note duration", "s", 0, inf)
def variability_of_duration(melody: Melodies) -> Column:
    """Standard deviation of d_k, divided by n."""
    return _seconds(melody, _deviation(melody.length, melody.count))


@feature("R19", "Maximum note duration", "s", 0, inf)
def longest_duration(melody: Melodies) -> Column:
    """Max d_k."""
    return melody.seconds(melody.length.max(axis=1))


@feature("R20", "Minimum note duration", "s", 0, inf)
def shortest_duration(melody: Melodies) -> Column:
    """Min d_k."""
    return melody.seconds(np.where(melody.present, melody.length, melody.steps).min(axis=1))


@feature("R21", "Staccato incidence", "fraction", 0, 1)
def staccato_incidence(melody: Melodies) -> Column:
    """Notes with d_k below 0.1 s / n."""
    return row_sums(melody.present & (melody.seconds(melody.length) < STACCATO)) / melody.count


@feature("R22", "Average time between attacks", "s", 0, inf, needs=2)
def average_time_between_attacks(melody: Melodies) -> Column:
    """Mean of t_(k+1) - t_k."""
    rows, last = np.arange(len(melody)), np.maximum(melody.count - 1, 0)
    return _seconds(melody, (melody.onset[rows, last] - melody.onset[:, 0]) / melody.interval_count)


@feature("R23", "Variability of time between attacks", "s", 0, inf, needs=2)
def variability_of_time_between_attacks(melody: Melodies) -> Column:
    """Standard deviation of t_(k+1) - t_k, divided by n - 1."""
    gaps = np.where(melody.present[:, 1:], np.diff(melody.onset, axis=1), 0)
    return _seconds(melody, _deviation(gaps, melody.interval_count))


@feature("R24", "Average time between attacks for each voice", "s", 0, inf, needs=2)
def average_time_between_attacks_by_voice(melody: Melodies) -> Column:
    """R22 of each voice, averaged; a melody has one voice."""
    return average_time_between_attacks(melody)


@feature("R25", "Average variability of time between attacks for each voice", "s", 0, inf, needs=2)
def variability_of_time_between_attacks_by_voice(melody: Melodies) -> Column:
    """R23 of each voice, averaged; a melody has one voice."""
    return variability_of_time_between_attacks(melody)


@feature("R36", "Duration", "s", 0, inf)
def duration(melody: Melodies) -> Column:
    """e, from the clip's beginning to the end of the last note."""
    return melody.end


def _beat(melody: Melodies, beat: Column, count: Column) -> Column:
    return np.where(count > 0, beat, np.nan) if melody.mended else beat


def _seconds(melody: Melodies, steps: Column) -> Column:
    """Fractions of sixteenths in seconds."""
    return melody.seconds(steps)


def _deviation(values: Column, count: Column) -> Column:
    """Population standard deviation of whole numbers [clips, n], absent ones being 0: exactly 0 when all are equal."""
    spread = count * row_sums(values**2) - row_sums(values) ** 2
    return np.asarray(np.sqrt(spread) / count)
