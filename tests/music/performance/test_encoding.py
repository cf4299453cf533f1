"""Notes and pedal into events."""

from collections.abc import Callable

import numpy as np
import pytest

from innervoice.music.errors import MusicError
from innervoice.music.limits import Limits
from innervoice.music.performance.decoding import decode
from innervoice.music.performance.encoding import EncodingRules, encode
from innervoice.music.performance.vocabulary import PUBLISHED, TOY
from innervoice.music.score import Score

Perform = Callable[..., Score]
NONE, EXTEND = EncodingRules(sustain="none"), EncodingRules(sustain="extend")


def said(score: Score, rules: EncodingRules | None = None) -> list[str]:
    names = PUBLISHED.names()
    return [names[event] for event in encode(score, rules, PUBLISHED)]


def test_the_article_s_simplified_example(perform: Perform) -> None:
    score = perform([(0.0, 0.004, 60, 20), (0.0, 0.025, 62, 20), (0.004, 0.025, 63, 100)])
    events = encode(score, vocabulary=TOY)
    assert [TOY.names()[event] for event in events] == [
        "VELOCITY 0",
        "NOTE_ON 60",
        "NOTE_ON 62",
        "TIME_SHIFT 0.004 s",
        "NOTE_OFF 60",
        "VELOCITY 3",
        "NOTE_ON 63",
        "TIME_SHIFT 0.01 s",
        "TIME_SHIFT 0.01 s",
        "TIME_SHIFT 0.001 s",
        "NOTE_OFF 62",
        "NOTE_OFF 63",
    ]
    rows = np.eye(22, dtype=int)[events]
    assert rows.shape == (12, 22)
    # The first step of the article's kind of figure: one hot place, the lowest velocity bin after 4 + 4 pitches.
    assert rows[0].tolist() == [0] * 8 + [1] + [0] * 13
    back = decode(events, TOY)
    assert back.notes["pitch"].tolist() == [60, 62, 63]
    assert back.notes["end"] == pytest.approx([0.004, 0.025, 0.025])


def test_down_is_from_64_on_and_markers_stand_around(perform: Perform) -> None:
    score = perform([(0.5, 1.0, 60, 80)], [(0.2, 63), (0.7, 64), (1.5, 63)])
    assert encode(score).tolist() == [390, 337, 276, 60, 307, 388, 317, 188, 337, 389, 391]
    assert said(score)[-4:] == ["TIME_SHIFT 0.3 s", "NOTE_OFF 60", "TIME_SHIFT 0.5 s", "SUSTAIN_OFF"]


def test_the_pedal_can_be_left_out_or_lengthen_notes(perform: Perform) -> None:
    notes = [(0.0, 0.3, 60, 80), (0.5, 0.6, 60, 80), (0.2, 0.4, 72, 80), (0.9, 1.4, 74, 80)]
    score = perform(notes, [(0.1, 127), (1.0, 0)])
    ends = {}
    for rules in (NONE, EXTEND):
        assert not [name for name in said(score, rules) if name.startswith("SUSTAIN")]
        back = decode(encode(score, rules)).notes
        ends[rules.sustain] = [(pitch, round(end, 2)) for pitch, end in back[["pitch", "end"]].tolist()]
    assert ends["none"] == [(60, 0.3), (72, 0.4), (60, 0.6), (74, 1.4)]
    # To the next note of the pitch, to the pedal's end; a note that outlasts the pedal stays as it is.
    assert ends["extend"] == [(60, 0.5), (72, 1.0), (60, 1.0), (74, 1.4)]


def test_events_of_one_moment_have_one_order(perform: Perform) -> None:
    notes = [(1.0, 1.5, 64, 80), (0.0, 1.0, 60, 80), (0.0, 1.0, 55, 80), (1.0, 1.5, 62, 40)]
    pedals = [(0.0, 127), (1.001, 0), (1.002, 127), (1.5, 0)]
    assert said(perform(notes, pedals))[5:12] == [
        "SUSTAIN_OFF",
        "NOTE_OFF 55",
        "NOTE_OFF 60",
        "SUSTAIN_ON",
        "VELOCITY 10",
        "NOTE_ON 62",
        "VELOCITY 20",
    ]


def test_pedals_of_several_tracks_are_one_that_is_down_while_any_is(perform: Perform) -> None:
    score = perform([(0.0, 2.0, 60, 80)], [(0.1, 127), (0.3, 127), (0.5, 0), (0.9, 0)])
    score.pedals["instrument"] = [0, 1, 0, 1]
    pedals = decode(encode(score)).pedals
    assert pedals["time"] == pytest.approx([0.1, 0.9])
    assert pedals["value"].tolist() == [127, 0]


