"""Notes to play, and a sound output that needs no sound card."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from innervoice.audio.synth import audio_problem
from innervoice.music.score import NOTE

Row = tuple[float, float, int]


@pytest.fixture
def needs_fluidsynth() -> None:
    if problem := audio_problem():
        pytest.skip(problem)


@pytest.fixture
def make_notes() -> Callable[..., Any]:
    def make(rows: Sequence[Row], instrument: int = 0, program: int = 0, drum: bool = False) -> Any:
        notes = np.zeros(len(rows), NOTE)
        for place, (start, end, pitch) in enumerate(rows):
            notes[place] = (start, end, 2 * start, 2 * end, pitch, 100, instrument, program, drum)
        return notes

    return make


@pytest.fixture
def file_driver(tmp_path: Path) -> str:
    """Return a driver that plays in real time into tmp_path/played.wav."""
    return f"file:{tmp_path / 'played.wav'}"
