"""Features of whole batches of clips.

What music21 would see of a clip is a score with one part: a piano, a metronome mark with the clip's tempo, 4/4, no key
signature, and each note at (step / 4) quarters, (length / 4) quarters long. `features` gives what its extractors
(music21.features.jSymbolic, version 10.5.1) say of that score, for all clips at once. Written as MIDI by
`innervoice.music.writing` and parsed by music21 it is the same score, but for the tempo: a MIDI file keeps whole
microseconds per quarter and music21 rounds what it reads to hundredths; `tempo_read_from_midi` says to what.

Where a value is missing:

- Below a feature's ``needs`` (one note for pitch and rhythm, two for melodic intervals and times between attacks) it
  is NaN. music21 raises an error for most of these and says 0 for some; those have a `Feature.caution`.
- NaN too, as in music21: M17 when all intervals are unisons, R4 to R7 without a note of 40 to 200 beats a minute, R3
  and R6 with fewer than two different ones.
- Three errors of music21 on clips that have a value are no reason for NaN: see M8 and R1 to R7.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from innervoice.music.bar_words import is_bar
from innervoice.music.features import attributes, intervals, pitch, rhythm, score_facts  # noqa: F401  they register
from innervoice.music.features.melodies import Melodies, melodies_of
from innervoice.music.features.registry import FEATURES
from innervoice.music.tokens import CLASSES, STEPS_PER_QUARTER

VERSION = 1
"""Goes up when a feature changes its value, so that what a study keeps of an older one is computed again."""

BLOCK_TOKENS = 1 << 18
"""Tokens that are looked at in one go: some 100 MB of histograms at most, however many clips there are."""


def _ids(letter: str) -> tuple[str, ...]:
    """Ids of one letter by their number."""
    return tuple(sorted((key for key, one in FEATURES.items() if one.letter == letter), key=lambda key: int(key[1:])))


JSYMBOLIC = _ids("M") + _ids("P") + _ids("R")
"""The 57 scalars of melody, pitch and rhythm (Barenboim et al., arXiv 2308.00015), which `features` gives unasked."""

CONSTANTS = _ids("T") + _ids("I")
"""The scalars of texture and instrumentation; the same for every clip that has a note."""

ATTRIBUTES = tuple(key for key, one in FEATURES.items() if one.letter == "A")
"""The attributes with their variants; "toussaint", "pitch-range", "note-density" and "contour" are the four."""


def features(
    tokens: ArrayLike, qpm: ArrayLike, ids: Iterable[str] | None = None, *, mended: bool = False
) -> NDArray[np.float64]:
    """Features of clips.

    Parameters
    ----------
    tokens : array_like int [clips, steps]
        Melodies of one length.
    qpm : array_like float [clips] or float
        Tempo in quarter notes per minute; `tempo_of_duration` gives it for clips of known seconds.
    ids : iterable of str, optional
        Which; `JSYMBOLIC` unless given.
    mended : bool
        Compute R1, R2, R3, M4, M15 and P6 as they are defined where music21 does otherwise (`Feature.caution`).

    Returns
    -------
    ndarray float64 [clips, features]
        NaN where a clip has no value.

    Raises
    ------
    ValueError
        For an unknown id, tokens outside 0 to 89, or a tempo that is not above 0 and finite.
    """
    wanted = _known(JSYMBOLIC if ids is None else tuple(ids))
    line, tempo = _checked(tokens, qpm)
    result = np.empty((len(line), len(wanted)))
    block = max(1, BLOCK_TOKENS // max(1, line.shape[1]))
    for start in range(0, len(line), block):
        part = slice(start, start + block)
        _fill(result[part], wanted, melodies_of(line[part], tempo[part], mended))
    return result


def tempo_of_duration(seconds: ArrayLike, steps: int) -> NDArray[np.float64]:
    """Quarter notes per minute at which `steps` sixteenths last this long, float64 of the shape of `seconds`."""
    return np.asarray(60.0 * steps / STEPS_PER_QUARTER / np.asarray(seconds, np.float64))


def tempo_read_from_midi(qpm: ArrayLike) -> NDArray[np.float64]:
    """Tempo that music21 finds in a MIDI file written at `qpm`: whole microseconds, then hundredths."""
    microseconds = np.rint(60e6 / np.asarray(qpm, np.float64))
    return np.asarray(np.round(60e6 / microseconds, 2))


def _known(ids: tuple[str, ...]) -> tuple[str, ...]:
    if unknown := [key for key in ids if key not in FEATURES]:
        raise ValueError(f"There is no feature {unknown[0]!r}; known are {', '.join(FEATURES)}.")
    return ids


def _checked(tokens: ArrayLike, qpm: ArrayLike) -> tuple[NDArray[np.int16], NDArray[np.float64]]:
    line: NDArray[Any] = np.asarray(tokens)
    if line.ndim != 2 or line.dtype.kind not in "iu" or line.shape[1] == 0:
        raise ValueError(f"Features need whole tokens as [clips, steps], not {line.dtype} of shape {line.shape}.")
    if is_bar(line):
        raise ValueError("Features are of melodies, and these clips are bars of many voices; choose a MusicVAE.")
    if line.size and (line.min() < 0 or line.max() >= CLASSES):
        raise ValueError(f"A token is outside 0 to {CLASSES - 1}; features are of melodies of {CLASSES} classes.")
    given = np.asarray(qpm, np.float64)
    if given.ndim > 1 or (given.ndim == 1 and len(given) != len(line)):
        raise ValueError(f"{len(line)} clips need one tempo or as many, not {given.shape}.")
    if not (np.isfinite(given) & (given > 0)).all():
        raise ValueError("A tempo is not above 0 and finite; features in seconds need one.")
    return line.astype(np.int16, copy=False), np.broadcast_to(given, len(line))


def _fill(columns: NDArray[np.float64], ids: tuple[str, ...], melody: Melodies) -> None:
    """Write the features of one block; what a clip is too short for becomes NaN, so dividing by nothing is no harm."""
    with np.errstate(divide="ignore", invalid="ignore"):
        for place, key in enumerate(ids):
            one = FEATURES[key]
            columns[:, place] = np.where(melody.count >= one.needs, one.compute(melody), np.nan)