def test_what_is_still_down_at_the_end_is_let_go(perform: Perform) -> None:
    endless = perform([(0.0, 1.0, 60, 80)], [(0.5, 127)])
    assert said(endless)[-2:] == ["SUSTAIN_OFF", "NOTE_OFF 60"]
    forgotten = perform([(0.0, 1.0, 60, 80)], [(0.5, 127), (1e9, 0)])
    assert decode(encode(forgotten)).pedals["time"] == pytest.approx([0.5, 31.0])


def test_a_pedal_that_goes_down_in_the_step_of_the_last_release_sounds_nothing(perform: Perform) -> None:
    score = perform([(0.0, 1.0445, 66, 80)], [(0.5, 127), (0.9, 0), (1.0373, 127), (1.6768, 0)])
    events = encode(score)
    assert decode(events).pedals["time"].tolist() == pytest.approx([0.5, 0.9])
    assert encode(decode(events)).tolist() == events.tolist()


def test_absolute_times_do_not_drift_and_published_intervals_do(perform: Perform) -> None:
    score = perform([(0.014 * i, 0.014 * i + 0.014, 60 + i % 12, 80) for i in range(200)])
    last = {}
    for rounding in ("absolute", "published"):
        notes = decode(encode(score, EncodingRules(rounding=rounding))).notes
        last[rounding] = notes["end"].max()
    assert last["absolute"] == pytest.approx(2.8)
    # int(round(14) / 10) is one step of 10 ms each time.
    assert last["published"] == pytest.approx(2.0)


def test_silence_before_the_first_note_can_be_trimmed(perform: Perform) -> None:
    score = perform([(7.25, 8.0, 60, 80)], [(0.0, 127), (1.0, 0), (6.0, 127), (8.5, 0)])
    assert said(score)[:3] == ["SUSTAIN_ON", "TIME_SHIFT 1 s", "SUSTAIN_OFF"]
    trimmed = decode(encode(score, EncodingRules(trim=True)))
    assert trimmed.notes["start"].tolist() == [0.0]
    assert trimmed.pedals["time"] == pytest.approx([0.0, 1.25])


def test_one_key_is_struck_once_at_a_time(perform: Perform) -> None:
    # A melody doubled by the accompaniment, and a key struck again under a longer note.
    score = perform([(0.0, 1.0, 60, 50), (0.001, 2.0, 60, 90), (1.5, 1.7, 60, 80)])
    notes = decode(encode(score)).notes
    assert notes["start"].tolist() == [0.0, 1.5]
    assert notes["end"] == pytest.approx([1.5, 2.0])
    assert notes["velocity"].tolist() == [88, 80]


def test_a_note_shorter_than_a_step_lasts_one(perform: Perform) -> None:
    for start, end in ((0.1, 0.1), (0.1049, 0.1051), (0.1060, 0.1065), (0.0999, 0.1002)):
        note = decode(encode(perform([(start, end, 60, 80)]))).notes[0]
        assert note["end"] - note["start"] == pytest.approx(0.01)
        assert abs(note["start"] - start) <= 0.01 + 1e-9
        assert abs(note["end"] - end) <= 0.01 + 1e-9
    gone = encode(perform([(0.1, 0.1, 60, 80)]), EncodingRules(rounding="published"), PUBLISHED)
    assert not len(gone)


def test_drums_are_left_out_and_no_music_is_no_events(perform: Perform) -> None:
    score = perform([(0.0, 1.0, 36, 80)], [(0.0, 127)])
    score.notes["drum"] = True
    assert encode(score).tolist() == [390, 391]
    assert encode(perform([]), vocabulary=PUBLISHED).tolist() == []


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ((-0.1, 1.0, 60, 80), "before the beginning"),
        ((float("nan"), 1.0, 60, 80), "before the beginning"),
        ((0.0, 1e6, 60, 80), "above the limit"),
        ((0.0, float("inf"), 60, 80), "above the limit"),
        ((0.0, 1.0, 60, 128), "velocity"),
        ((0.0, 1.0, 128, 80), "pitches 0 to 127"),
    ],
)
def test_what_is_no_music_is_refused(perform: Perform, row: tuple[float, float, int, int], says: str) -> None:
    with pytest.raises(MusicError, match=says):
        encode(perform([row]))


def test_too_many_notes_and_unknown_words_are_refused(perform: Perform) -> None:
    with pytest.raises(MusicError, match="above the limit of 1;"):
        encode(perform([(0.0, 1.0, 60, 80), (0.0, 1.0, 62, 80)]), limits=Limits(notes=1))
    with pytest.raises(MusicError, match="choose one of none, extend, events"):
        EncodingRules(sustain="half")  # type: ignore[arg-type]
