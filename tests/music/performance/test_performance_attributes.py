"""Attributes of a stretch, against what one counts by hand; prompts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from innervoice.music.errors import MusicError
from innervoice.music.performance.attributes import PERFORMANCE_ATTRIBUTES, performance_attributes
from innervoice.music.performance.encoding import encode
from innervoice.music.performance.prompts import prompt, whole_prompt
from innervoice.music.performance.vocabulary import PUBLISHED
from innervoice.music.score import METER, NOTE, PEDAL, TEMPO, Score


def score(rows: list[tuple[float, float, int, int]], pedals: list[tuple[float, int]] = []) -> Score:  # noqa: B006
    notes = np.zeros(len(rows), NOTE)
    for at, (start, end, pitch, velocity) in enumerate(rows):
        notes[at] = (start, end, 0, 0, pitch, velocity, 0, 0, False)
    changes = np.array([(time, 0, value) for time, value in pedals], PEDAL)
    return Score("made.mid", "", notes, np.array([(0, 0, 120)], TEMPO), np.zeros(0, METER), changes, 480, "")


def test_attributes_are_what_one_counts() -> None:
    made = score([(0, 2, 60, 40), (0.02, 1, 64, 60), (1, 2, 72, 80), (3, 4, 60, 40)], [(1.0, 127), (3.0, 0)])
    found = dict(zip(PERFORMANCE_ATTRIBUTES, performance_attributes(made), strict=True))
    assert found["density"] == 1.0
    assert found["pitch"] == 64.0
    assert found["range"] == 12.0
    assert found["loudness"] == 55.0
    assert found["accents"] == pytest.approx(np.std([40, 60, 80, 40]))
    assert found["length"] == pytest.approx(1.0)
    assert found["voices"] == pytest.approx((2 + 0.98 + 1 + 1) / 4)
    assert found["chords"] == pytest.approx(1 / 3)
    assert found["rubato"] == pytest.approx(np.std(np.log([1.0, 2.0])))
    assert found["pedal"] == pytest.approx(0.5)
    assert np.isnan(performance_attributes(score([(0, 1, 60, 40)]))).all()


def test_a_prompt_begins_at_the_first_note_and_has_no_end() -> None:
    made = score([(5, 6, 60, 80), (5.5, 7, 64, 80)])
    assert whole_prompt(made)[0] == 390
    assert whole_prompt(made)[-1] == 192
    assert prompt(made, 3).tolist() == [390, 276, 60, 337]
    assert prompt(made, 3, vocabulary=PUBLISHED).tolist() == [276, 60, 337]
    assert len(prompt(made, 1000)) == len(encode(made)) - 2 - 4  # the five seconds before, and the end
    drums = replace(made, notes=made.notes.copy())
    drums.notes["drum"] = True
    with pytest.raises(MusicError, match="has no notes to go on with"):
        prompt(drums)
