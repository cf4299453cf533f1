"""The LSTM one event at a time: what its layers hold is kept.

The same numbers as :mod:`innervoice.models.performance.lstm` gives for the whole row, to rounding.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from keras import ops

from innervoice.models.performance.lstm import normalised
from innervoice.models.performance.specs import LSTMSpec
from innervoice.models.recurrence import lstm_cell, scan

Tensor = Any
Weights = Mapping[str, Tensor]
Cache = tuple[tuple[Tensor, ...], tuple[Tensor, ...]]
"""Cell state and output of each layer, float32 [units]."""


def primed(spec: LSTMSpec, weights: Weights, events: Tensor, count: Tensor) -> Cache:
    """What the layers hold after the first ``count`` of a row of events, int32 [steps]."""
    nothing = tuple(ops.zeros((spec.units,), dtype="float32") for _ in range(spec.layers))

    def go(carry: tuple[Tensor, Cache], event: Tensor) -> tuple[tuple[Tensor, Cache], Tensor]:
        place, cache = carry
        after = _layers(spec, weights, cache, event)[1]
        return (place + 1, chosen(place < count, after, cache)), event

    (_, (cells, outputs)), _ = scan(go, (ops.zeros((), dtype="int32"), (nothing, nothing)), events)
    return cells, outputs


def step(spec: LSTMSpec, weights: Weights, cache: Cache, event: Tensor) -> tuple[Tensor, Cache]:
    """Logits of what comes after one event, float32 [classes], and what the layers hold then."""
    flow, cache = _layers(spec, weights, cache, event)
    return (ops.matmul(flow, weights["output/kernel"]) + weights["output/bias"])[0], cache


def chosen(wanted: Tensor, after: Cache, before: Cache) -> Cache:
    """What is kept after an event that counts, or before one that does not."""
    cells, outputs = (
        tuple(ops.where(wanted, new, old) for new, old in zip(*sides, strict=True))
        for sides in zip(after, before, strict=True)
    )
    return cells, outputs


def _layers(spec: LSTMSpec, weights: Weights, cache: Cache, event: Tensor) -> tuple[Tensor, Cache]:
    flow = ops.take(weights["embedding/event"], event, axis=0)[None]
    cells, outputs = [], []
    for layer in range(spec.layers):
        scope = f"layer_{layer}"
        both = ops.concatenate([flow, cache[1][layer][None]], axis=-1)
        gates = ops.matmul(both, weights[f"{scope}/lstm_cell/kernel"]) + weights[f"{scope}/lstm_cell/bias"]
        cell, flow = lstm_cell(gates, cache[0][layer][None])
        cells.append(cell[0])
        outputs.append(flow[0])
        if spec.batch_norm:
            flow = normalised(weights, f"{scope}/norm", flow)
    return flow, (tuple(cells), tuple(outputs))
