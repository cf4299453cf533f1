"""How far two melodies, or two bars, agree: step by step, and note by note."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from innervoice.music.bar_roll import onsets
from innervoice.music.bar_words import is_bar, words_to_rolls
from innervoice.music.tokens import FIRST_PITCH


class Agreement(NamedTuple):
    """Shares from 0 to 1.

    Attributes
    ----------
    steps : float
        Steps with the same token; of bars, steps with the same cells.
    notes : float
        F1 of the notes; a note is right when its onset and its pitch are. 1 where neither melody has any.
    """

    steps: float
    notes: float


def agreement(answer: NDArray[Any], truth: NDArray[Any]) -> Agreement:
    """Compare melodies, int [steps] or [clips, steps] of one shape, or packed bars; several clips are taken together.

    Raises
    ------
    ValueError
        When the shapes differ or there is no step.
    """
    said, true = np.asarray(answer), np.asarray(truth)
    if said.shape != true.shape or not said.size:
        raise ValueError(f"Melodies of {list(said.shape)} and {list(true.shape)} steps cannot be compared.")
    if is_bar(said):
        one, other = (words_to_rolls(np.atleast_2d(clips)) for clips in (said, true))
        same = (one == other).all(axis=2)
        begun = onsets(one), onsets(other)
        return Agreement(float(same.mean()), _f1(begun[0] & begun[1], *begun))
    same = said == true
    return Agreement(float(same.mean()), _f1(same & (true >= FIRST_PITCH), said >= FIRST_PITCH, true >= FIRST_PITCH))


def _f1(right: NDArray[np.bool_], said: NDArray[np.bool_], true: NDArray[np.bool_]) -> float:
    notes = float(said.sum() + true.sum())
    return 2.0 * float(right.sum()) / notes if notes else 1.0
