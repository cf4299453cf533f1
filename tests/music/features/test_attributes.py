"""The four attributes and their variants, worked out by hand."""

from collections.abc import Callable

import numpy as np
import pytest

from innervoice.music.features.attributes import HIERARCHY, PATI_TICKS
from innervoice.music.features.computing import features

Make = Callable[..., np.ndarray]


def value(tokens: np.ndarray, key: str) -> float:
    return float(features(tokens[None], 120.0, [key])[0, 0])


def test_a_rhythm_on_the_strongest_places_is_not_complex(clip: Make) -> None:
    assert value(clip((60, 16), (60, 16)), "toussaint") == 0
    assert value(clip((60, 8), (60, 8), (60, 8), (60, 8)), "toussaint") == 0


def test_syncopation_is_complex(clip: Make) -> None:
    # Onsets on two weakest sixteenths of two bars, where 5 + 5 could be had.
    assert value(clip((0, 1), (60, 2), (62, 29)), "toussaint") == 10 - (1 + 1)


def test_the_published_variant_repeats_each_weight(clip: Make) -> None:
    # The last note ends with the grid, which is not stretched: onsets 0 and 16 meet 5 and 4 where tiling gives 5 and 5.
    tokens = clip((60, 16), (62, 16))
    weights = np.repeat(HIERARCHY, 2)
    assert weights[[0, 16]].tolist() == [5, 4]
    assert value(tokens, "toussaint-repeat") == 10 - 9
    # A last note that ends after 16 of 32 steps stretches the grid to twice: onsets 0 and 8 fall to 0 and 16.
    assert value(clip((60, 8), (62, 8)), "toussaint-repeat") == 10 - 9


def test_pati_s_sum_is_over_all_ticks(scale: Make) -> None:
    total = 2 * sum(PATI_TICKS)
    assert value(scale(60), "toussaint-pati") == pytest.approx(0.2 / total)
    # Sixteenths 0, 1, 2, 3 of the first beat are its ticks 0, 1/4, 1/2 and 3/4; the second beat begins with 0.67.
    assert value(scale(60, 60, 60, 60, 60, length=1), "toussaint-pati") == pytest.approx(
        (0.2 + 1 + 0.5 + 1 + 0.67) / total
    )


def test_range_density_and_contour(scale: Make) -> None:
    tokens = scale(60, 67, 62, 62)
    assert value(tokens, "pitch-range") == pytest.approx(7 / 88)
    assert value(tokens, "note-density") == pytest.approx(4 / 32)
    assert value(tokens, "note-density-velocity") == pytest.approx(4 * 80 / 127 / 32)
    assert value(tokens, "contour") == pytest.approx(12 / 88)
    assert value(tokens, "contour-signed") == pytest.approx(2 / 88)


def test_sixteen_bars_are_sixteen_times_the_bar(clip: Make) -> None:
    bar = [(60, 3), (62, 5), (64, 8)]
    short, long = clip(*bar, *bar), clip(*(bar * 16), steps=256)
    assert value(long, "toussaint-pati") == pytest.approx(value(short, "toussaint-pati"))
    assert value(long, "note-density") == value(short, "note-density")
