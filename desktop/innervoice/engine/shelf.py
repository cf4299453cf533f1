"""The models that are loaded, and the handles through which others use them."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from innervoice.engine.bars import width_of
from innervoice.engine.job import Job
from innervoice.engine.model_thread import ModelThread, Priority
from innervoice.engine.pace import SIZES, Pace
from innervoice.plugin.context import ModelHandle
from innervoice.statistics.posterior import Posterior

T = TypeVar("T")
N = TypeVar("N", np.int16, np.float32)

KEPT = 3
"""Models that stay loaded."""


class LoadedModel(ModelHandle, Protocol):
    """A model as the shelf keeps it: what an analysis may use of it, and its entry in the catalogue."""

    @property
    def info(self) -> Any:
        """What `innervoice.models.catalogue` knows of it."""

    def decode(
        self, z: NDArray[np.float32], temperature: float = 0.0, seed: int = 0, first: int = 0
    ) -> NDArray[np.int16]:
        """As an analysis sees it, with the number of the first clip in a request that was cut into batches."""


class Shelf:
    """Loads models on the model thread, by name or path, and keeps the last few.

    Parameters
    ----------
    thread : ModelThread
    load : callable
        Name or path to model; called on that thread only.
    """

    def __init__(self, thread: ModelThread, load: Callable[[str], LoadedModel]) -> None:
        self.thread = thread
        self._load = load
        self.computes = "", ""
        """Backend and device, once they are known."""
        self._models: OrderedDict[str, LoadedModel] = OrderedDict()
        self._paces: dict[tuple[str, str], Pace] = {}
        self._encoding: dict[tuple[str, str], threading.Lock] = {}

    def open(self, name: str) -> LoadedModel:
        """The model of this name or path, loaded if need be; waits for the model thread."""
        return self.thread.submit(lambda: self.open_here(name), Priority.INTERACTIVE).result()

    def pace(self, model: LoadedModel, what: str) -> Pace:
        """The pace of one operation of one model."""
        return self._paces.setdefault((model.sha256, what), Pace())

    def encoding(self, study: Path, model: LoadedModel) -> threading.Lock:
        """Held by the one job that encodes a study with a model."""
        return self._encoding.setdefault((str(study.resolve()), model.sha256), threading.Lock())

    def open_here(self, name: str) -> LoadedModel:
        """The same, on the model thread itself."""
        if name not in self._models:
            self._models[name] = self._load(name)
        self._models.move_to_end(name)
        while len(self._models) > KEPT:
            self._models.popitem(last=False)
        return self._models[name]


class PacedModel:
    """A model as a job or an analysis sees it: every call is cut into batches, each a task of the model thread.

    Between two batches a slider goes first, and a cancelled job stops.
    """

    def __init__(self, shelf: Shelf, model: LoadedModel, job: Job) -> None:
        self._shelf, self._model, self._job = shelf, model, job
        self.name, self.sha256, self.kind = model.name, model.sha256, model.kind
        self.neurons, self.steps = model.neurons, model.steps
        self.width = width_of(model)
        self.can_encode, self.can_decode = model.can_encode, model.can_decode

    def batch_size(self, what: str) -> int:
        """Clips in the next batch of ``encode``, ``decode`` or ``logits``."""
        return self._shelf.pace(self._model, what).size

    def encoding(self, study: Path) -> threading.Lock:
        """Held by the one job that encodes this study with this model."""
        return self._shelf.encoding(study, self._model)

    def submit_encode(self, tokens: NDArray[np.int16]) -> "Future[Posterior]":
        """Encode one batch, int16 [n, steps], when its turn comes."""

        def encode() -> Posterior:
            posterior = self._model.encode(_filled(tokens))
            return Posterior(posterior.mu[: len(tokens)], posterior.sigma[: len(tokens)])

        return self._submit("encode", len(tokens), encode)

    def submit_decode(
        self, z: NDArray[np.float32], temperature: float, seed: int, first: int
    ) -> "Future[NDArray[np.int16]]":
        """Decode one batch, float32 [n, neurons], when its turn comes.

        `first` is the number of its first clip: it keeps the draw independent of the batches.
        """
        decode = self._model.decode
        return self._submit("decode", len(z), lambda: decode(_filled(z), temperature, seed, first)[: len(z)])

    def encode(self, tokens: NDArray[np.int16]) -> Posterior:
        """Encode int16 [n, steps]."""
        futures = self._in_batches("encode", len(tokens), lambda part: self.submit_encode(tokens[part]))
        parts = list(futures)
        if not parts:
            return Posterior(*(np.zeros((0, self.neurons), np.float32) for _ in range(2)))
        return Posterior(np.concatenate([one.mu for one in parts]), np.concatenate([one.sigma for one in parts]))

    def decode(self, z: NDArray[np.float32], temperature: float = 0.0, seed: int = 0) -> NDArray[np.int16]:
        """Decode float32 [n, neurons] to int16 [n, steps]; at temperature 0 the likeliest tokens."""
        parts = list(
            self._in_batches("decode", len(z), lambda part: self.submit_decode(z[part], temperature, seed, part.start))
        )
        return np.concatenate(parts) if parts else np.zeros((0, width_of(self._model)), np.int16)

    def logits(self, z: NDArray[np.float32], tokens: NDArray[np.int16]) -> NDArray[np.float32]:
        """Teacher-forced logits, float32 [n, steps, classes]."""

        def submit(part: slice) -> "Future[NDArray[np.float32]]":
            rows, clips = z[part], tokens[part]
            logits = self._model.logits
            return self._submit("logits", len(rows), lambda: logits(_filled(rows), _filled(clips))[: len(rows)])

        if not len(z):
            return self._shelf.thread.submit(lambda: self._model.logits(z, tokens)).result()
        return np.concatenate(list(self._in_batches("logits", len(z), submit)))

    def _in_batches(self, what: str, count: int, submit: Callable[[slice], "Future[T]"]) -> Iterator[T]:
        start = 0
        while start < count:
            self._job.check()
            part = slice(start, min(count, start + self.batch_size(what)))
            yield submit(part).result()
            start = part.stop

    def _submit(self, what: str, count: int, do: Callable[[], T]) -> "Future[T]":
        pace = self._shelf.pace(self._model, what)

        def timed() -> T:
            begin = perf_counter()
            answer = do()
            pace.took(count, perf_counter() - begin)
            return answer

        return self._shelf.thread.submit(timed)


def _filled(rows: NDArray[N]) -> NDArray[N]:
    """At least as many rows as the smallest batch, so that a short rest takes the same kernels as the others."""
    missing = SIZES[0] - len(rows)
    return rows if missing <= 0 else np.concatenate([rows, np.zeros((missing, *rows.shape[1:]), rows.dtype)])
