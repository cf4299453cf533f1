"""Events into notes and pedal: any events, as a model draws them."""

import numpy as np
import pytest

from innervoice.music.errors import MusicError
from innervoice.music.limits import Limits
from innervoice.music.performance.decoding import decode, event_steps
from innervoice.music.performance.vocabulary import PERFORMANCE

NAMES = {name: number for number, name in enumerate(PERFORMANCE.names())}


def events(*names: str) -> np.ndarray:
    return np.array([NAMES[name] for name in names], np.int16)


def test_everything_that_sounds_at_the_end_ends_there() -> None:
    score = decode(events("NOTE_ON 60", "SUSTAIN_ON", "TIME_SHIFT 0.5 s", "NOTE_ON 64"))
    assert score.notes[["pitch", "start", "end"]].tolist() == [(60, 0.0, 0.5), (64, 0.5, 0.51)]
    assert score.pedals[["time", "value"]].tolist() == [(0.0, 127), (0.5, 0)]
    assert score.seconds == 0.51


def test_events_that_change_nothing_are_ignored() -> None:
    plain = events("VELOCITY 20", "SUSTAIN_ON", "NOTE_ON 60", "TIME_SHIFT 1 s", "NOTE_OFF 60", "SUSTAIN_OFF")
    noisy = events(
        *("BOS", "NOTE_OFF 60", "SUSTAIN_OFF", "PAD", "VELOCITY 3", "VELOCITY 20", "SUSTAIN_ON", "NOTE_ON 60"),
        *("TIME_SHIFT 0.5 s", "SUSTAIN_ON", "NOTE_OFF 61", "TIME_SHIFT 0.5 s", "NOTE_OFF 60", "NOTE_ON 70"),
        *("NOTE_OFF 70", "SUSTAIN_OFF", "SUSTAIN_OFF", "EOS", "NOTE_ON 3", "TIME_SHIFT 1 s"),
    )
    assert decode(noisy).sha256 == decode(plain).sha256


def test_a_key_struck_again_ends_the_note_before() -> None:
    notes = decode(events("NOTE_ON 60", "TIME_SHIFT 0.2 s", "NOTE_ON 60", "TIME_SHIFT 0.1 s", "NOTE_OFF 60")).notes
    assert notes["start"].tolist() == [0.0, 0.2]
    assert notes["end"] == pytest.approx([0.2, 0.3])
    assert notes["velocity"].tolist() == [64, 64]


def test_places_are_told_in_seconds_and_quarters_of_one_tempo() -> None:
    score = decode(events("TIME_SHIFT 1 s", "NOTE_ON 60", "TIME_SHIFT 1 s", "NOTE_OFF 60"))
    assert score.notes[["start", "start_quarter", "end_quarter"]].tolist() == [(1.0, 2.0, 4.0)]
    assert score.tempos.tolist() == [(0.0, 0.0, 120.0)]


def test_steps_of_events() -> None:
    row = events("BOS", "NOTE_ON 60", "TIME_SHIFT 1 s", "TIME_SHIFT 0.02 s", "NOTE_OFF 60", "EOS")
    assert event_steps(row).tolist() == [0, 0, 100, 102, 102, 102]
    assert event_steps(row[:0]).tolist() == []


def test_limits_hold() -> None:
    with pytest.raises(MusicError, match="longer than the limit of 1 s"):
        decode(events("NOTE_ON 60", "TIME_SHIFT 1 s", "TIME_SHIFT 1 s"), limits=Limits(seconds=1.0))
    with pytest.raises(MusicError, match="more notes than the limit of 1;"):
        decode(events("NOTE_ON 60", "NOTE_ON 62", "TIME_SHIFT 1 s"), limits=Limits(notes=1))
    assert decode(events()).seconds == 0
