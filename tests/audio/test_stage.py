"""What the player does, rendered block by block and measured: changing over leaves no gap and doubles nothing."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from innervoice.audio.cue import Cue
from innervoice.audio.feed import TAP_CHANNEL
from innervoice.audio.schedule import NOTE_OFF, NOTE_ON
from innervoice.audio.stage import LEAD, Stage
from innervoice.audio.synthesizer import Synthesizer

pytestmark = pytest.mark.usefixtures("needs_fluidsynth")

Make = Callable[..., Any]
RATE, BUFFER = 44100, 512
ORGAN, FLUTE = 16, 73
C5, G5 = 523.25, 783.99


class Recorder(Synthesizer):
    """A synthesizer that keeps what it is sent."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[tuple[int, int, int, int, int]] = []

    def send(self, tick: int, kind: int, channel: int, key: int, value: int, source: int = 1) -> None:
        self.sent.append((tick, kind, channel, key, value))
        super().send(tick, kind, channel, key, value, source)


@pytest.fixture
def output() -> Iterator[Recorder]:
    made = Recorder()
    yield made
    made.close()


def listen(stage: Stage, output: Synthesizer, seconds: float) -> Any:
    """Return the next seconds of sound, in buffers as a driver asks for them."""
    blocks = []
    for _ in range(round(seconds * RATE / BUFFER)):
        stage.top_up()
        blocks.append(output.render(BUFFER))
    return np.concatenate(blocks).mean(axis=1)


