"""The bars of a score as clips, silent ones among them, so that a song stays whole."""

from __future__ import annotations

import numpy as np

from innervoice.music.bar_words import rolls_to_words
from innervoice.music.bars import cut_bars
from innervoice.music.clips import Clips
from innervoice.music.limits import Limits
from innervoice.music.melody import Extraction
from innervoice.music.score import Score
from innervoice.music.tokens import STEPS_PER_BAR, STEPS_PER_QUARTER


def extract_bars(score: Score, limits: Limits | None = None, length: int = STEPS_PER_BAR) -> Extraction:
    """Every bar of a score, or frame of another length, in order as a clip of packed words; without a note none.

    Parameters
    ----------
    score : Score
    limits : Limits, optional
        As `innervoice.music.bars.cut_bars`.
    """
    bars = cut_bars(score, limits, length)
    sounding = len(bars) if bars.rolls.any() else 0
    first = np.floor(bars.first_quarter[:sounding] * STEPS_PER_QUARTER + 0.5).astype(np.int32)
    clips = Clips(
        rolls_to_words(bars.rolls[:sounding]),
        (score.name,) * sounding,
        np.zeros(sounding, np.int32),
        first,
        bars.qpm[:sounding],
    )
    return Extraction(clips, bars.rejected)
