"""Clips of every kind; and a bar as 156 words: how it stands in `Clips`, in a study and between window and engine.

Word c belongs to cell c of a step (78 that sound, then 78 that are struck), its bit s to step s of the bar: 312 bytes
a bar, in the int16 that melodies have as tokens. Frames of 4, 8 and 32 sixteenths are written likewise, cell after cell
and step after step, into 39, 78 and 312 words; no melody has so many steps, for its bars are whole.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.bar_roll import DEPTH, FRAMES, LOWEST, PITCHES, Rolls, onsets, rolls_to_notes
from innervoice.music.score import NOTE, Table
from innervoice.music.tokens import FIRST_PITCH, PITCH_OFFSET, STEPS_PER_BAR, STEPS_PER_QUARTER, tokens_to_notes

WORDS = DEPTH
"""Numbers of a packed bar."""
SPILL = 0.01
"""Bars by which a last note may sound into the next without filling it."""
FRAME_STEPS = {"bar": STEPS_PER_BAR, **{f"{steps}steps": steps for steps in FRAMES if steps != STEPS_PER_BAR}}
"""Sixteenths of the frames that scores are cut into, by the design's word for the clip."""
BITS = 16


def frame_width(steps: int) -> int:
    """Numbers of a packed frame of so many sixteenths."""
    return steps * DEPTH // BITS


_STEPS_OF = {frame_width(steps): steps for steps in FRAMES}


def rolls_to_words(rolls: Rolls) -> NDArray[np.int16]:
    """Pack bars, bool [bars, 16, 156] to int16 [bars, 156], or frames of another length likewise."""
    bars = np.asarray(rolls, np.bool_)
    if bars.ndim != 3 or bars.shape[1] not in FRAMES or bars.shape[2] != DEPTH:
        raise ValueError(f"Bars have the shape [bars, {STEPS_PER_BAR}, {DEPTH}], not {bars.shape}.")
    cells = bars.transpose(0, 2, 1).reshape(len(bars), DEPTH * bars.shape[1])
    return np.packbits(cells, axis=1, bitorder="little").view("<u2").astype(np.uint16).view(np.int16)


def words_to_rolls(words: NDArray[Any]) -> Rolls:
    """Unpack bars, int16 [bars, 156] to bool [bars, 16, 156], or frames of another length likewise.

    Raises
    ------
    ValueError
        For another shape or type.
    """
    packed = np.asarray(words)
    if packed.ndim != 2 or packed.shape[1] not in _STEPS_OF or packed.dtype != np.int16:
        raise ValueError(f"Packed bars are int16 [bars, {WORDS}], not {packed.dtype} {packed.shape}.")
    stored = np.ascontiguousarray(packed.view(np.uint16).astype("<u2")).view(np.uint8)
    cells = np.unpackbits(stored, axis=1, bitorder="little").view(np.bool_)
    return np.ascontiguousarray(cells.reshape(len(packed), DEPTH, _STEPS_OF[packed.shape[1]]).transpose(0, 2, 1))


def is_bar(tokens: NDArray[Any]) -> bool:
    """Whether a clip [width], or clips [n, width], are packed bars rather than melodies, whose bars are whole."""
    return bool(tokens.dtype != NOTE and tokens.shape[-1] in _STEPS_OF)


def clip_steps(tokens: NDArray[Any]) -> int:
    """Length of a clip, or of each of several clips, in sixteenths; of notes, the bars that they fill."""
    if tokens.dtype == NOTE:
        bars = np.ceil(tokens["end_quarter"].max(initial=0.0) * STEPS_PER_QUARTER / STEPS_PER_BAR - SPILL)
        return STEPS_PER_BAR * max(1, int(bars))
    return steps_of_width(int(tokens.shape[-1]))


def steps_of_width(width: int) -> int:
    """Sixteenths of a clip that has so many numbers."""
    return _STEPS_OF.get(width, width)


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
