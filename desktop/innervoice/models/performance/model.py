"""A loaded performance model: ask for the logits of what comes next."""

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
        # Padded to few lengths, so that little is compiled; what comes after an event does not change its logits.
        length = _SHORTEST
        while length < rows.shape[1]:
            length *= 2
        length = min(length, self.window)
        padded = np.pad(rows, ((0, 0), (0, length - rows.shape[1])))
        (logits,) = in_batches(self._logits, batch_sizes(self.spec, length), padded)
        return np.asarray(logits[:, : rows.shape[1]], np.float32)

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
