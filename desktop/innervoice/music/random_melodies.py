"""Sequences of notes drawn without any sense of music, as a model's opposite of music.

Source: Barenboim, Del Debbio, Hirn, Sanz, "Exploring how a generative AI interprets music" (arXiv 2308.00015),
section 5: 2 to 32 note-ons on the sixteenths of two bars, the first at the beginning; each note lasts to the next, so
that exactly one always sounds; pitches from 30 to 100; the whole in 1 to 8 seconds.
"""

from __future__ import annotations

import numpy as np

from innervoice.music.clips import Clips
from innervoice.music.tokens import HOLD, PITCH_OFFSET, STEPS_PER_QUARTER

LOWEST, HIGHEST = 30, 100
FEWEST = 2
SHORTEST, LONGEST = 1, 8
"""Whole seconds that two bars last."""
TWO_BARS = 32


def random_melodies(count: int, steps: int, rng: np.random.Generator) -> Clips:
    """Draw random melodies.

    Parameters
    ----------
    count : int
    steps : int
        Sixteenths of each, at least 2. Of 16 bars there are 2 to 256 note-ons, in eight times the seconds.
    rng : Generator

    Returns
    -------
    Clips
        Named ``random 1`` and so on.
    """
    if steps < FEWEST or count < 0:
        raise ValueError(f"{count} random melodies of {steps} steps cannot be drawn; they have at least 2 steps.")
    onsets = rng.integers(FEWEST, steps + 1, count)
    # The places of a row's smallest numbers are a draw without repeats; the first step is always among them.
    order = rng.random((count, steps))
    order[:, 0] = -1.0
    rank = order.argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")
    pitches = rng.integers(LOWEST, HIGHEST + 1, (count, steps))
    tokens = np.where(rank < onsets[:, None], pitches - PITCH_OFFSET, HOLD).astype(np.int16)
    seconds = rng.integers(SHORTEST, LONGEST + 1, count) * (steps / TWO_BARS)
    qpm = (60.0 * steps / STEPS_PER_QUARTER / seconds).astype(np.float32)
    names = tuple(f"random {number + 1}" for number in range(count))
    nowhere = np.zeros(count, np.int32)
    return Clips(tokens, names, nowhere, nowhere, qpm)
