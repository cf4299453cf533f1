"""What a cue becomes: ranges, tempo, instrument, metronome."""

from collections.abc import Callable
from itertools import islice, takewhile
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innervoice.audio.cue import Cue, cut_notes, cut_pedals
from innervoice.audio.feed import CLICK_CHANNEL, VOICE_CHANNELS, make_feed, voice_of
from innervoice.audio.metronome import ACCENT_KEY, BEAT_KEY, clicks
from innervoice.audio.schedule import NOTE_OFF, NOTE_ON, PEDAL
from innervoice.music.score import NOTE
from innervoice.music.score import PEDAL as PEDAL_ROW

Make = Callable[..., Any]
SIXTEENTH = 0.125


@st.composite
def melodies(draw: st.DrawFn) -> Any:
    """Monophonic notes on a grid of sixteenths at 120 quarters a minute, up to two bars."""
    steps = draw(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 6), st.integers(40, 90)), max_size=8))
    notes, now = np.zeros(len(steps), NOTE), 0
    for place, (rest, length, pitch) in enumerate(steps):
        notes[place]["start"], notes[place]["end"] = (now + rest) * SIXTEENTH, (now + rest + length) * SIXTEENTH
        notes[place]["pitch"], notes[place]["velocity"] = pitch, 80
        now += rest + length
    return notes


def until(cue: Cue, milliseconds: int) -> list[Any]:
    return list(takewhile(lambda event: event[0] <= milliseconds, islice(make_feed(cue).events(), 5000)))


@given(melodies(), melodies(), st.floats(0.25, 4.0), st.integers(0, 30), st.integers(1, 20), st.booleans())
def test_every_key_that_goes_down_comes_up_again_in_every_loop(
    one: Any, other: Any, speed: float, first: int, steps: int, metronome: bool
) -> None:
    span = (first * SIXTEENTH, (first + steps) * SIXTEENTH)
    cue = Cue((one, other), loop=True, span=span, length=4.0, speed=speed, beat=0.5 if metronome else None)
    down: dict[tuple[int, int], int] = {}
    last = 0
    for tick, kind, channel, key, _ in until(cue, 20_000):
        assert tick >= last
        last = tick
        if kind == NOTE_ON:
            assert (channel, key) not in down
            down[channel, key] = tick
        elif kind == NOTE_OFF:
            assert down.pop((channel, key)) < tick


@given(melodies(), st.floats(0.05, 20.0))
def test_a_tempo_scales_every_time_and_nothing_else(notes: Any, speed: float) -> None:
    plain, fast = (make_feed(Cue((notes,), speed=factor)) for factor in (1.0, speed))
    np.testing.assert_allclose(np.sort(fast.plan.events["time"]) * speed, np.sort(plain.plan.events["time"]), atol=0.05)
    assert sorted(fast.plan.events["key"].tolist()) == sorted(plain.plan.events["key"].tolist())
    assert fast.end == plain.end
    if plain.end:
        assert fast.position(0) == 0.0
        assert fast.position(round(fast.end / speed * 1000) + 2) is None


@given(st.floats(0.0, 30.0), st.floats(0.01, 30.0), st.floats(0.15, 3.0), st.integers(2, 7), st.floats(0.1, 5.0))
def test_the_metronome_strikes_every_beat_once_and_accents_the_bar(
    begin: float, length: float, beat: float, beats_per_bar: int, speed: float
) -> None:
    events = clicks(begin, begin + length, beat, beats_per_bar, speed, CLICK_CHANNEL)
    struck = events[events["kind"] == NOTE_ON]
    numbers = [k for k in range(500) if begin - 1e-6 <= k * beat < begin + length - 1e-6]
    np.testing.assert_allclose(struck["time"] * speed, [k * beat for k in numbers], atol=2e-6)
    assert struck["key"].tolist() == [ACCENT_KEY if k % beats_per_bar == 0 else BEAT_KEY for k in numbers]
    ended = events[events["kind"] == NOTE_OFF]
    assert (ended["time"] > struck["time"] - 1e-9).all()
    assert (ended["time"] <= (begin + length) / speed + 1e-9).all()


