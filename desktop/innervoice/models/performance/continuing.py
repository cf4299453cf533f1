"""Going on with a performance, a few events at a time, on either kind of model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

import numpy as np
from keras import ops
from numpy.typing import NDArray

from innervoice.models.compiling import compiled
from innervoice.models.errors import ModelError
from innervoice.models.performance import lstm_cache, transformer_cache
from innervoice.models.performance.choosing import drawn
from innervoice.models.performance.drawing import Drawing, noise
from innervoice.models.performance.looking_back import context_start
from innervoice.models.performance.specs import LSTMSpec, PerformanceSpec, TransformerSpec
from innervoice.models.recurrence import scan

Events = NDArray[np.int16]
Tensor = Any
Weights = Mapping[str, Tensor]

CHUNK = 32
"""Events of one call: about the 40 ms that an interactive task may take, for the models that come with it."""

_SHORTEST = 16


class Steps:
    """The compiled ways to prime a model and to let it go on.

    Parameters
    ----------
    spec : PerformanceSpec
    tensors : mapping
        Weights on the device.
    """

    def __init__(self, spec: PerformanceSpec, tensors: Weights) -> None:
        self.spec = spec
        prime, go_on = _functions(spec)
        self._prime = compiled(prime, tensors, isinstance(spec, LSTMSpec))
        self._go_on = compiled(go_on, tensors, True)

    def prime(self, events: NDArray[np.int32]) -> tuple[NDArray[np.float32], ...]:
        """What is kept of a row of events, int32 [n], at most the window; nothing for an empty row."""
        length = min(_SHORTEST, self.spec.window)
        while length < len(events):
            length = min(2 * length, self.spec.window)
        padded = np.pad(events, (0, length - len(events)))
        return self._prime(padded, np.array(len(events), np.int32))

    def go_on(self, kept: tuple[NDArray[np.float32], ...], place: tuple[int, int, int], *drawing: NDArray[Any]) -> Any:
        """Events that follow, the logits they were drawn from, and what is kept then.

        ``place`` is the last event, its position in the window, and how many are wanted, at most CHUNK.
        """
        told, *after = self._go_on(np.array(place, np.int32), *drawing, *kept)
        return told[: place[2], -1].astype(np.int32), told[: place[2], :-1], tuple(after)


class Continuation:
    """A performance that a model goes on with.

    Parameters
    ----------
    steps : Steps
    events : int16 [n]
        The prompt; empty lets the model begin.
    drawing : Drawing
    first : int
        How many events of the same piece were drawn before the prompt's end: the seed's stream goes on there.

    Raises
    ------
    ModelError
        When an event is none of the model's vocabulary.
    """

    def __init__(self, steps: Steps, events: Events, drawing: Drawing, first: int = 0) -> None:
        self._steps, self._spec, self._drawing = steps, steps.spec, drawing
        self._noise = noise(drawing.seed, steps.spec.classes, first)
        row = np.asarray(events)
        if row.ndim != 1 or (row.size and not 0 <= int(row.min()) <= int(row.max()) < self._spec.classes):
            raise ModelError(f"A prompt is one row of events from 0 to {self._spec.classes - 1}; encode it again.")
        self.events = [int(event) for event in row] or [_beginning(self._spec, drawing.seed)]
        self.begun = not row.size
        self._start = -1
        self._kept: tuple[NDArray[np.float32], ...] = ()
        self.logits: NDArray[np.float32] = np.zeros((0, self._spec.classes), np.float32)
        self.ended = False

    def more(self, most: int = CHUNK) -> Events:
        """Draw what comes next, at least one event and at most ``most`` or :data:`CHUNK`; none after the end."""
        if self.ended or most < 1:
            return np.zeros(0, np.int16)
        start = context_start(len(self.events), self._spec.window)
        if start != self._start:
            self._start = start
            self._kept = self._steps.prime(np.array(self.events[start:-1], np.int32))
        position = len(self.events) - 1 - start
        numbers, kept = self._drawing.numbers(self._spec.classes)
        count = min(most, CHUNK, self._spec.window - position)
        gumbel = np.zeros((CHUNK, self._spec.classes), np.float32)
        gumbel[:count] = np.stack(list(islice(self._noise, count)))
        new, self.logits, self._kept = self._steps.go_on(
            self._kept, (self.events[-1], position, count), gumbel, _never(self._spec, self._drawing), numbers, kept
        )
        vocabulary = self._spec.vocabulary
        if vocabulary.markers and (new == vocabulary.end).any():
            self.ended = True
            new = new[: int(np.argmax(new == vocabulary.end)) + 1]
        self.events += new.tolist()
        drawn_now: Events = new.astype(np.int16)
        return drawn_now


def _functions(spec: PerformanceSpec) -> tuple[Callable[..., tuple[Tensor, ...]], Callable[..., tuple[Tensor, ...]]]:
    """The functions ``(weights, events, count) -> kept`` and ``(weights, place, ..., *kept) -> (told, *kept)``."""

    def prime(weights: Weights, events: Tensor, count: Tensor) -> tuple[Tensor, ...]:
        if isinstance(spec, TransformerSpec):
            return transformer_cache.primed(spec, weights, events)
        assert isinstance(spec, LSTMSpec)
        cells, outputs = lstm_cache.primed(spec, weights, events, count)
        return (*cells, *outputs)

    def step(weights: Weights, cache: Any, event: Tensor, position: Tensor, wanted: Tensor) -> Any:
        if isinstance(spec, TransformerSpec):
            # What an unwanted event leaves is overwritten before it is looked at.
            return transformer_cache.step(spec, weights, cache, event, position)
        assert isinstance(spec, LSTMSpec)
        logits, after = lstm_cache.step(spec, weights, cache, event)
        return logits, lstm_cache.chosen(wanted, after, cache)

    def go_on(
        weights: Weights, place: Tensor, gumbel: Tensor, never: Tensor, numbers: Tensor, most: Tensor, *kept: Tensor
    ) -> tuple[Tensor, ...]:
        def one(carry: Any, noise: Tensor) -> tuple[Any, Tensor]:
            cache, event, position = carry
            logits, cache = step(weights, cache, event, position, position < place[1] + place[2])
            event = drawn(logits + never, noise, numbers, most)
            told = ops.concatenate([logits, ops.cast(event, "float32")[None]])
            return (cache, event, position + 1), told

        if isinstance(spec, TransformerSpec):
            (last, _, _), told = scan(one, (kept, place[0], place[1]), gumbel)
            return (told, *last)
        cache = kept[: spec.layers], kept[spec.layers :]
        (last, _, _), told = scan(one, (cache, place[0], place[1]), gumbel)
        return (told, *last[0], *last[1])

    return prime, go_on


def _beginning(spec: PerformanceSpec, seed: int) -> int:
    """What a piece from nothing begins with: BOS, or without markers a note on that the seed draws."""
    vocabulary = spec.vocabulary
    if vocabulary.markers:
        return vocabulary.begin
    return int(np.random.default_rng(seed).integers(vocabulary.pitches))


def _never(spec: PerformanceSpec, drawing: Drawing) -> NDArray[np.float32]:
    """What is added to logits so that no marker is drawn in the middle of a piece, float32 [classes]."""
    vocabulary = spec.vocabulary
    added = np.zeros(spec.classes, np.float32)
    if vocabulary.markers:
        added[[vocabulary.begin, vocabulary.padding]] = -1e9
        if not drawing.may_end:
            added[vocabulary.end] = -1e9
    return added
