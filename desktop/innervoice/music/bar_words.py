"""Clips of every kind; and a bar as 156 words: how it stands in `Clips`, in a study and between window and engine.

Word c belongs to cell c of a step (78 that sound, then 78 that are struck), its bit s to step s of the bar: 312 bytes
a bar, in the int16 that melodies have as tokens.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.bar_roll import DEPTH, LOWEST, PITCHES, Rolls, onsets, rolls_to_notes
from innervoice.music.score import NOTE, Table
from innervoice.music.tokens import FIRST_PITCH, PITCH_OFFSET, STEPS_PER_BAR, STEPS_PER_QUARTER, tokens_to_notes

WORDS = DEPTH
SPILL = 0.01
"""Bars by which a last note may sound into the next without filling it."""
_BITS = (1 << np.arange(STEPS_PER_BAR)).astype(np.uint16)


def rolls_to_words(rolls: Rolls) -> NDArray[np.int16]:
    """Pack bars, bool [bars, 16, 156] to int16 [bars, 156]."""
    bars = np.asarray(rolls, np.bool_)
    if bars.ndim != 3 or bars.shape[1:] != (STEPS_PER_BAR, DEPTH):
        raise ValueError(f"Bars have the shape [bars, {STEPS_PER_BAR}, {DEPTH}], not {bars.shape}.")
    words: NDArray[np.uint16] = (bars * _BITS[:, None]).sum(axis=1, dtype=np.uint16)
    return words.view(np.int16)


def words_to_rolls(words: NDArray[Any]) -> Rolls:
    """Unpack bars, int16 [bars, 156] to bool [bars, 16, 156].

    Raises
    ------
    ValueError
        For another shape or type.
    """
    packed = np.asarray(words)
    if packed.ndim != 2 or packed.shape[1] != WORDS or packed.dtype != np.int16:
        raise ValueError(f"Packed bars are int16 [bars, {WORDS}], not {packed.dtype} {packed.shape}.")
    return np.asarray(np.ascontiguousarray(packed).view(np.uint16)[:, None, :] & _BITS[:, None], np.bool_)


def is_bar(tokens: NDArray[Any]) -> bool:
    """Whether a clip [width], or clips [n, width], are packed bars rather than melodies, whose bars are whole."""
    return bool(tokens.dtype != NOTE and tokens.shape[-1] == WORDS)


def clip_steps(tokens: NDArray[Any]) -> int:
    """Length of a clip, or of each of several clips, in sixteenths; of notes, the bars that they fill."""
    if tokens.dtype == NOTE:
        bars = np.ceil(tokens["end_quarter"].max(initial=0.0) * STEPS_PER_QUARTER / STEPS_PER_BAR - SPILL)
        return STEPS_PER_BAR * max(1, int(bars))
    return steps_of_width(int(tokens.shape[-1]))


def steps_of_width(width: int) -> int:
    """Sixteenths of a clip that has so many numbers."""
    return STEPS_PER_BAR if width == WORDS else width


def width_of_steps(steps: int) -> int:
    """Numbers of a clip of so many sixteenths: of one bar there are only packed ones."""
    return WORDS if steps == STEPS_PER_BAR else steps


def clip_notes(tokens: NDArray[Any], qpm: float = 120.0) -> Table:
    """Notes of one clip of any kind: a melody [steps], a packed bar [156], or notes as they are, at their own tempo.

    Returns
    -------
    ndarray of NOTE [n]
    """
    line = np.asarray(tokens)
    if line.dtype == NOTE:
        return line
    return rolls_to_notes(words_to_rolls(line[None]), qpm) if is_bar(line) else tokens_to_notes(line, qpm)


def note_places(tokens: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """First step, end and pitch of each note of one clip, int64 [notes] each: what a small picture needs."""
    line = np.asarray(tokens)
    if line.dtype == NOTE or is_bar(line):
        notes = clip_notes(line)
        on, off = (np.rint(notes[name] * STEPS_PER_QUARTER) for name in ("start_quarter", "end_quarter"))
        return on.astype(np.int64), off.astype(np.int64), notes["pitch"].astype(np.int64)
    on = np.flatnonzero(line)
    off = np.append(on[1:], len(line))
    sounding = line[on] >= FIRST_PITCH
    return on[sounding], off[sounding], line[on[sounding]].astype(np.int64) + PITCH_OFFSET


def begun_pitches(tokens: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many notes each of several clips begins, and the sum of their pitches: int64 [clips] each."""
    clips = np.asarray(tokens)
    if is_bar(clips):
        begun = onsets(words_to_rolls(clips)).sum(axis=1)
        return begun.sum(axis=1), begun @ (np.arange(PITCHES) + LOWEST)
    notes = clips >= FIRST_PITCH
    return notes.sum(axis=1), np.where(notes, clips.astype(np.int64) + PITCH_OFFSET, 0).sum(axis=1)
