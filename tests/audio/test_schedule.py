"""Notes as events: order, channels, and keys that are struck twice."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innervoice.audio.errors import AudioError
from innervoice.audio.schedule import DRUM_CHANNEL, NOTE_OFF, NOTE_ON, PEDAL, SHORTEST, schedule
from innervoice.music.score import NOTE

PEDAL_CHANGE = np.dtype([("time", "f8"), ("instrument", "i4"), ("value", "i2")])


def rows(plan: Any) -> list[tuple[float, int, int]]:
    return [(float(time), int(kind), int(key)) for time, kind, _, key, _ in plan.events.tolist()]


def test_one_note_is_an_on_and_an_off(make_notes: Callable[..., Any]) -> None:
    plan = schedule(make_notes([(0.5, 1.0, 60)], program=24))
    assert rows(plan) == [(0.5, NOTE_ON, 60), (1.0, NOTE_OFF, 60)]
    assert plan.programs == ((0, 24),)
    assert plan.seconds == 1.0


def test_a_note_ends_before_the_next_on_its_key_begins(make_notes: Callable[..., Any]) -> None:
    plan = schedule(make_notes([(0.0, 1.0, 60), (1.0, 2.0, 60)]))
    assert [kind for _, kind, _ in rows(plan)] == [NOTE_ON, NOTE_OFF, NOTE_ON, NOTE_OFF]


def test_overlapping_notes_of_one_key_do_not_cut_the_later_short(make_notes: Callable[..., Any]) -> None:
    plan = schedule(make_notes([(0.0, 2.0, 60), (1.0, 3.0, 60)]))
    assert rows(plan) == [(0.0, NOTE_ON, 60), (1.0, NOTE_OFF, 60), (1.0, NOTE_ON, 60), (3.0, NOTE_OFF, 60)]


def test_of_two_struck_at_once_the_longer_stays(make_notes: Callable[..., Any]) -> None:
    plan = schedule(make_notes([(0.0, 2.0, 60), (0.0, 1.0, 60)]))
    assert rows(plan) == [(0.0, NOTE_ON, 60), (2.0, NOTE_OFF, 60)]


def test_a_note_without_length_still_ends_after_it_starts(make_notes: Callable[..., Any]) -> None:
    plan = schedule(make_notes([(1.0, 1.0, 60)]))
    assert rows(plan) == [(1.0, NOTE_ON, 60), (1.0 + SHORTEST, NOTE_OFF, 60)]


def test_drums_go_to_the_drum_channel_and_others_never(make_notes: Callable[..., Any]) -> None:
    parts = [make_notes([(0.0, 1.0, 60)], instrument=k, program=k) for k in range(20)]
    drums = make_notes([(0.0, 1.0, 38)], instrument=20, drum=True)
    plan = schedule(np.concatenate([*parts, drums]))
    on = plan.events[plan.events["kind"] == NOTE_ON]
    assert set(on["channel"][on["key"] == 38].tolist()) == {DRUM_CHANNEL}
    melodic = on["channel"][on["key"] == 60]
    assert len(set(melodic.tolist())) == 20
    assert not (melodic % 16 == DRUM_CHANNEL).any()


def test_more_instruments_than_channels_share_by_program(make_notes: Callable[..., Any]) -> None:
    parts = [make_notes([(0.0, 1.0, k % 100)], instrument=k, program=k % 7) for k in range(300)]
    plan = schedule(np.concatenate(parts))
    assert len({channel for channel, _ in plan.programs}) == len(plan.programs) == 7


def test_the_pedal_goes_to_its_instrument_and_before_the_notes(
    make_notes: Callable[..., Any],
) -> None:
    notes = np.concatenate([make_notes([(1.0, 2.0, 60)]), make_notes([(1.0, 2.0, 72)], instrument=1, program=5)])
    pedals = np.array([(1.0, 1, 127), (3.0, 9, 127)], PEDAL_CHANGE)
    events = schedule(notes, pedals).events
    pedal = events[events["kind"] == PEDAL]
    assert pedal["key"].tolist() == [64]
    assert pedal["channel"].tolist() == events["channel"][(events["key"] == 72)].tolist()[:1]
    assert events["kind"][0] == PEDAL


def test_nothing_to_play_is_an_empty_schedule() -> None:
    plan = schedule(np.zeros(0, NOTE))
    assert len(plan.events) == 0
    assert plan.seconds == 0.0


@pytest.mark.parametrize(("start", "end"), [(-1.0, 1.0), (2.0, 1.0), (0.0, np.inf), (np.nan, 1.0)])
def test_impossible_times_are_refused(make_notes: Callable[..., Any], start: float, end: float) -> None:
    with pytest.raises(AudioError, match="cannot be played"):
        schedule(make_notes([(start, end, 60)]))


NOTES = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 20), st.integers(58, 62)), max_size=20)


@given(NOTES)
def test_every_key_that_goes_down_comes_up_once_before_it_goes_down_again(drawn: list[tuple[int, int, int]]) -> None:
    notes = np.zeros(len(drawn), NOTE)
    for place, (start, length, pitch) in enumerate(drawn):
        notes["start"][place], notes["end"][place], notes["pitch"][place] = start / 8, (start + length) / 8, pitch
    plan = schedule(notes)
    down: set[int] = set()
    for _, kind, key in rows(plan):
        if kind == NOTE_ON:
            assert key not in down
            down.add(key)
        else:
            down.remove(key)
    assert not down
    assert {(note["start"], note["pitch"]) for note in notes} == {(time, key) for time, kind, key in rows(plan) if kind}
