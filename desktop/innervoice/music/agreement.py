"""How far two melodies agree: step by step, and note by note."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from innervoice.music.tokens import FIRST_PITCH


class Agreement(NamedTuple):
    """Shares from 0 to 1.

    Attributes
    ----------
    steps : float
        Steps with the same token.
    notes : float
        F1 of the notes; a note is right when its onset and its pitch are. 1 where neither melody has any.
    """

    steps: float
    notes: float


def agreement(answer: NDArray[Any], truth: NDArray[Any]) -> Agreement:
    """Compare melodies, int [steps] or [clips, steps] of one shape; several clips are taken together.

    Raises
    ------
    ValueError
        When the shapes differ or there is no step.
    """
    said, true = np.asarray(answer), np.asarray(truth)
    if said.shape != true.shape or not said.size:
        raise ValueError(f"Melodies of {list(said.shape)} and {list(true.shape)} steps cannot be compared.")
    same = said == true
    right = float((same & (true >= FIRST_PITCH)).sum())
    notes = float((said >= FIRST_PITCH).sum() + (true >= FIRST_PITCH).sum())
    return Agreement(float(same.mean()), 2.0 * right / notes if notes else 1.0)