def envelope(sound: Any) -> Any:
    """Return the loudness of each buffer."""
    return np.sqrt((sound[: len(sound) // BUFFER * BUFFER].reshape(-1, BUFFER) ** 2).mean(axis=1))


def strength(sound: Any, frequency: float) -> float:
    """Return the amplitude of a frequency in a sound."""
    time = np.arange(len(sound)) / RATE
    return float(2 * abs((sound * np.hanning(len(sound)) * np.exp(-2j * np.pi * frequency * time)).mean()))


def test_changing_over_leaves_no_gap_and_nothing_of_the_other(make_notes: Make, output: Recorder) -> None:
    voices = make_notes([(0.0, 8.0, 72)]), make_notes([(0.0, 8.0, 79)])
    stage = Stage(output)
    stage.begin(Cue(voices, heard=0, program=FLUTE))
    before = listen(stage, output, 1.0)[RATE // 2 :]
    sent = len(output.sent)
    stage.choose(1)
    change = listen(stage, output, 0.2)
    after = listen(stage, output, 2.0)[RATE:]
    assert strength(before, C5) > 100 * strength(before, G5)
    assert strength(after, G5) > 100 * strength(after, C5)
    quietest = envelope(change).min() / envelope(np.concatenate([before, after])).mean()
    assert quietest > 0.35, quietest  # a gap of one buffer would be 0
    assert [kind for _, kind, *_ in output.sent[sent:]] == [1, 1]  # controllers alone: no note is struck or ended


def test_changing_over_keeps_the_place_and_leaves_nothing_sounding(make_notes: Make, output: Recorder) -> None:
    steps = [(k / 4, k / 4 + 0.25) for k in range(16)]
    voices = tuple(make_notes([(a, b, pitch + k % 5) for k, (a, b) in enumerate(steps)]) for pitch in (60, 72))
    stage = Stage(output)
    stage.begin(Cue(voices, program=ORGAN))
    for turn in range(12):
        listen(stage, output, 0.3)
        place = stage.position()
        stage.choose((turn + 1) % 2)
        assert stage.position() == place
    listen(stage, output, 1.5)
    assert stage.position() is None
    struck = [(tick, channel, key) for tick, kind, channel, key, _ in output.sent if kind == NOTE_ON]
    assert len(struck) == len(set(struck)) == 32  # each note of both voices once, however often it was changed over
    assert sorted(key for _, _, key in struck) == sorted(key for _, kind, _, key, _ in output.sent if kind == NOTE_OFF)
    assert envelope(listen(stage, output, 2.0))[-20:].max() < 1e-4


@pytest.mark.parametrize("other", [{"speed": 1.5}, {"loop": True}, {"beat": 0.5}, {"span": (0.0, 5.5), "loop": True}])
def test_what_sounds_goes_on_when_the_manner_changes(make_notes: Make, output: Recorder, other: Any) -> None:
    cue = Cue((make_notes([(0.0, 6.0, 72)]),), program=FLUTE)
    stage = Stage(output)
    stage.begin(cue)
    before = envelope(listen(stage, output, 1.0)[RATE // 2 :])
    place = stage.position()
    stage.change(replace(cue, **other))
    assert stage.position() == pytest.approx(place, abs=1e-9)
    after = envelope(listen(stage, output, 0.5))
    assert after.min() > 0.5 * before.min()
    assert sum(kind == NOTE_ON and key == 72 for _, kind, _, key, _ in output.sent) == 1


def test_a_faster_tempo_is_heard_from_the_next_note_on(make_notes: Make, output: Recorder) -> None:
    cue = Cue((make_notes([(k / 2, k / 2 + 0.25, 60 + k) for k in range(8)]),))
    stage = Stage(output)
    stage.begin(cue)
    listen(stage, output, 0.8)
    output.sent.clear()
    now, place = output.tick(), stage.position()
    stage.change(replace(cue, speed=2.0))
    listen(stage, output, 2.0)
    struck = [(tick, key) for tick, kind, _, key, _ in output.sent if kind == NOTE_ON]
    assert place is not None
    assert [key for _, key in struck] == [62, 63, 64, 65, 66, 67]
    for tick, key in struck:
        assert tick == pytest.approx(now + ((key - 60) / 2 - place) / 2 * 1000, abs=1)


def test_new_notes_take_over_what_they_share_and_end_what_they_lack(make_notes: Make, output: Recorder) -> None:
    old = make_notes([(0.0, 4.0, 60), (0.0, 4.0, 64), (5.0, 6.0, 60)])
    new = make_notes([(0.0, 4.0, 60), (0.0, 4.0, 67), (5.0, 6.0, 62)])
    stage = Stage(output)
    stage.begin(Cue((old,)))
    listen(stage, output, 1.0)
    output.sent.clear()
    stage.change(Cue((new,)))
    now = output.tick()
    assert [(kind, key) for tick, kind, _, key, _ in output.sent if tick <= now] == [(NOTE_OFF, 64), (NOTE_ON, 67)]
    listen(stage, output, 6.0)
    later = [(kind, key) for tick, kind, _, key, _ in output.sent if tick > now]
    assert sorted(later) == sorted([(NOTE_OFF, 60), (NOTE_OFF, 67), (NOTE_ON, 62), (NOTE_OFF, 62)])
    assert envelope(listen(stage, output, 1.0))[-1] < 1e-3


def test_another_instrument_is_heard_in_the_note_that_sounds(make_notes: Make, output: Recorder) -> None:
    cue = Cue((make_notes([(0.0, 6.0, 72)]),), program=FLUTE)
    stage = Stage(output)
    stage.begin(cue)
    flute = listen(stage, output, 1.5)[RATE:]
    stage.change(replace(cue, program=ORGAN))
    organ = listen(stage, output, 1.5)[RATE:]
    ratio = [strength(sound, 2 * C5) / strength(sound, C5) for sound in (flute, organ)]
    assert ratio[1] != pytest.approx(ratio[0], rel=0.2)
    listen(stage, output, 4.5)
    assert envelope(listen(stage, output, 2.0))[-1] < 1e-4


def test_a_change_that_leaves_the_range_begins_there(make_notes: Make, output: Recorder) -> None:
    cue = Cue((make_notes([(k / 2, k / 2 + 0.5, 60 + k) for k in range(8)]),))
    stage = Stage(output)
    stage.begin(cue)
    listen(stage, output, 3.0)
    stage.change(replace(cue, loop=True, span=(0.5, 1.0)))
    listen(stage, output, 0.1)
    assert 0.5 <= (stage.position() or 0.0) < 1.0


def test_a_tap_is_short_has_its_velocity_and_takes_the_place_of_the_last(output: Recorder) -> None:
    stage = Stage(output)
    loud = []
    for velocity in (40, 120):
        stage.tap(72, velocity, FLUTE)
        assert not stage.supplied
        loud.append(envelope(listen(stage, output, 0.3)).max())
        rest = envelope(listen(stage, output, 3.0))
        assert rest[-1] < 1e-4
    assert loud[1] > 2 * loud[0]
    stage.tap(60, 100, ORGAN)
    stage.tap(67, 100, ORGAN)
    listen(stage, output, 4.0)
    assert envelope(listen(stage, output, 0.5)).max() < 1e-4


def test_a_tap_over_music_leaves_the_music_alone(make_notes: Make, output: Recorder) -> None:
    stage = Stage(output)
    cue = Cue((make_notes([(0.0, 4.0, 72)]),), program=FLUTE)
    stage.begin(cue)
    listen(stage, output, 0.5)
    stage.tap(79, 100, FLUTE)
    stage.change(replace(cue, loop=True))  # what is handed over must not forget the end of the tap
    mixed = listen(stage, output, 0.3)
    assert strength(mixed, G5) > 0.001
    later = listen(stage, output, 2.5)[-RATE:]
    assert strength(later, C5) > 100 * strength(later, G5)
    assert {channel for _, _, channel, key, _ in output.sent if key == 79} == {TAP_CHANNEL}


def test_the_volume_is_heard_at_once(make_notes: Make, output: Recorder) -> None:
    stage = Stage(output)
    stage.begin(Cue((make_notes([(0.0, 6.0, 72)]),), program=ORGAN))
    before = envelope(listen(stage, output, 1.0))[-20:].mean()
    output.set_volume(0.25)
    after = envelope(listen(stage, output, 0.5))[-20:].mean()
    assert after == pytest.approx(before / 4, rel=0.25)


def test_music_begins_when_it_should(make_notes: Make, output: Recorder) -> None:
    stage = Stage(output)
    stage.begin(Cue((make_notes([(0.0, 1.0, 72)]),), program=ORGAN))
    loud = np.flatnonzero(np.abs(listen(stage, output, 0.5)) > 0.005)[0] / RATE
    assert loud == pytest.approx(LEAD / 1000, abs=0.03)


def test_the_drums_of_both_voices_are_drums(make_notes: Make, output: Recorder) -> None:
    drums = make_notes([(0.0, 0.5, 38)], drum=True)
    heard = []
    for voice in (0, 1):
        stage = Stage(output)
        stage.begin(Cue((drums, drums), heard=voice))
        heard.append(listen(stage, output, 3.0)[: RATE // 2])
    assert np.abs(np.fft.rfft(heard[0])).argmax() == np.abs(np.fft.rfft(heard[1])).argmax()
    assert np.abs(heard[0]).max() == pytest.approx(np.abs(heard[1]).max(), rel=0.05)


def test_the_metronome_is_heard_with_the_music_and_alone(make_notes: Make, output: Recorder) -> None:
    stage = Stage(output)
    stage.begin(Cue((make_notes([]),), length=2.0, beat=0.5))
    loud = np.flatnonzero(envelope(listen(stage, output, 2.2)) > 0.004) * BUFFER / RATE
    starts = loud[np.flatnonzero(np.diff(loud, prepend=-1.0) > 0.2)]
    assert starts == pytest.approx(LEAD / 1000 + np.array([0.0, 0.5, 1.0, 1.5]), abs=0.03)
