"""A model of performances as a job or an analysis sees it, in tasks of the model thread."""

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from innervoice.engine.errors import EngineError
from innervoice.engine.job import Job
from innervoice.engine.model_thread import Priority
from innervoice.engine.shelf import Shelf
from innervoice.models.performance.drawing import Drawing
from innervoice.models.performance.looking_back import context_start
from innervoice.models.performance.specs import LSTM, TRANSFORMER
from innervoice.music.performance.vocabulary import Vocabulary
from innervoice.plugin.performance import Told, Wish

T = TypeVar("T")
Events = NDArray[np.int16]

MOST_EVENTS = 200_000
"""So many are drawn for one request at most; at about 10 a second of music, five hours."""


class PlayingModel(Protocol):
    """What the shelf's performance models can do: `innervoice.models.performance.model.PerformanceModel`."""

    name: str
    sha256: str
    kind: str
    spec: Any

    def logits(self, events: Events) -> NDArray[np.float32]:
        """Logits, float32 [n, steps, classes]."""

    def attention(self, events: Events, layer: int) -> NDArray[np.float32]:
        """Shares, float32 [heads, n, n]."""

    def states(self, events: Events) -> NDArray[np.float32]:
        """States, float32 [layers, n, units]."""

    def embedding(self) -> NDArray[np.float32]:
        """Embedding, float32 [classes, embed]."""

    def continuation(self, prompt: Events, drawing: Any, first: int = 0) -> Any:
        """What goes on with a prompt."""


def plays(model: Any) -> bool:
    """Whether a model is one of performances."""
    return getattr(model, "kind", "") in (TRANSFORMER, LSTM)


class PacedPerformance:
    """A handle for plugins and verbs; see `innervoice.plugin.performance.PerformanceHandle`.

    Raises
    ------
    EngineError
        When the model is none of performances.
    """

    def __init__(self, shelf: Shelf, model: Any, job: Job, priority: Priority = Priority.BATCH) -> None:
        if not plays(model):
            raise EngineError(
                f"{model.name} does not continue performances; choose innervoice-performance or another of its kind."
            )
        self._shelf, self._job, self._priority = shelf, job, priority
        self._model: PlayingModel = model
        self.name, self.sha256, self.kind = model.name, model.sha256, model.kind
        spec = model.spec
        self.vocabulary: Vocabulary = spec.vocabulary
        self.window, self.layers, self.units = int(spec.window), int(spec.layers), int(spec.units)
        self.heads = int(getattr(spec, "heads", 0))

    def logits(self, events: Events) -> NDArray[np.float32]:
        """Logits of what comes after each event, float32 [n, classes]."""
        return self._over_windows(events, lambda part: self._model.logits(part[None])[0])

    def states(self, events: Events) -> NDArray[np.float32]:
        """What each layer holds of each event, float32 [layers, n, units]."""
        by_event = self._over_windows(events, lambda part: self._model.states(part).transpose(1, 0, 2))
        return by_event.transpose(1, 0, 2)

    def attention(self, events: Events, layer: int) -> NDArray[np.float32]:
        """How each event of a window shares its attention, float32 [heads, n, n]."""
        return self._do(lambda: self._model.attention(events, layer))

    def attention_rows(self, events: Events, layer: int, head: int, rows: int) -> tuple[int, NDArray[np.float32]]:
        """How the last events of a piece of any length share their attention, as generation sees them.

        Parameters
        ----------
        events : int16 [n]
        layer, head : int
        rows : int
            Of how many of the last events; all where there are fewer.

        Returns
        -------
        start : int
            Which event the first column stands for: the first that the first of them looks back on.
        shares : float32 [rows, n - start]
            0 for what an event does not look back on.
        """
        done = max(0, len(events) - rows)
        begin = context_start(done + 1, self.window)
        shares = np.zeros((len(events) - done, len(events) - begin), np.float32)
        while done < len(events):
            self._job.check()
            start = context_start(done + 1, self.window)
            heads = self.attention(events[start : start + self.window], layer)
            if not 0 <= head < len(heads):
                raise EngineError(f"{self.name} has heads 0 to {len(heads) - 1}, not {head}; choose one of them.")
            part = heads[head][done - start :]
            row = done - (len(events) - len(shares))
            shares[row : row + len(part), start - begin :][:, : part.shape[1]] = part
            done = start + heads.shape[2]
        return begin, shares

    def embedding(self) -> NDArray[np.float32]:
        """What each event is to the model, float32 [classes, embed]."""
        return self._do(self._model.embedding)

    def go_on(self, prompt: Events, wish: Wish, tell: Told | None = None, first: int = 0) -> Events:
        """Events that follow a prompt; `first` of its last events were drawn for the same piece before."""
        if not 1 <= wish.events <= MOST_EVENTS:
            raise EngineError(f"{wish.events} events cannot be drawn at once; ask for 1 to {MOST_EVENTS}.")
        drawing = Drawing(wish.temperature, wish.top_k, wish.nucleus, wish.seed, wish.may_end)
        continuation = self._do(lambda: self._model.continuation(prompt, drawing, first))
        began = len(continuation.events)
        while (left := wish.events - (len(continuation.events) - began)) > 0 and not continuation.ended:
            self._job.check()
            self._do(partial(continuation.more, left))
            if tell is not None:
                tell(len(continuation.events) - began, wish.events)
        return np.array(continuation.events[len(prompt) :], np.int16)

    def _over_windows(self, events: Events, look: Callable[[Events], NDArray[np.float32]]) -> NDArray[np.float32]:
        """Look at windows as generation does: each event is seen with what was looked back on when it was the last."""
        row = np.asarray(events, np.int16)
        parts: list[NDArray[np.float32]] = []
        done = 0
        while done < len(row) or not parts:
            self._job.check()
            start = context_start(done + 1, self.window) if len(row) else 0
            part = row[start : start + self.window]
            parts.append(self._do(partial(look, part))[done - start :])
            done = start + len(part)
        return np.concatenate(parts)

    def _do(self, function: Callable[[], T]) -> T:
        return self._shelf.thread.submit(function, self._priority).result()
