"""What the reader makes of events, held against pretty_midi, whose notes Magenta sees."""

import io
import warnings
from collections import Counter
from collections.abc import Callable

import pretty_midi
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innervoice.music.errors import MusicError
from innervoice.music.midi import score_from_midi

Row = tuple[float, float, int, int, int, bool]


def ours(data: bytes) -> Counter[Row]:
    rows = score_from_midi(data, "test.mid").notes[["start", "end", "pitch", "velocity", "program", "drum"]].tolist()
    return Counter(rows)


def theirs(data: bytes) -> Counter[Row]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # tempo on later tracks, which is one of the cases
        midi = pretty_midi.PrettyMIDI(io.BytesIO(data))
    return Counter(
        (float(note.start), float(note.end), note.pitch, note.velocity, int(player.program), player.is_drum)
        for player in midi.instruments
        for note in player.notes
    )


def on(tick: int, pitch: int = 60, channel: int = 0, velocity: int = 64) -> tuple[int, bytes]:
    return tick, bytes((0x90 | channel, pitch, velocity))


def off(tick: int, pitch: int = 60, channel: int = 0) -> tuple[int, bytes]:
    return tick, bytes((0x80 | channel, pitch, 0))


def tempo(tick: int, microseconds: int) -> tuple[int, bytes]:
    return tick, b"\xff\x51\x03" + microseconds.to_bytes(3, "big")


CASES = {
    "one off closes two": [on(0), on(10), off(20), off(30)],
    "second note has no off": [on(0), on(10), off(20)],
    "three at once": [on(0), on(10), on(15), off(20), off(20)],
    "on and off at one tick": [on(0), off(0), off(20)],
    "on and off at one tick above a sounding note": [on(0), on(10), off(10), off(20)],
    "off before on at one tick": [on(0), off(10), on(10), off(20)],
    "on and off at one tick after a stale off": [on(0), on(10), off(20), on(30), off(30), off(40)],
    "never off": [on(0), on(10, 62), off(20, 62)],
    "off by velocity 0": [on(0), on(10, velocity=0)],
    "program changes while sounding": [on(0), (5, b"\xc0\x03"), on(10, 62), off(20, 62), off(20)],
    "two channels": [on(0), on(5, channel=1), off(20, channel=1), off(30)],
    "drums": [on(0, channel=9), off(20, channel=9)],
    "tempo changes": [tempo(0, 400_000), on(0), tempo(7, 300_000), off(20), tempo(20, 300_001), on(21), off(50)],
    "pressure and bends between": [on(0), (3, b"\xd0\x40"), (4, b"\xe0\x00\x40"), (5, b"\xa0\x3c\x40"), off(9)],
}


@pytest.mark.parametrize("name", CASES)
def test_notes_are_those_of_pretty_midi(name: str, smf: Callable[..., bytes]) -> None:
    data = smf(CASES[name])
    assert ours(data) == theirs(data)


@st.composite
def tracks(draw: st.DrawFn) -> list[tuple[int, bytes]]:
    moves = st.tuples(
        st.integers(0, 3),
        st.sampled_from("nnnffpt"),
        st.integers(60, 61),
        st.sampled_from((0, 1, 9)),
        st.integers(0, 99),
    )
    now, events = 0, []
    for delta, kind, pitch, channel, value in draw(st.lists(moves, max_size=40)):
        now += delta
        made = {
            "n": on(now, pitch, channel, value),
            "f": off(now, pitch, channel),
            "p": (now, bytes((0xC0 | channel, value))),
            "t": tempo(now, 100_000 + value),
        }
        events.append(made[kind])
    return events


@given(data=st.data())
def test_any_notes_are_those_of_pretty_midi(data: st.DataObject, smf: Callable[..., bytes]) -> None:
    written = smf(
        *data.draw(st.lists(tracks(), min_size=1, max_size=3)), division=data.draw(st.sampled_from((1, 96, 480)))
    )
    assert ours(written) == theirs(written)


def test_running_status_is_kept_across_meta_events(smf: Callable[..., bytes]) -> None:
    explicit = smf([on(0), on(10, 62), (12, b"\xff\x01\x02hi"), off(20), off(30, 62)])
    running = smf([on(0), (10, b"\x3e\x40"), (12, b"\xff\x01\x02hi"), (20, b"\x3c\x00"), (30, b"\x3e\x00")])
    assert ours(running) == ours(explicit) == theirs(running)


def test_running_status_of_one_data_byte(smf: Callable[..., bytes]) -> None:
    data = smf([(0, b"\xc0\x05"), (1, b"\x06"), on(2), (5, b"\xd0\x10"), (6, b"\x11"), off(9)])
    assert ours(data) == theirs(data)


def test_system_exclusive_is_passed_over(smf: Callable[..., bytes]) -> None:
    data = smf([(0, b"\xf0\x03\x7e\x7f\xf7"), on(0), (300, b"\xf7\x01\xf6"), off(400)])
    assert ours(data) == Counter({(0.0, 400 / 960, 60, 64, 0, False): 1})


def test_meter_and_tempo_come_from_the_first_track(smf: Callable[..., bytes]) -> None:
    waltz = (0, b"\xff\x58\x04\x03\x02\x18\x08")
    score = score_from_midi(smf([tempo(0, 600_000)], [waltz, tempo(0, 100_000), on(0), off(480)]), "test.mid")
    assert score.meters.tolist() == []
    assert score.tempos["qpm"] == pytest.approx([100.0])
    assert score.seconds == pytest.approx(0.6)


def test_pedal_goes_to_the_instrument_of_its_channel(smf: Callable[..., bytes]) -> None:
    pedal = [(5, b"\xb1\x40\x7f"), (9, b"\xb1\x40\x00"), (9, b"\xb5\x40\x7f")]
    score = score_from_midi(smf([on(0), on(0, channel=1), *pedal, off(20), off(20, channel=1)]), "test.mid")
    assert score.pedals[["instrument", "value"]].tolist() == [(1, 127), (1, 0)]


def test_empty_track_among_others(smf: Callable[..., bytes]) -> None:
    data = smf([on(0), off(5)], [on(7), off(9)])
    bare = data[:10] + b"\x00\x03" + data[12:14] + b"MTrk\0\0\0\0" + data[14:]
    assert ours(bare) == ours(data)


@pytest.mark.parametrize(
    ("event", "says"),
    [
        (b"\x3c\x40", "no status"),
        (b"\xf4", "undefined"),
        (b"\x90\x80\x40", "above 127"),
        (b"\xff\x51\x01\x00", "too short"),
        (b"\xff\x51\x03\x00\x00\x00", "zero microseconds"),
        (b"\xff\x58\x04\x04\xff\x18\x08", "denominator"),
        (b"\xff\x01\x7f", "cut off"),
    ],
)
def test_damage_is_named(event: bytes, says: str, smf: Callable[..., bytes]) -> None:
    with pytest.raises(MusicError, match=says) as caught:
        score_from_midi(smf([(0, event)]), "odd.mid")
    assert str(caught.value).startswith("odd.mid")
