"""What must hold of the features of any melody."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innervoice.music.features import computing
from innervoice.music.features.computing import ATTRIBUTES, JSYMBOLIC, features
from innervoice.music.features.registry import FEATURES

OF_INTERVALS = [key for key in JSYMBOLIC if key[0] == "M"]
OF_RHYTHM = [key for key in JSYMBOLIC if key[0] == "R"]
OF_SECONDS = ["R17", "R18", "R19", "R20", "R22", "R23", "R24", "R25", "R36"]
# Tokens that leave room for a transposition of 12 up and down.
LINES = st.lists(st.one_of(st.just(0), st.integers(0, 1), st.integers(20, 70)), min_size=32, max_size=32)


def one(line: list[int], qpm: float = 120.0, ids: list[str] | None = None) -> np.ndarray:
    return features(np.array([line]), qpm, ids)[0]


@settings(max_examples=40)
@given(LINES, st.integers(-12, 12))
def test_transposing_changes_no_interval_and_no_rhythm(line: list[int], semitones: int) -> None:
    moved = [token + semitones if token > 1 else token for token in line]
    ids = [*OF_INTERVALS, *OF_RHYTHM, "P1", "P3", "P5", "P7", "P8", "P10", *ATTRIBUTES]
    np.testing.assert_allclose(one(moved, ids=ids), one(line, ids=ids), rtol=0, atol=1e-12)


@settings(max_examples=40)
@given(LINES, st.integers(-12, 12))
def test_transposing_moves_the_pitches(line: list[int], semitones: int) -> None:
    moved = [token + semitones if token > 1 else token for token in line]
    np.testing.assert_allclose(one(moved, ids=["P11", "P12"]), one(line, ids=["P11", "P12"]) + semitones)


@settings(max_examples=40)
@given(LINES, st.sampled_from([0.5, 2.0, 3.0]))
def test_a_faster_tempo_shortens_seconds_and_changes_no_pitch(line: list[int], faster: float) -> None:
    np.testing.assert_allclose(one(line, 80 * faster, OF_SECONDS) * faster, one(line, 80, OF_SECONDS), atol=1e-12)
    ids = [key for key in JSYMBOLIC if key[0] in "MP"]
    np.testing.assert_array_equal(one(line, 80 * faster, ids), one(line, 80, ids))


@settings(max_examples=40)
@given(LINES)
def test_turning_a_melody_upside_down_keeps_the_sizes_of_its_intervals(line: list[int]) -> None:
    mirrored = [90 - token if token > 1 else token for token in line]
    ids = [key for key in OF_INTERVALS if key != "M17"] + ["contour"]
    np.testing.assert_allclose(one(mirrored, ids=ids), one(line, ids=ids), atol=1e-12)
    up, down = one(line, ids=["M17", "contour-signed"]), one(mirrored, ids=["M17", "contour-signed"])
    np.testing.assert_allclose(down, [1 - up[0], -up[1]], atol=1e-12)


@settings(max_examples=40)
@given(LINES, st.floats(5, 600))
def test_every_value_lies_in_its_range(line: list[int], qpm: float) -> None:
    for key, value in zip(FEATURES, one(line, qpm, list(FEATURES)), strict=True):
        assert np.isnan(value) or FEATURES[key].low <= value <= FEATURES[key].high, key


def test_blocks_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    tokens = rng.integers(0, 90, (50, 32)) * (rng.random((50, 32)) < rng.random((50, 1)))
    qpm = rng.uniform(40, 200, 50)
    whole = features(tokens, qpm, FEATURES)
    monkeypatch.setattr(computing, "BLOCK_TOKENS", 7 * 32)
    np.testing.assert_array_equal(features(tokens, qpm, FEATURES), whole)
