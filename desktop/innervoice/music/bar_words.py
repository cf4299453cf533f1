"""A bar of the polyphonic roll as 156 words: how it stands in `Clips`, in a study and between window and engine.

Word c belongs to cell c of a step (78 that sound, then 78 that are struck), its bit s to step s of the bar: 312 bytes
a bar, in the int16 that melodies have as tokens.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.bar_roll import DEPTH, Rolls, rolls_to_notes
from innervoice.music.score import Table
from innervoice.music.tokens import STEPS_PER_BAR, tokens_to_notes

WORDS = DEPTH
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
    return bool(tokens.shape[-1] == WORDS)


def clip_steps(tokens: NDArray[Any]) -> int:
    """Length of a clip, or of each of several clips, in sixteenths."""
    return STEPS_PER_BAR if is_bar(tokens) else int(tokens.shape[-1])


def clip_notes(tokens: NDArray[Any], qpm: float = 120.0) -> Table:
    """Notes of one clip of either kind: a melody [steps] or a packed bar [156].

    Returns
    -------
    ndarray of NOTE [n]
    """
    line = np.asarray(tokens)
    return rolls_to_notes(words_to_rolls(line[None]), qpm) if is_bar(line) else tokens_to_notes(line, qpm)
