"""A loaded performance model: ask for the logits of what comes next, go on with a piece, look inside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.models.batches import SIZES, in_batches
from innervoice.models.catalogue import ModelInfo
from innervoice.models.compiling import compiled, on_device
from innervoice.models.errors import ModelError
from innervoice.models.loaded import Loaded
from innervoice.models.performance import lstm, transformer
from innervoice.models.performance.continuing import Continuation, Steps
from innervoice.models.performance.drawing import Drawing
from innervoice.models.performance.looking import Looking
from innervoice.models.performance.specs import LSTMSpec, PerformanceSpec, TransformerSpec

Events = NDArray[np.int16]

_SHORTEST = 16
_MOST_BYTES = 256 << 20


class PerformanceModel(Loaded):
    """A performance transformer or LSTM on the device. Use it from one thread.

    Parameters
    ----------
    info : ModelInfo
    spec : TransformerSpec or LSTMSpec
    weights : mapping
        float32 tensors by the names of ``spec.shapes()``.
    """

    def __init__(self, info: ModelInfo, spec: PerformanceSpec, weights: Mapping[str, NDArray[np.float32]]) -> None:
        super().__init__(info)
        self.spec = spec
        tensors = on_device({name: weights[name] for name in spec.shapes()})
        function = logits_of(spec)
        # Wide products: XLA on TensorFlow would only slow them down (see `compiled`).
        self._logits = compiled(lambda held, events: (function(held, events),), tensors, False)
        self._steps = Steps(spec, tensors)
        self._looking = Looking(spec, tensors)
        self._embedding = np.asarray(weights["embedding/event"], np.float32)

    @property
    def window(self) -> int:
        """Most events that are looked back on."""
        return self.spec.window

    def logits(self, events: Events) -> NDArray[np.float32]:
        """Logits of the event after each one, given it and those before it in its row.

        Parameters
        ----------
        events : int16 [n, steps]
            At most :attr:`window` steps.

        Returns
        -------
        float32 [n, steps, classes]

        Raises
        ------
        ModelError
            When the shape is another, there are too many steps, or an event is none of the model's vocabulary.
        """
        rows = self._checked(events)
        if not rows.size:
            return np.zeros((*rows.shape, self.spec.classes), np.float32)
        padded = self._padded(rows)
        (logits,) = in_batches(self._logits, batch_sizes(self.spec, padded.shape[1]), padded)
        return np.asarray(logits[:, : rows.shape[1]], np.float32)

    def continuation(self, prompt: Events, drawing: Drawing | None = None, first: int = 0) -> Continuation:
        """Go on with a performance; ask the answer for more, a few events at a time.

        Parameters
        ----------
        prompt : int16 [n]
            Any number of events, of which the last are looked back on; empty lets the model begin.
        drawing : Drawing, optional
        first : int
            How many of the prompt's last events were drawn for the same piece before.
        """
        return Continuation(self._steps, prompt, drawing or Drawing(), first)

    def attention(self, events: Events, layer: int) -> NDArray[np.float32]:
        """Share of attention that each event of a row gives to each one up to itself.

        Parameters
        ----------
        events : int16 [n]
            At most :attr:`window` of them.
        layer : int
            From 0.

        Returns
        -------
        float32 [heads, n, n]
            Each row sums to 1.

        Raises
        ------
        ModelError
            As :meth:`logits`, and when the model has no such layer or no attention.
        """
        heads = self.spec.heads if isinstance(self.spec, TransformerSpec) else 0
        if not heads:
            raise ModelError(f"{self.name} has no attention: it is an LSTM; choose a transformer.")
        if not 0 <= layer < self.spec.layers:
            raise ModelError(f"{self.name} has layers 0 to {self.spec.layers - 1}, not {layer}; choose one of them.")
        rows = self._checked(np.asarray(events)[None])
        if not rows.size:
            return np.zeros((heads, 0, 0), np.float32)
        return self._looking.attention(self._padded(rows), layer)[:, : rows.shape[1], : rows.shape[1]]

    def states(self, events: Events) -> NDArray[np.float32]:
        """What each layer holds of each event of a row, float32 [layers, n, units]; events as :meth:`attention`."""
        rows = self._checked(np.asarray(events)[None])
        if not rows.size:
            return np.zeros((self.spec.layers, 0, self.spec.units), np.float32)
        return self._looking.states(self._padded(rows))[:, : rows.shape[1]]

    def embedding(self) -> NDArray[np.float32]:
        """What each event of the vocabulary is to the network, float32 [classes, embed]."""
        return self._embedding

    def _padded(self, rows: NDArray[np.int32]) -> NDArray[np.int32]:
        # To few lengths, so that little is compiled; what comes after an event does not change what is said of it.
        length = _SHORTEST
        while length < rows.shape[1]:
            length *= 2
        return np.pad(rows, ((0, 0), (0, min(length, self.window) - rows.shape[1])))

    def _checked(self, events: NDArray[Any]) -> NDArray[np.int32]:
        rows = np.asarray(events)
        if rows.ndim != 2 or rows.dtype.kind not in "iu":
            raise ModelError(f"{self.name} takes rows of whole-number events, not {rows.dtype} {rows.shape}.")
        if rows.shape[1] > self.window:
            raise ModelError(
                f"{self.name} looks back on {self.window} events, not {rows.shape[1]}; give the last ones."
            )
        if rows.size and not 0 <= int(rows.min()) <= int(rows.max()) < self.spec.classes:
            raise ModelError(f"{self.name} knows events 0 to {self.spec.classes - 1}; a row holds another.")
        return rows.astype(np.int32)


def logits_of(spec: PerformanceSpec) -> Callable[[Mapping[str, Any], Any], Any]:
    """The function ``(weights, events) -> logits`` of a kind, without dropout."""
    if isinstance(spec, TransformerSpec):
        return lambda weights, events: transformer.logits(spec, weights, events)
    if isinstance(spec, LSTMSpec):
        return lambda weights, events: lstm.logits(spec, weights, events)
    raise ModelError(f"A model of kind {spec.kind} does not continue performances; load another one.")


def batch_sizes(spec: PerformanceSpec, steps: int) -> tuple[int, ...]:
    """Batches whose largest tensor stays under 256 MiB."""
    row_bytes = steps * spec.widest(steps) * np.dtype(np.float32).itemsize
    return tuple(size for size in SIZES if size == 1 or size * row_bytes <= _MOST_BYTES)
