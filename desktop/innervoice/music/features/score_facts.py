"""What a score says besides its notes: tempo, meter, key, voices, instruments.

Source of each: music21.features.jSymbolic of music21 10.5.1, which follows Cory McKay, "Automatic Genre Classification
of MIDI Recordings" (MA thesis, McGill University, 2004), chapter 4. A clip is one voice of a piano in 4/4 without a key
signature, so all but the tempo are the same for every clip; they stand here because music21 offers them, and an
analysis drops what does not vary.
"""

from __future__ import annotations

from math import inf

import numpy as np

from innervoice.music.features.melodies import Melodies
from innervoice.music.features.registry import Column, feature

_EMPTY = "music21 says 0 for a clip without notes; here it has no value."


def _always(melody: Melodies, value: float) -> Column:
    return np.full(len(melody), value)


@feature("P22", "Quality", "", 0, 1, needs=0)
def quality(melody: Melodies) -> Column:
    """1 when the key signature says minor, 0 when it says major or there is none: 0."""
    return _always(melody, 0)


@feature("R30", "Initial tempo", "quarters/min", 0, inf, needs=0)
def initial_tempo(melody: Melodies) -> Column:
    """The clip's tempo."""
    return np.asarray(60.0 / (60.0 / melody.qpm))


@feature("R32", "Compound or simple meter", "", 0, 1, needs=0)
def compound_meter(melody: Melodies) -> Column:
    """1 in a compound meter, else 0: 0 in 4/4."""
    return _always(melody, 0)


@feature("R33", "Triple meter", "", 0, 1, needs=0)
def triple_meter(melody: Melodies) -> Column:
    """1 when a bar has three beats, else 0: 0 in 4/4."""
    return _always(melody, 0)


@feature("R34", "Quintuple meter", "", 0, 1, needs=0)
def quintuple_meter(melody: Melodies) -> Column:
    """1 when a bar has five beats, else 0: 0 in 4/4."""
    return _always(melody, 0)


@feature("R35", "Changes of meter", "", 0, 1, needs=0)
def changes_of_meter(melody: Melodies) -> Column:
    """1 when the meter changes, else 0: 0."""
    return _always(melody, 0)


@feature("T1", "Maximum number of independent voices", "voices", 1, 1, caution=_EMPTY)
def most_voices(melody: Melodies) -> Column:
    """Most voices that sound at once: 1."""
    return _always(melody, 1)


@feature("T2", "Average number of independent voices", "voices", 1, 1)
def average_voices(melody: Melodies) -> Column:
    """Mean number of voices that sound where any does: 1."""
    return _always(melody, 1)


@feature("T3", "Variability of number of independent voices", "voices", 0, 0)
def variability_of_voices(melody: Melodies) -> Column:
    """Standard deviation of the number of voices that sound: 0."""
    return _always(melody, 0)


@feature("I6", "Variability of note prevalence of pitched instruments", "", 0, 0)
def variability_of_prevalence(melody: Melodies) -> Column:
    """Standard deviation of the fractions of notes that each instrument plays: 0 with one instrument."""
    return _always(melody, 0)


@feature("I8", "Number of pitched instruments", "instruments", 1, 1, caution=_EMPTY)
def number_of_instruments(melody: Melodies) -> Column:
    """Instruments that play at least one note: 1."""
    return _always(melody, 1)


@feature("I11", "String keyboard fraction", "fraction", 1, 1)
def string_keyboard_fraction(melody: Melodies) -> Column:
    """Fraction of notes played by pianos, harpsichords and clavichords: 1."""
    return _always(melody, 1)


OTHER_INSTRUMENTS = {
    "I12": "Acoustic guitar",
    "I13": "Electric guitar",
    "I14": "Violin",
    "I15": "Saxophone",
    "I16": "Brass",
    "I17": "Woodwinds",
    "I18": "Orchestral strings",
    "I19": "String ensemble",
    "I20": "Electric instrument",
}


def _other_instruments(melody: Melodies) -> Column:
    """Fraction of notes played by these instruments: 0, since a clip is played by a piano."""
    return _always(melody, 0)


for _id, _kind in OTHER_INSTRUMENTS.items():
    feature(_id, f"{_kind} fraction", "fraction", 0, 0)(_other_instruments)
