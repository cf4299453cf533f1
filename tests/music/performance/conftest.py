"""Performances made note by note, for tests of the event code."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from innervoice.music.score import METER, NOTE, PEDAL, TEMPO, Score

NoteRow = tuple[float, float, int, int]
PedalRow = tuple[float, int]


def performed(notes: Sequence[NoteRow], pedals: Sequence[PedalRow] = (), tempo: float = 120.0) -> Score:
    """Score of notes (start, end, pitch, velocity) and pedal changes (time, value), times in seconds."""
    table = np.zeros(len(notes), NOTE)
    for row, (start, end, pitch, velocity) in enumerate(notes):
        table[row] = (start, end, start * tempo / 60, end * tempo / 60, pitch, velocity, 0, 0, False)
    pressed = np.array([(time, 0, value) for time, value in pedals], PEDAL)
    return Score("test", "", table, np.array([(0, 0, tempo)], TEMPO), np.zeros(0, METER), pressed, 480, "")


@pytest.fixture(scope="session")
def perform() -> Callable[..., Score]:
    """Function that makes a score of notes (start, end, pitch, velocity) and pedal changes (time, value)."""
    return performed
