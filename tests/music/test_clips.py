"""Clips as a collection."""

import numpy as np
import pytest

from innervoice.music.clips import Clips, concatenate, no_clips


def clips(count: int, name: str = "a.mid") -> Clips:
    numbers = np.arange(count)
    tokens = np.repeat(numbers.astype(np.int16), 32).reshape(count, 32)
    sources = tuple(f"{name}{n}" for n in numbers)
    return Clips(tokens, sources, numbers.astype(np.int32), numbers.astype(np.int32) * 16, numbers.astype(np.float32))


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (slice(1, 3), [1, 2]),
        (np.array([4, 0]), [4, 0]),
        ([2], [2]),
        (-1, [4]),
        (np.array([True, False, False, True, False]), [0, 3]),
        (np.array([], np.int64), []),
    ],
)
def test_a_choice_keeps_every_column_together(key: object, expected: list[int]) -> None:
    chosen = clips(5)[key]
    assert chosen.track.tolist() == expected
    assert chosen.tokens[:, 0].tolist() == expected
    assert chosen.source == tuple(f"a.mid{n}" for n in expected)
    assert chosen.first_step.tolist() == [16 * n for n in expected]
    assert chosen.qpm.tolist() == expected
    assert chosen.steps == 32


def test_joining_keeps_order() -> None:
    both = concatenate([clips(2), no_clips(32), clips(1, "b.mid")])
    assert both.source == ("a.mid0", "a.mid1", "b.mid0")
    assert len(both) == 3


def test_clips_of_two_lengths_are_not_joined() -> None:
    with pytest.raises(ValueError, match="one length"):
        concatenate([no_clips(32), no_clips(256)])
    with pytest.raises(ValueError, match="at least one"):
        concatenate([])


def test_columns_of_other_lengths_are_refused() -> None:
    good = clips(2)
    with pytest.raises(ValueError, match="for each"):
        Clips(good.tokens, ("one",), good.track, good.first_step, good.qpm)
