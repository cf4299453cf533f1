"""Looking into a performance model: attention, and what its layers hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from keras import ops
from numpy.typing import NDArray

from innervoice.models.compiling import compiled
from innervoice.models.performance import lstm, transformer
from innervoice.models.performance.specs import LSTMSpec, PerformanceSpec, TransformerSpec

Tensor = Any
Rows = NDArray[np.int32]


class Looking:
    """The compiled ways to look.

    Parameters
    ----------
    spec : PerformanceSpec
    tensors : mapping
        Weights on the device.
    """

    def __init__(self, spec: PerformanceSpec, tensors: Mapping[str, Tensor]) -> None:
        self._states = compiled(lambda held, events: (_states(spec, held, events),), tensors, False)
        self._attention: dict[int, Callable[..., Any]] = {}
        if isinstance(spec, TransformerSpec):
            for layer in range(spec.layers):
                self._attention[layer] = compiled(_shares(spec, layer), tensors, False)

    def attention(self, row: Rows, layer: int) -> NDArray[np.float32]:
        """Shares of one layer for one row, int32 [1, n]; float32 [heads, n, n]."""
        (shares,) = self._attention[layer](row)
        return np.asarray(shares[0], np.float32)

    def states(self, row: Rows) -> NDArray[np.float32]:
        """What each layer holds of one row, int32 [1, n]; float32 [layers, n, units]."""
        (states,) = self._states(row)
        return np.asarray(states, np.float32)


def _shares(spec: TransformerSpec, layer: int) -> Callable[[Mapping[str, Tensor], Tensor], tuple[Tensor, ...]]:
    def shares(weights: Mapping[str, Tensor], events: Tensor) -> tuple[Tensor, ...]:
        seen = transformer.Seen()
        transformer.states(spec, weights, events, seen=seen)
        return (seen.shares[layer],)

    return shares


def _states(spec: PerformanceSpec, weights: Mapping[str, Tensor], events: Tensor) -> Tensor:
    if isinstance(spec, TransformerSpec):
        seen = transformer.Seen()
        transformer.states(spec, weights, events, seen=seen)
        return ops.concatenate(seen.states, axis=0)
    assert isinstance(spec, LSTMSpec)
    held: list[Tensor] = []
    lstm.states(spec, weights, events, seen=held)
    return ops.concatenate(held, axis=0)
