"""The harmony of a bar, and how much of a bar's notes another one has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.music.bar_roll import LOWEST, PITCHES, Rolls, onsets

Floats = NDArray[np.float64]

PITCH_CLASSES = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")
_CHORDS = {"": (0, 4, 7), "m": (0, 3, 7)}
SILENT = "–"


def chroma(rolls: Rolls) -> Floats:
    """Sixteenths that each pitch class sounds: bool [bars, 16, 156] to float64 [bars, 12], C first."""
    sounding = rolls[..., :PITCHES].sum(axis=1)
    found = np.zeros((len(rolls), 12))
    for row in range(PITCHES):
        found[:, (row + LOWEST) % 12] += sounding[:, row]
    return found


def chords(strength: Floats) -> tuple[str, ...]:
    """Name the major or minor triad nearest to each bar, ``C`` or ``Am``; a dash for silence.

    Parameters
    ----------
    strength : float64 [bars, 12]
        From `chroma`. The triad whose three tones hold most of the square length wins (the greatest cosine with its
        template); of equals the lower root, major first.
    """
    names = [f"{PITCH_CLASSES[root]}{kind}" for root in range(12) for kind in _CHORDS]
    templates = np.zeros((len(names), 12))
    for place, (root, tones) in enumerate((root, tones) for root in range(12) for tones in _CHORDS.values()):
        templates[place, [(root + tone) % 12 for tone in tones]] = 1.0
    best = (strength @ templates.T).argmax(axis=1)
    return tuple(names[one] if bar.any() else SILENT for one, bar in zip(best.tolist(), strength, strict=True))


@dataclass(frozen=True, eq=False)
class NoteAgreement:
    """What each bar of an answer has of the notes of another, all float64 [bars]; NaN where there is nothing to share.

    Attributes
    ----------
    precision : share of the answer's notes that are there (a note is its onset and its pitch)
    recall : share of the notes that are there which the answer has
    pitch_classes : cosine of the two chromas
    """

    precision: Floats
    recall: Floats
    pitch_classes: Floats

    @property
    def f1(self) -> Floats:
        """Harmonic mean of precision and recall: 0 where either is 0 or missing, NaN where both are missing."""
        p, r = np.nan_to_num(self.precision), np.nan_to_num(self.recall)
        with np.errstate(invalid="ignore", divide="ignore"):
            both = np.where(p + r > 0, 2.0 * p * r / (p + r), 0.0)
        return np.asarray(np.where(np.isnan(self.precision) & np.isnan(self.recall), np.nan, both))


def note_agreement(answer: Rolls, truth: Rolls) -> NoteAgreement:
    """Compare bars, bool [bars, 16, 156] each."""
    return compare_notes((onsets(answer), chroma(answer)), (onsets(truth), chroma(truth)))


def compare_notes(answer: tuple[NDArray[np.bool_], Floats], truth: tuple[NDArray[np.bool_], Floats]) -> NoteAgreement:
    """Compare clips by where their notes begin, bool [clips, steps, pitches], and their chroma, float64 [clips, 12]."""
    (told, one), (there, other) = answer, truth
    right, many, few = (part.sum(axis=(1, 2)).astype(np.float64) for part in (told & there, told, there))
    with np.errstate(invalid="ignore", divide="ignore"):
        precision = np.where(many > 0, right / many, np.nan)
        recall = np.where(few > 0, right / few, np.nan)
        size = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
        shared = np.where(size > 0, (one * other).sum(axis=1) / size, np.nan)
    # Music against silence shares nothing; silence against silence leaves nothing to say.
    lacking = one.any(axis=1) != other.any(axis=1)
    return NoteAgreement(precision, recall, np.where(lacking, 0.0, shared))
