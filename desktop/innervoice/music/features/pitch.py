"""P1 to P16: jSymbolic's features of pitch, from how often each pitch is struck.

Source of each: music21.features.jSymbolic of music21 10.5.1, which follows Cory McKay, "Automatic Genre Classification
of MIDI Recordings" (MA thesis, McGill University, 2004), chapter 4. n_p is the number of notes of MIDI pitch p, n_c
that of pitch class c (C is 0), n all notes. Durations do not count.
"""

from __future__ import annotations

import numpy as np

from innervoice.music.features.histograms import row_sums
from innervoice.music.features.melodies import PITCH_CLASSES, PITCHES, Melodies
from innervoice.music.features.registry import Column, feature

COMMON = 0.09
BASS, MIDDLE = 55, 73
"""Lowest pitches above the bass and above the middle register."""

_EMPTY = "music21 says 0 for a clip without notes; here it has no value."


@feature("P1", "Most common pitch prevalence", "fraction", 0, 1)
def most_common_pitch_prevalence(melody: Melodies) -> Column:
    """Max n_p / n."""
    return melody.top_pitches.first_count / melody.count


@feature("P2", "Most common pitch class prevalence", "fraction", 0, 1)
def most_common_class_prevalence(melody: Melodies) -> Column:
    """Max n_c / n."""
    return melody.top_classes.first_count / melody.count


@feature("P3", "Relative strength of top pitches", "", 0, 1, caution=_EMPTY)
def relative_strength_of_pitches(melody: Melodies) -> Column:
    """n_p of the second most common pitch / that of the most common one; 0 with one pitch."""
    return melody.top_pitches.second_count / melody.top_pitches.first_count


@feature("P4", "Relative strength of top pitch classes", "", 0, 1)
def relative_strength_of_classes(melody: Melodies) -> Column:
    """n_c of the second most common pitch class / that of the most common one; 0 with one class."""
    return melody.top_classes.second_count / melody.top_classes.first_count


@feature("P5", "Interval between strongest pitches", "semitones", 0, PITCHES - 1, caution=_EMPTY)
def interval_between_pitches(melody: Melodies) -> Column:
    """|p - q| of the two most common pitches, of equally common ones those heard first; 0 with one pitch."""
    return np.asarray(np.abs(melody.top_pitches.first - melody.top_pitches.second))


@feature(
    "P6", "Interval between strongest pitch classes", "semitones", 0, PITCH_CLASSES - 1,
    caution="With one pitch class only, music21 takes C for the second and says the class's number; mended, the "
    "interval is 0. " + _EMPTY,
)  # fmt: skip
def interval_between_classes(melody: Melodies) -> Column:
    """|c - d| of the two most common pitch classes, of equally common ones the lower first; not around the octave."""
    top = melody.top_classes
    interval = np.abs(top.first - top.second)
    return np.where(top.second_count > 0, interval, 0) if melody.mended else interval


@feature("P7", "Number of common pitches", "pitches", 0, 11, caution=_EMPTY)
def number_of_common_pitches(melody: Melodies) -> Column:
    """Number of p with n_p / n of at least 0.09."""
    return row_sums(melody.pitches / melody.count[:, None] >= COMMON)


@feature("P8", "Pitch variety", "pitches", 1, PITCHES, caution=_EMPTY)
def pitch_variety(melody: Melodies) -> Column:
    """Number of p with n_p of at least 1."""
    return row_sums(melody.pitches > 0)


@feature("P9", "Pitch class variety", "pitch classes", 1, PITCH_CLASSES, caution=_EMPTY)
def pitch_class_variety(melody: Melodies) -> Column:
    """Number of c with n_c of at least 1."""
    return row_sums(melody.classes > 0)


@feature("P10", "Range", "semitones", 0, PITCHES - 1)
def pitch_range(melody: Melodies) -> Column:
    """Highest p - lowest p."""
    lowest = np.where(melody.present, melody.pitch, PITCHES).min(axis=1)
    return np.asarray(melody.pitch.max(axis=1) - lowest)


@feature("P11", "Most common pitch", "MIDI pitch", 0, PITCHES - 1, caution=_EMPTY)
def most_common_pitch(melody: Melodies) -> Column:
    """The p of the greatest n_p, of equally common ones that heard first."""
    return melody.top_pitches.first


@feature("P12", "Primary register", "MIDI pitch", 0, PITCHES - 1)
def primary_register(melody: Melodies) -> Column:
    """Mean pitch, Σ p n_p / n."""
    return row_sums(melody.pitch) / melody.count


@feature("P13", "Importance of bass register", "fraction", 0, 1)
def importance_of_bass(melody: Melodies) -> Column:
    """Σ n_p / n over p = 0 to 54."""
    return row_sums(melody.pitches[:, :BASS]) / melody.count


@feature("P14", "Importance of middle register", "fraction", 0, 1)
def importance_of_middle(melody: Melodies) -> Column:
    """Σ n_p / n over p = 55 to 72."""
    return row_sums(melody.pitches[:, BASS:MIDDLE]) / melody.count


@feature("P15", "Importance of high register", "fraction", 0, 1)
def importance_of_high(melody: Melodies) -> Column:
    """Σ n_p / n over p = 73 to 127."""
    return row_sums(melody.pitches[:, MIDDLE:]) / melody.count


@feature("P16", "Most common pitch class", "pitch class", 0, PITCH_CLASSES - 1, caution=_EMPTY)
def most_common_class(melody: Melodies) -> Column:
    """The c of the greatest n_c, of equally common ones the lowest."""
    return melody.top_classes.first
