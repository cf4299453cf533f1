"""The same performance in another key or tempo."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innervoice.music.performance.changes import stretched, transposed, without_shifts
from innervoice.music.performance.decoding import decode, event_steps
from innervoice.music.performance.encoding import with_gaps
from innervoice.music.performance.vocabulary import PERFORMANCE

NAMES = {name: number for number, name in enumerate(PERFORMANCE.names())}
rows = st.lists(st.integers(0, PERFORMANCE.size - 1), max_size=60).map(lambda row: np.array(row, np.int16))


@given(rows, st.integers(-12, 12))
def test_transposition_moves_keys_and_nothing_else(events: np.ndarray, semitones: int) -> None:
    moved = transposed(events, semitones)
    keys = events < 256
    pitches = events[keys] % 128 + semitones
    if len(pitches) and pitches.min() >= 0 and pitches.max() <= 127:
        assert (moved[keys] % 128 == pitches).all()
        assert (moved[keys] // 128 == events[keys] // 128).all()
        assert (transposed(moved, -semitones) == events).all()
    else:
        assert (moved == events).all()
    assert (moved[~keys] == events[~keys]).all()


@given(rows, st.floats(0.5, 2.0))
def test_stretching_multiplies_times(events: np.ndarray, factor: float) -> None:
    slower = stretched(events, factor)
    timeless = [row[(row < 288) | (row >= 388)] for row in (events, slower)]
    assert timeless[0].tolist() == timeless[1].tolist()
    before = event_steps(events)[(events < 288) | (events >= 388)]
    after = event_steps(slower)[(slower < 288) | (slower >= 388)]
    assert ((np.diff(after) > 0) == (np.diff(before) > 0)).all()
    # Only gaps that would have closed add to the rounding's half step.
    kept_open = np.cumsum(np.diff(before, prepend=0) > 0) * (factor < 1)
    assert (np.abs(after - before * factor) <= 0.5 + 1e-6 + kept_open).all()


def test_a_long_rest_takes_as_many_shifts_as_it_needs() -> None:
    rest = [NAMES["NOTE_ON 60"], NAMES["TIME_SHIFT 1 s"], NAMES["TIME_SHIFT 0.95 s"], NAMES["NOTE_OFF 60"]]
    names = PERFORMANCE.names()
    assert [names[event] for event in stretched(np.array(rest), 1.1)] == [
        "NOTE_ON 60",
        "TIME_SHIFT 1 s",
        "TIME_SHIFT 1 s",
        "TIME_SHIFT 0.15 s",
        "NOTE_OFF 60",
    ]
    assert decode(stretched(np.array(rest), 0.5)).notes["end"] == pytest.approx([0.98])


@given(rows)
def test_time_shifts_come_out_and_go_in_again(events: np.ndarray) -> None:
    ids, gaps = without_shifts(events)
    again = with_gaps(ids, gaps, PERFORMANCE)
    assert event_steps(again)[np.isin(again, ids)].tolist() == np.cumsum(gaps).tolist()
    assert [part.tolist() for part in without_shifts(again)] == [ids.tolist(), gaps.tolist()]
