"""How an event is drawn from logits, against the definitions."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from innervoice.models.performance.choosing import drawn, possible
from innervoice.models.performance.drawing import Drawing, noise

LOGITS = np.log(np.array([0.5, 0.2, 0.15, 0.1, 0.05], np.float32))[[3, 0, 4, 1, 2]]


def kept(drawing: Drawing) -> list[int]:
    """Which events can be drawn."""
    answer = np.asarray(possible(LOGITS, *drawing.numbers(5)))
    assert (answer[answer > -1e8] == LOGITS[answer > -1e8]).all()
    return np.flatnonzero(answer > -1e8).tolist()


@pytest.mark.parametrize(
    ("drawing", "events"),
    [
        (Drawing(), [0, 1, 2, 3, 4]),
        (Drawing(top_k=2), [1, 3]),
        (Drawing(top_k=99), [0, 1, 2, 3, 4]),
        (Drawing(nucleus=0.5), [1]),
        (Drawing(nucleus=0.51), [1, 3]),
        (Drawing(nucleus=0.71), [1, 3, 4]),
        (Drawing(nucleus=0.96), [0, 1, 2, 3, 4]),
        (Drawing(nucleus=1e-9), [1]),
        (Drawing(nucleus=0.96, top_k=3), [1, 3, 4]),
        # Hotter is flatter: 0.71 is then reached by four, and colder by one.
        (Drawing(nucleus=0.71, temperature=3.0), [0, 1, 3, 4]),
        (Drawing(nucleus=0.71, temperature=0.3), [1]),
        (Drawing(nucleus=0.71, temperature=0.0), [1]),
    ],
)
def test_what_can_be_drawn(drawing: Drawing, events: list[int]) -> None:
    assert kept(drawing) == events


def draws(drawing: Drawing, count: int) -> NDArray[np.int64]:
    stream = noise(drawing.seed, 5)
    numbers = drawing.numbers(5)
    return np.array([int(drawn(LOGITS, next(stream), *numbers)) for _ in range(count)])


def test_events_come_as_often_as_their_probability() -> None:
    counts = np.bincount(draws(Drawing(seed=2), 1500), minlength=5) / 1500
    np.testing.assert_allclose(counts, np.exp(LOGITS), atol=0.04)
    assert set(draws(Drawing(temperature=0.0), 20)) == {1}


def test_the_noise_of_an_event_goes_by_its_number() -> None:
    stream = noise(7, 5)
    first = [next(stream) for _ in range(4)]
    assert np.array_equal(next(noise(7, 5, 3)), first[3])
    assert not np.array_equal(first[0], first[1])
    assert not np.array_equal(next(noise(8, 5)), first[0])
