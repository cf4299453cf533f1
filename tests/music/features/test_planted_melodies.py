"""Features of melodies that can be worked out by hand."""

from collections.abc import Callable

import numpy as np
import pytest

from innervoice.music.features.computing import features

Make = Callable[..., np.ndarray]

# Two bars at 120 (a sixteenth is 1/8 s): C D E D C E D C C in eighths, then silence.
TUNE = (60, 62, 64, 62, 60, 64, 62, 60, 60)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("M2", 16 / 8), ("M3", 2), ("M4", 2), ("M5", 6 / 8), ("M6", 1 / 6), ("M7", 3), ("M8", 2 / 8),
        ("M9", 1 / 8), ("M10", 0), ("M11", 6 / 8), ("M12", 1 / 8), ("M13", 0), ("M17", 3 / 7), ("M18", 7 / 3),
        ("M19", 12 / 3), ("P1", 4 / 9), ("P2", 4 / 9), ("P3", 3 / 4), ("P5", 2), ("P7", 3), ("P8", 3),
        ("P9", 3), ("P10", 4), ("P11", 60), ("P12", (240 + 186 + 128) / 9), ("P13", 0), ("P14", 1), ("P15", 0),
        ("P16", 0), ("R15", 9 / 2.25), ("R17", 0.25), ("R18", 0), ("R19", 0.25), ("R20", 0.25), ("R21", 0),
        ("R22", 0.25), ("R23", 0), ("R24", 0.25), ("R25", 0), ("R30", 120), ("R36", 2.25),
    ],
)  # fmt: skip
def test_a_tune_worked_out_by_hand(key: str, value: float, scale: Make) -> None:
    assert features(scale(*TUNE)[None], 120.0, [key])[0, 0] == pytest.approx(value, abs=1e-12)


def test_a_rhythm_worked_out_by_hand(clip: Make) -> None:
    # At 60 a sixteenth lasts 1/4 s. Durations 1, 1, 2 and 1/4 s with a rest of 1/4 s before the last.
    values = features(
        clip((60, 4), (62, 4), (64, 8), (0, 1), (65, 1))[None], 60.0, [f"R{n}" for n in (1, 2, 3, 4, 5, 6, 7)]
    )
    # The beats are 60, 60, 30 (too slow to count) and 240 (too fast).
    np.testing.assert_array_equal(values[0], [60, 0, np.nan, 1, 0, np.nan, 1])
    more = features(
        clip((60, 4), (62, 4), (64, 8), (0, 1), (65, 1))[None], 60.0, ["R17", "R18", "R19", "R20", "R22", "R36"]
    )
    times = np.array([1, 1, 2, 0.25])
    assert more[0].tolist() == pytest.approx([times.mean(), times.std(), 2, 0.25, 4.25 / 3, 4.5])


def test_of_equally_common_pitches_the_first_heard_counts(scale: Make) -> None:
    assert features(np.array([scale(67, 60, 67, 60), scale(60, 67, 60, 67)]), 120.0, ["P11"])[:, 0].tolist() == [67, 60]


def test_transposing_by_fifths_keeps_distances_in_the_order_of_the_clips(scale: Make) -> None:
    block = np.array([scale(60, 62, 64), scale(67, 69, 71), scale(30, 33, 30)])
    np.testing.assert_array_equal(features(block, 120.0, ["M2", "P10"]), [[2, 4], [2, 4], [3, 3]])