def test_rounds_of_a_loop_meet_with_one_click_and_no_drift(make_notes: Make) -> None:
    cue = Cue((make_notes([(0.0, 0.5, 60)]),), loop=True, span=(0.0, 1.0), length=2.0, speed=3.0, beat=0.5)
    beats = [tick for tick, kind, channel, *_ in until(cue, 200_000) if kind == NOTE_ON and channel == CLICK_CHANNEL]
    assert beats == [round(k * 500 / 3) for k in range(len(beats))]
    assert len(beats) > 1000


def test_a_range_holds_what_begins_in_it_and_ends_with_it(make_notes: Make) -> None:
    notes = make_notes([(0.0, 1.0, 60), (1.0, 2.5, 62), (2.0, 3.0, 64), (2.5, 3.0, 65)])
    kept = cut_notes(notes, 0.5, 2.25)
    assert [(row["start"], row["end"], row["pitch"]) for row in kept] == [(1.0, 2.25, 62), (2.0, 2.25, 64)]
    assert notes["end"].tolist() == [1.0, 2.5, 3.0, 3.0]


def test_a_range_keeps_the_pedal_that_is_down_and_lifts_it_at_its_end() -> None:
    pedals = np.array([(0.0, 0, 127), (1.0, 0, 0), (2.0, 0, 100), (4.0, 0, 0)], PEDAL_ROW)
    kept = cut_pedals(pedals, 0.5, 3.0)
    assert kept.tolist() == [(0.5, 0, 127), (1.0, 0, 0), (2.0, 0, 100), (3.0, 0, 0)]
    assert cut_pedals(pedals[:0], 0.5, 3.0).tolist() == []


def test_the_pedal_before_the_start_is_kept(make_notes: Make) -> None:
    pedals = np.array([(0.0, 0, 127)], PEDAL_ROW)
    cue = Cue((make_notes([(0.0, 2.0, 60), (1.0, 2.0, 64)]),), start=0.5, pedals=pedals, speed=2.0)
    assert [(tick, kind) for tick, kind, *_ in until(cue, 400)] == [(0, PEDAL), (250, NOTE_ON)]


def test_voices_have_channels_of_their_own(make_notes: Make) -> None:
    drums = make_notes([(0.0, 1.0, 38)], drum=True)
    melody = make_notes([(0.0, 1.0, 60)])
    feed = make_feed(Cue((drums, np.concatenate([drums, melody])), program=40))
    channels = {(voice_of(int(row["channel"])), int(row["channel"]) % 16 == 9) for row in feed.plan.events}
    assert channels == {(0, True), (1, True), (1, False)}
    assert feed.plan.programs == ((VOICE_CHANNELS, 40),)


def test_music_of_several_instruments_keeps_its_own(make_notes: Make) -> None:
    band = np.concatenate([make_notes([(0.0, 1.0, 60)], 0, 24), make_notes([(0.0, 1.0, 48)], 1, 32)])
    assert [program for _, program in make_feed(Cue((band,), program=40)).plan.programs] == [24, 32]


def test_more_instruments_than_channels_share_some(make_notes: Make) -> None:
    crowd = np.concatenate([make_notes([(0.0, 1.0, 60)], number, number % 128) for number in range(200)])
    feed = make_feed(Cue((crowd, crowd)))
    assert set(feed.plan.events["channel"].tolist()) <= set(range(2 * VOICE_CHANNELS))


@pytest.mark.parametrize("speed", [0.0, -1.0, float("nan"), float("inf"), 1e9])
def test_an_impossible_tempo_is_kept_within_bounds(make_notes: Make, speed: float) -> None:
    assert 0 < make_feed(Cue((make_notes([(0.0, 1.0, 60)]),), speed=speed)).speed <= 32


def test_a_range_outside_the_music_is_empty_and_ends(make_notes: Make) -> None:
    cue = Cue((make_notes([(0.0, 1.0, 60)]),), span=(5.0, 9.0), loop=True)
    feed = make_feed(cue)
    assert list(feed.events()) == []
    assert feed.position(0) == 1.0
