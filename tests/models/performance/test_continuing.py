"""Performance models go on with a piece, event by event, and know what came before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from innervoice.models.errors import ModelError
from innervoice.models.performance.continuing import CHUNK
from innervoice.models.performance.drawing import Drawing
from innervoice.models.performance.looking_back import context_start
from innervoice.models.performance.model import PerformanceModel

Events = NDArray[np.int16]


def going_on(
    model: PerformanceModel, prompt: Events, count: int, drawing: Drawing, chunk: int = CHUNK
) -> tuple[Events, NDArray[np.float32]]:
    """So many events, and the logits each was drawn from."""
    continuation = model.continuation(prompt, drawing)
    parts: list[Events] = []
    logits: list[NDArray[np.float32]] = []
    while sum(map(len, parts)) < count:
        parts.append(continuation.more(min(chunk, count - sum(map(len, parts)))))
        logits.append(continuation.logits)
    return np.concatenate(parts), np.concatenate(logits)


def test_kept_and_computed_anew_agree_within_the_window_and_beyond(model: PerformanceModel, events: Events) -> None:
    new, logits = going_on(model, events[0][:10], 150, Drawing(seed=3))
    assert (new.dtype, len(new), logits.shape) == (np.int16, 150, (150, model.spec.classes))
    piece = np.concatenate([events[0][:10], new])
    for place in (0, 1, 30, 53, 54, 55, 90, 149):
        count = 10 + place
        looked_at = piece[context_start(count, model.window) : count]
        anew = model.logits(looked_at[None])[0, -1]
        np.testing.assert_allclose(logits[place], anew, atol=1e-4, rtol=1e-4, err_msg=f"event {place}")


def test_what_comes_now_depends_on_fifty_events_ago(model: PerformanceModel) -> None:
    prompt = np.random.default_rng(2).integers(0, 390, 55).astype(np.int16)
    other = prompt.copy()
    other[4] = (other[4] + 7) % 390
    one, two = (going_on(model, given, 1, Drawing(temperature=0.0))[1][0] for given in (prompt, other))
    assert np.abs(one - two).max() > 1e-6


@pytest.mark.parametrize("chunk", [1, 7])
def test_the_same_seed_gives_the_same_events_however_they_are_asked_for(
    model: PerformanceModel, events: Events, chunk: int
) -> None:
    drawing = Drawing(temperature=0.9, top_k=40, nucleus=0.95, seed=11)
    whole = going_on(model, events[1][:5], 40, drawing)[0]
    assert whole.tolist() == going_on(model, events[1][:5], 40, drawing, chunk)[0].tolist()
    assert whole.tolist() != going_on(model, events[1][:5], 40, replace(drawing, seed=12))[0].tolist()
    # Begun again in the middle, as after an engine that died.
    half = np.concatenate([events[1][:5], whole[:20]])
    continuation = model.continuation(half, drawing, first=20)
    assert continuation.more(20).tolist() == whole[20:].tolist()


def test_a_prompt_longer_than_the_window_is_heard_by_its_end(model: PerformanceModel) -> None:
    long = np.random.default_rng(4).integers(0, 390, 1000).astype(np.int16)
    heard = long[context_start(1000, model.window) :]
    assert 32 < len(heard) <= 64
    greedy = Drawing(temperature=0.0)
    # As many as fit the window with both, so that neither moves it.
    count = 64 - len(heard)
    assert going_on(model, long, count, greedy)[0].tolist() == going_on(model, heard, count, greedy)[0].tolist()


def test_from_nothing_it_begins_with_a_beginning(model: PerformanceModel) -> None:
    continuation = model.continuation(np.zeros(0, np.int16), Drawing(seed=1))
    vocabulary = model.spec.vocabulary
    first = continuation.events[0]
    assert first == vocabulary.begin if vocabulary.markers else first < vocabulary.note_off
    assert len(continuation.more(5)) == 5
    assert len(continuation.events) == 6


def test_a_piece_ends_only_where_it_may(models: dict[str, PerformanceModel]) -> None:
    model = models["transformer"]
    vocabulary = model.spec.vocabulary

    def all_of(drawing: Drawing) -> Iterator[Events]:
        continuation = model.continuation(np.array([vocabulary.begin], np.int16), drawing)
        while len(continuation.events) < 3000 and len(new := continuation.more()):
            yield new

    endless = np.concatenate(list(all_of(Drawing(seed=5, temperature=3.0))))
    assert len(endless) >= 2999
    assert endless.max() < vocabulary.begin
    ended = np.concatenate(list(all_of(Drawing(seed=5, temperature=3.0, may_end=True))))
    assert len(ended) < 2999
    assert (ended == vocabulary.end).nonzero()[0].tolist() == [len(ended) - 1]


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"temperature": -1.0}, "temperature is -1"),
        ({"temperature": float("nan")}, "temperature is nan"),
        ({"top_k": -1}, "top-k is -1"),
        ({"nucleus": 0.0}, "nucleus is 0"),
        ({"nucleus": 1.5}, "nucleus is 1.5"),
    ],
)
def test_a_drawing_that_cannot_be_is_refused(values: dict[str, float], says: str) -> None:
    with pytest.raises(ModelError, match=says):
        Drawing(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize("given", [np.array([[1, 2]]), np.array([-1]), np.array([393])])
def test_a_prompt_that_is_no_row_of_events_is_refused(model: PerformanceModel, given: NDArray[np.int64]) -> None:
    with pytest.raises(ModelError, match="A prompt is one row of events"):
        model.continuation(given.astype(np.int16))


def test_the_window_moves_by_half() -> None:
    for window in (2, 5, 64):
        starts = [context_start(count, window) for count in range(200)]
        held = [count - start for count, start in enumerate(starts)]
        assert starts == sorted(starts)
        assert max(held) == window
        assert min(held[window:]) == window // 2 + 1
        assert set(np.diff(starts)) == {0, window - window // 2}
