"""The four attributes of Colombo, Malaman and Pettenò, each with the variants that are published.

Sources: their report "Do unconditional deep generative models spontaneously learn how to encode human-interpretable
musical attributes?" and its code (MAEC-L04); G. T. Toussaint, "A mathematical analysis of African, Brazilian, and Cuban
clave rhythms" (2002), for metrical complexity; A. Pati and A. Lerch, "Attribute-based regularization of latent spaces
for variational auto-encoders" (2020), whose rhythmic complexity is a normalised sum. x_s is 1 where a note begins at
sixteenth s and 0 elsewhere, S the number of sixteenths, n the number of notes, p_k their pitches.
"""

from __future__ import annotations

from math import inf

import numpy as np
from numpy.typing import NDArray

from innervoice.music.features.melodies import Melodies
from innervoice.music.features.registry import Column, feature

HIERARCHY = (5, 1, 2, 1, 3, 1, 2, 1, 4, 1, 2, 1, 3, 1, 2, 1)
"""Metrical weight of each sixteenth of a 4/4 bar."""

PATI_TICKS = (
    0.20, 1, 2, 0.5, 2, 1,
    0.67, 1, 2, 0.5, 2, 1,
    0.25, 1, 2, 0.5, 2, 1,
    0.67, 1, 2, 0.5, 2, 1,
)  # fmt: skip
"""Weight of each of a bar's 24 ticks. A beat's six lie at 0, 1/4, 1/3, 1/2, 2/3 and 3/4 of it."""

SIXTEENTHS_OF_BEAT = (0, 1, 3, 5)
"""Which of a beat's six ticks are sixteenths; the others are of triplets, in which no note of a clip begins."""

PIANO_KEYS = 88
VELOCITY = 80 / 127
"""Loudness of every note of a clip, as MusicVAE's decoder and ours write it."""


@feature("toussaint", "Metrical complexity", "", 0, inf, letter="A")
def metrical_complexity(melody: Melodies) -> Column:
    """Sum of the n greatest weights - Σ h_s x_s, h being the 16 weights of a bar, bar after bar."""
    return _complexity(_tiled(HIERARCHY, melody.steps), _struck(melody, melody.onset))


@feature(
    "toussaint-repeat", "Metrical complexity as published", "", 0, inf, letter="A",
    caution="The published code repeats each weight instead of the bar, and stretches the grid to end with the last "
    "note; kept here to compare with its figures.",
)  # fmt: skip
def metrical_complexity_repeated(melody: Melodies) -> Column:
    """Sum of the n greatest weights - Σ h_s x_s, h being each of the 16 weights as often as there are bars.

    Note k is counted at step floor(t_k S / e), where e is the end of the last note.
    """
    bars = -(-melody.steps // len(HIERARCHY))
    weights = np.repeat(np.array(HIERARCHY, np.float64), bars)[: melody.steps]
    end = np.maximum((melody.onset + melody.length).max(axis=1), 1)
    return _complexity(weights, _struck(melody, melody.onset * melody.steps // end[:, None]))


@feature("toussaint-pati", "Rhythmic complexity, normalised", "", 0, 1, letter="A")
def rhythmic_complexity(melody: Melodies) -> Column:
    """Σ f_s x_s / Σ f, f being Pati's weights of the 24 ticks of a bar, bar after bar."""
    bar = np.array(PATI_TICKS).reshape(4, 6)[:, list(SIXTEENTHS_OF_BEAT)].reshape(-1)
    total = sum(PATI_TICKS) * melody.steps / len(HIERARCHY)
    return _struck(melody, melody.onset) @ _tiled(bar, melody.steps) / total


@feature("pitch-range", "Pitch range", "keyboards", 0, 1, letter="A")
def pitch_range(melody: Melodies) -> Column:
    """(highest p - lowest p) / 88."""
    lowest = np.where(melody.present, melody.pitch, melody.pitch.max(axis=1)[:, None]).min(axis=1)
    return np.asarray((melody.pitch.max(axis=1) - lowest) / PIANO_KEYS)


@feature("note-density", "Note density", "notes/sixteenth", 0, 1, letter="A")
def note_density(melody: Melodies) -> Column:
    """The number n / S."""
    return melody.count / melody.steps


@feature("note-density-velocity", "Note density by loudness", "", 0, 1, letter="A")
def note_density_by_velocity(melody: Melodies) -> Column:
    """Σ velocity / 127 / S, with the velocity 80 that every note of a clip has."""
    return melody.count * VELOCITY / melody.steps


@feature("contour", "Contour", "keyboards", 0, inf, letter="A")
def contour(melody: Melodies) -> Column:
    """Σ |p_(k+1) - p_k| / 88, as in the published code; only this goes along with note density."""
    owner, leap = melody.leaps
    return np.bincount(owner, np.abs(leap), len(melody)) / PIANO_KEYS


@feature("contour-signed", "Contour, signed", "keyboards", -1, 1, letter="A")
def contour_signed(melody: Melodies) -> Column:
    """Σ (p_(k+1) - p_k) / 88, as in the final report's equation 4: last pitch - first."""
    owner, leap = melody.leaps
    return np.bincount(owner, leap, len(melody)) / PIANO_KEYS


def _tiled(bar: NDArray[np.float64] | tuple[float, ...], steps: int) -> NDArray[np.float64]:
    """Weights of a bar, bar after bar, float64 [steps]."""
    return np.resize(np.asarray(bar, np.float64), steps)


def _struck(melody: Melodies, places: NDArray[np.int64]) -> NDArray[np.float64]:
    """1 where a note begins, float64 [clips, steps]."""
    struck = np.zeros((len(melody), melody.steps))
    struck[melody.owner, places[melody.present]] = 1.0
    return struck


def _complexity(weights: NDArray[np.float64], struck: NDArray[np.float64]) -> Column:
    """Sum of as many of the greatest weights as there are onsets, less the weights at the onsets."""
    greatest = np.concatenate([[0.0], np.cumsum(np.sort(weights)[::-1])])
    return np.asarray(greatest[struck.sum(axis=1).astype(np.int64)] - struck @ weights)
