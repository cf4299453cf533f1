"""Clips with little or nothing in them, and wrong input: a clear answer, never a silent 0."""

from collections.abc import Callable

import numpy as np
import pytest

from innervoice.music.features.computing import (
    ATTRIBUTES,
    CONSTANTS,
    JSYMBOLIC,
    features,
    tempo_of_duration,
)
from innervoice.music.features.registry import FEATURES, feature

Make = Callable[..., np.ndarray]

ALL = JSYMBOLIC + CONSTANTS + ATTRIBUTES
SAID_WITHOUT_NOTES = {"P22", "R30", "R32", "R33", "R34", "R35"}


@pytest.mark.parametrize("tokens", [np.zeros(32, np.int16), np.eye(1, 32, 5, dtype=np.int16)[0]])
def test_a_clip_without_notes_has_no_value_in_what_notes_decide(tokens: np.ndarray) -> None:
    values = dict(zip(ALL, features(tokens[None], 90.0, ALL)[0], strict=True))
    assert {key for key, value in values.items() if not np.isnan(value)} == SAID_WITHOUT_NOTES
    assert values["R30"] == pytest.approx(90)


def test_a_clip_of_one_note_has_no_interval(scale: Make) -> None:
    values = dict(zip(JSYMBOLIC, features(scale(60)[None], 120.0)[0], strict=True))
    missing = {key for key, value in values.items() if np.isnan(value)}
    assert missing == {key for key in JSYMBOLIC if key[0] == "M"} | {f"R{n}" for n in (3, 4, 5, 6, 7, 22, 23, 24, 25)}


def test_poor_clips_do_not_spoil_their_neighbours(scale: Make) -> None:
    rich = scale(60, 64, 67, 72, 60)
    block = np.array([np.zeros(32, np.int16), rich, scale(60), rich])
    values = features(block, 120.0, ALL)
    np.testing.assert_array_equal(values[1], features(rich[None], 120.0, ALL)[0])
    np.testing.assert_array_equal(values[1], values[3])


def test_there_are_the_features_that_the_sources_name() -> None:
    numbers = {"M": [*range(2, 16), 17, 18, 19], "P": [*range(1, 17), 22]}
    numbers["R"] = [*range(1, 8), 15, *range(17, 26), 30, *range(32, 37)]
    assert tuple(f"{letter}{number}" for letter in "MPR" for number in numbers[letter]) == JSYMBOLIC
    assert set(ALL) == set(FEATURES)
    assert all(one.formula and one.name and one.low <= one.high for one in FEATURES.values())


def test_no_clips_and_no_features_are_an_empty_table() -> None:
    assert features(np.zeros((0, 32), np.int16), np.zeros(0)).shape == (0, 57)
    assert features(np.zeros((2, 32), np.int16), 120.0, []).shape == (2, 0)


def test_the_shortest_clip_has_features() -> None:
    assert features(np.array([[41]]), 60.0, ["P11", "R36", "contour"]).tolist() == [[60.0, 0.25, 0.0]]


@pytest.mark.parametrize(
    ("tokens", "qpm", "ids", "words"),
    [
        (np.zeros(32, np.int16), 120.0, None, "clips, steps"),
        (np.zeros((1, 32)), 120.0, None, "whole tokens"),
        (np.zeros((1, 0), np.int16), 120.0, None, "clips, steps"),
        (np.full((1, 32), 90, np.int16), 120.0, None, "outside 0 to 89"),
        (np.full((1, 32), -1, np.int16), 120.0, None, "outside 0 to 89"),
        (np.zeros((1, 32), np.int16), 0.0, None, "above 0 and finite"),
        (np.zeros((1, 32), np.int16), np.nan, None, "above 0 and finite"),
        (np.zeros((3, 32), np.int16), np.ones(2), None, "one tempo or as many"),
        (np.zeros((1, 32), np.int16), 120.0, ["M16"], "no feature 'M16'"),
    ],
)
def test_wrong_input_is_named(tokens: np.ndarray, qpm: float, ids: list[str] | None, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        features(tokens, qpm, ids)


def test_an_id_is_given_once() -> None:
    with pytest.raises(ValueError, match="two features with the id P1"):
        feature("P1", "Again", "", 0, 1)(lambda melody: melody.count)


def test_seconds_give_the_tempo(scale: Make) -> None:
    qpm = tempo_of_duration([1, 4, 7], 32)
    np.testing.assert_allclose(qpm, [480, 120, 480 / 7])
    full = np.tile(scale(*range(60, 76)), (3, 1))
    np.testing.assert_allclose(features(full, qpm, ["R36"])[:, 0], [1, 4, 7], rtol=1e-14)
