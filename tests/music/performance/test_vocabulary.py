"""The events and their numbers."""

import numpy as np
import pytest

from innervoice.music.errors import MusicError
from innervoice.music.performance.vocabulary import PERFORMANCE, PUBLISHED, TOY, Vocabulary


def test_ids_are_those_that_were_published() -> None:
    names = PUBLISHED.names()
    assert PUBLISHED.size == len(names) == 390
    assert (names[0], names[127], names[128], names[255]) == ("NOTE_ON 0", "NOTE_ON 127", "NOTE_OFF 0", "NOTE_OFF 127")
    assert (names[256], names[287]) == ("VELOCITY 0", "VELOCITY 31")
    assert (names[288], names[387]) == ("TIME_SHIFT 0.01 s", "TIME_SHIFT 1 s")
    assert names[388:] == ("SUSTAIN_ON", "SUSTAIN_OFF")


def test_ours_has_three_markers_more() -> None:
    assert PERFORMANCE.names()[:390] == PUBLISHED.names()
    assert PERFORMANCE.names()[390:] == ("BOS", "EOS", "PAD")
    assert (PERFORMANCE.begin, PERFORMANCE.end, PERFORMANCE.padding, PERFORMANCE.size) == (390, 391, 392, 393)


def test_the_article_s_simplified_example_has_22_dimensions() -> None:
    assert TOY.size == len(TOY.names()) == 22
    assert TOY.names()[-10:] == tuple(f"TIME_SHIFT {ms / 1000:g} s" for ms in range(1, 11))
    # Bins of 1-32 … 97-128 in the article's words, of 0-31 … 96-127 in MIDI's.
    assert TOY.velocity_bins(np.array([0, 31, 32, 95, 96, 127])).tolist() == [0, 0, 1, 2, 3, 3]


def test_every_velocity_comes_back_within_its_bin() -> None:
    velocities = np.arange(1, 128)
    bins = PERFORMANCE.velocity_bins(velocities)
    assert (bins.min(), bins.max()) == (0, 31)
    back = PERFORMANCE.velocities_of(bins)
    assert (PERFORMANCE.velocity_bins(back) == bins).all()
    assert ((back >= 1) & (back <= velocities) & (velocities < back + 4)).all()


@pytest.mark.parametrize(
    "sizes",
    [
        {"pitches": 129},
        {"first_pitch": 100},
        {"velocities": 0},
        {"shifts": 0},
        {"shifts": 1 << 16},
        {"step_seconds": 0.0},
        {"step_seconds": float("nan")},
    ],
)
def test_a_vocabulary_that_cannot_be_is_refused(sizes: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="vocabulary"):
        Vocabulary(**sizes)  # type: ignore[arg-type]


@pytest.mark.parametrize("events", [np.array([390]), np.array([-1]), np.array([0.5]), np.zeros((2, 2), int)])
def test_what_is_no_row_of_events_is_refused(events: np.ndarray) -> None:
    with pytest.raises(MusicError, match=r"encode them again|vocabulary of 390"):
        PUBLISHED.checked(events)
