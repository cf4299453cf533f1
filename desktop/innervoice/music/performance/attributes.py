"""What a musician hears in a stretch of a performance, as numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.performance.sustain import pedal_presses
from innervoice.music.score import Score

PERFORMANCE_ATTRIBUTES: dict[str, str] = {
    "density": "notes a second",
    "pitch": "mean MIDI pitch",
    "range": "highest less lowest pitch, in semitones",
    "loudness": "mean MIDI velocity",
    "accents": "standard deviation of the velocity",
    "length": "median length of a note, in seconds",
    "voices": "keys that are down at a time, in the mean",
    "chords": "share of notes that begin within 30 ms of the one before",
    "rubato": "standard deviation of the logarithm of the time between onsets, chords as one",
    "pedal": "share of the time in which the pedal is down",
}
"""Names of the attributes and what each measures."""

TOGETHER = 0.03
"""Seconds within which notes are one chord: fingers do not fall more evenly (Goebl 2001)."""


def performance_attributes(score: Score) -> NDArray[np.float64]:
    """Attributes of a stretch, float64 [attributes] in the order of the names; NaN where there is no value."""
    notes = score.notes[~score.notes["drum"]]
    if len(notes) < 2:
        return np.full(len(PERFORMANCE_ATTRIBUTES), np.nan)
    pitch, velocity = notes["pitch"].astype(np.float64), notes["velocity"].astype(np.float64)
    seconds = max(float(notes["end"].max() - notes["start"].min()), TOGETHER)
    lengths = notes["end"] - notes["start"]
    onsets = np.sort(notes["start"])
    between = np.diff(onsets)
    apart = np.diff(onsets[np.append(True, between > TOGETHER)])
    begins, ends = pedal_presses(score.pedals, float(notes["end"].max()))
    found = {
        "density": len(notes) / seconds,
        "pitch": pitch.mean(),
        "range": np.ptp(pitch),
        "loudness": velocity.mean(),
        "accents": velocity.std(),
        "length": np.median(lengths),
        "voices": lengths.sum() / seconds,
        "chords": (between <= TOGETHER).mean(),
        "rubato": np.log(apart).std() if len(apart) > 1 else np.nan,
        "pedal": _pedal_share(begins, ends, float(notes["start"].min()), seconds),
    }
    return np.array([found[name] for name in PERFORMANCE_ATTRIBUTES])


def _pedal_share(begins: NDArray[Any], ends: NDArray[Any], start: float, seconds: float) -> float:
    inside = np.minimum(ends, start + seconds) - np.maximum(begins, start)
    return float(np.maximum(inside, 0.0).sum() / seconds)
