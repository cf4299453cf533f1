"""Our features are music21's, on real and on planted clips, with music21 running live beside us.

The differences that are meant are listed in MEANT: music21's errors, and its zeros where there is nothing to measure.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from innervoice.music.features.computing import CONSTANTS, JSYMBOLIC, features, tempo_read_from_midi
from innervoice.music.features.registry import FEATURES

IDS = JSYMBOLIC + CONSTANTS

TOLERANCE = 1e-9

# Where music21 has a value for a clip without intervals (0) and we have none.
ZERO_WITHOUT_INTERVALS = {"M3", "M4", "M8", "M9", "M18", "M19"}
# The same of a clip without notes.
ZERO_WITHOUT_NOTES = {"P3", "P5", "P6", "P7", "P8", "P9", "P11", "P16", "R1", "R2", "R15", "T1", "I8"}
# Where it raises an error and we have a value: the error, by feature.
RAISES = {"M8": "JSymbolicFeatureException"} | {f"R{number}": "IndexError" for number in range(1, 8)}


def differences(asked: Any, qpm: np.ndarray) -> dict[str, list[str]]:
    """By feature, the clips on which we differ and did not mean to."""
    ours = features(asked.tokens, qpm, IDS)
    notes = (asked.tokens > 1).sum(axis=1)
    equal = (np.abs(ours - asked.values) <= TOLERANCE) | (np.isnan(ours) & np.isnan(asked.values))
    found: dict[str, list[str]] = {}
    for clip, column in zip(*np.nonzero(~equal), strict=True):
        key, mine, theirs = IDS[column], ours[clip, column], asked.values[clip, column]
        nothing_in = (key in ZERO_WITHOUT_INTERVALS and notes[clip] < 2) or (
            key in ZERO_WITHOUT_NOTES and notes[clip] == 0
        )
        without = nothing_in and np.isnan(mine) and theirs == 0
        raised = not np.isnan(mine) and RAISES.get(key) == asked.errors[clip, column]
        if not (without or raised):
            found.setdefault(key, []).append(f"clip {clip}: {mine} and {theirs} {asked.errors[clip, column]}")
    return found


@pytest.mark.parametrize("group", ["planted", "real", "long"])
def test_every_feature_is_that_of_music21(
    group: str, music21_says: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    if group != "planted":
        request.getfixturevalue("shared")
    asked = music21_says[group]
    assert len(asked.tokens) >= {"planted": 17, "real": 25, "long": 2}[group]
    assert differences(asked, asked.qpm) == {}


def test_clips_written_as_midi_have_the_same_features(music21_says: dict[str, Any], shared: Path) -> None:
    asked = music21_says["midi"]
    assert len(asked.tokens) >= 15
    assert differences(asked, tempo_read_from_midi(asked.qpm)) == {}


def test_the_sample_leaves_no_feature_untried(music21_says: dict[str, Any], shared: Path) -> None:
    values = np.concatenate([music21_says[group].values for group in ("planted", "real")])
    values = values[(values[:, IDS.index("I8")] > 0)]
    still = {key for key, column in zip(IDS, values.T, strict=True) if len(np.unique(column[~np.isnan(column)])) == 1}
    assert still == {"P22", "R32", "R33", "R34", "R35"} | {key for key in IDS if key[0] in "TI"}


@pytest.mark.parametrize(
    ("name", "key", "music21s", "default", "as_defined"),
    [
        ("stepwise, no arpeggio", "M8", "JSymbolicFeatureException", 0.0, 0.0),
        ("eighths at 100, a beat of 200", "R1", "IndexError", 200.0, 200.0),
        ("eighths at 100, a beat of 200", "R4", "IndexError", 1.0, 1.0),
        ("thirds only", "M4", 4.0, 4.0, 0.0),
        ("one pitch class", "P6", 2.0, 2.0, 0.0),
        ("three octaves", "M15", 1 / 3, 1 / 3, 1.0),
        ("sixteenths at 120, no beat", "R1", 0.0, 0.0, np.nan),
        ("quarters at 120, one beat", "R2", 0.0, 0.0, np.nan),
        ("slow beat first", "R3", 0.5, 0.5, 2.0),
        ("fast beat first", "R3", 2.0, 2.0, 2.0),
        ("one note", "M3", 0.0, np.nan, np.nan),
        ("one note", "M9", 0.0, np.nan, np.nan),
        ("one long note", "M18", 0.0, np.nan, np.nan),
    ],
)  # fmt: skip
def test_what_music21_does_otherwise_is_known(
    name: str, key: str, music21s: float | str, default: float, as_defined: float,
    music21_says: dict[str, Any], planted: dict[str, Any],
) -> None:  # fmt: skip
    asked, place = music21_says["planted"], (list(planted).index(name), IDS.index(key))
    value, error = asked.values[place], asked.errors[place]
    assert error == music21s if isinstance(music21s, str) else value == pytest.approx(music21s)
    tokens, qpm = planted[name]
    ours = [features(tokens[None], qpm, [key], mended=mended)[0, 0] for mended in (False, True)]
    assert ours == pytest.approx([default, as_defined], nan_ok=True)
    assert FEATURES[key].caution


@pytest.mark.parametrize("key", sorted(ZERO_WITHOUT_NOTES | ZERO_WITHOUT_INTERVALS))
def test_of_a_clip_without_notes_music21_says_zero_and_we_nothing(
    key: str, music21_says: dict[str, Any], planted: dict[str, Any]
) -> None:
    place = list(planted).index("no notes"), IDS.index(key)
    assert music21_says["planted"].values[place] == 0
    tokens, qpm = planted["no notes"]
    assert np.isnan(features(tokens[None], qpm, [key])[0, 0])
    assert "here" in FEATURES[key].caution or "without any note" in FEATURES[key].caution


def test_of_music21s_other_values_none_is_mended(music21_says: dict[str, Any]) -> None:
    asked = music21_says["planted"]
    plain, mended = (features(asked.tokens, asked.qpm, IDS, mended=choice) for choice in (False, True))
    changed = {IDS[place] for place in np.nonzero(~np.isclose(plain, mended, equal_nan=True).all(axis=0))[0]}
    assert changed == {"M4", "M15", "P6", "R1", "R2", "R3"}
