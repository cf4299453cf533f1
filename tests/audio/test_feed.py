"""A schedule unrolled in time."""

from collections.abc import Callable
from itertools import islice
from typing import Any

import pytest

from innervoice.audio.cue import Cue
from innervoice.audio.feed import Supply, make_feed
from innervoice.audio.schedule import NOTE_OFF, NOTE_ON

Make = Callable[..., Any]


def test_once_through(make_notes: Make) -> None:
    feed = make_feed(Cue((make_notes([(0.0, 0.5, 60), (0.5, 1.0, 62)]),), loop=False, start=0.0, length=None))
    assert [(tick, kind, key) for tick, kind, _, key, _ in feed.events()] == [
        (0, NOTE_ON, 60),
        (500, NOTE_OFF, 60),
        (500, NOTE_ON, 62),
        (1000, NOTE_OFF, 62),
    ]
    assert feed.position(250) == 0.25
    assert feed.position(1000) is None


def test_from_the_middle_the_first_note_is_left_out(make_notes: Make) -> None:
    feed = make_feed(Cue((make_notes([(0.0, 0.5, 60), (0.5, 1.0, 62)]),), loop=False, start=0.25, length=None))
    assert [(tick, key) for tick, kind, _, key, _ in feed.events() if kind == NOTE_ON] == [(250, 62)]
    assert feed.position(0) == 0.25


def test_a_loop_lasts_as_long_as_asked_and_comes_back(make_notes: Make) -> None:
    feed = make_feed(Cue((make_notes([(0.0, 0.5, 60)]),), loop=True, start=0.0, length=2.0))
    struck = (tick for tick, kind, *_ in feed.events() if kind == NOTE_ON)
    assert list(islice(struck, 3)) == [0, 2000, 4000]
    assert feed.position(4500) == pytest.approx(0.5)


def test_a_loop_from_the_middle_is_whole_from_the_second_round_on(make_notes: Make) -> None:
    feed = make_feed(Cue((make_notes([(0.0, 0.5, 60), (0.5, 1.0, 62)]),), loop=True, start=0.5, length=None))
    struck = ((tick, key) for tick, kind, _, key, _ in feed.events() if kind == NOTE_ON)
    assert list(islice(struck, 3)) == [(0, 62), (500, 60), (1000, 62)]


def test_an_empty_loop_ends_instead_of_spinning(make_notes: Make) -> None:
    assert list(make_feed(Cue((make_notes([]),), loop=True, length=1.0)).events()) == []


def test_supply_hands_out_each_event_once_and_only_in_time(make_notes: Make) -> None:
    supply = Supply(make_feed(Cue((make_notes([(0.0, 0.5, 60), (3.0, 4.0, 62)]),))))
    assert [tick for tick, *_ in supply.until(1000)] == [0, 500]
    assert [tick for tick, *_ in supply.until(1000)] == []
    assert [tick for tick, *_ in supply.until(9000)] == [3000, 4000]
