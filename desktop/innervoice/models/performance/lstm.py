"""The LSTM that the transformer is measured against, as functions of its weights, for TensorFlow and JAX.

After Shon Verch's MusicRNN: event embedding, layers of an LSTM, each followed by dropout and batch normalisation, and
a dense layer to the logits of the next event.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from keras import ops

from innervoice.models.performance.dropout import Dropout
from innervoice.models.performance.specs import LSTMSpec
from innervoice.models.recurrence import lstm_cell, scan

Tensor = Any
Weights = Mapping[str, Tensor]

EPSILON = 1e-3
"""Added to the variance in batch normalisation (Keras' default, which the published code takes)."""


def logits(spec: LSTMSpec, weights: Weights, events: Tensor) -> Tensor:
    """Logits of the event after each one, given it and those before it.

    Parameters
    ----------
    events : int32 [n, steps]

    Returns
    -------
    float32 [n, steps, classes]
    """
    return training_logits(spec, weights, events, None)[0]


def training_logits(
    spec: LSTMSpec, weights: Weights, events: Tensor, dropout: Dropout | None
) -> tuple[Tensor, dict[str, Tensor]]:
    """Logits as training sees them: with dropout, and normalised by the mean and variance of this very batch.

    Returns
    -------
    logits : float32 [n, steps, classes]
    found : dict of float32 [units]
        Mean and variance of each layer in this batch, by the name of the tensor that is to follow them.
    """
    flow, found = states(spec, weights, events, dropout)
    return ops.matmul(flow, weights["output/kernel"]) + weights["output/bias"], found


def states(
    spec: LSTMSpec,
    weights: Weights,
    events: Tensor,
    dropout: Dropout | None = None,
    seen: list[Tensor] | None = None,
) -> tuple[Tensor, dict[str, Tensor]]:
    """What the top layer holds after each event, float32 [n, steps, units]; with dropout, as in training.

    ``seen`` takes what each layer holds, float32 [n, steps, units].

    Returns
    -------
    states, found
        As :func:`training_logits` tells; nothing is found without dropout.
    """
    flow = ops.take(weights["embedding/event"], ops.transpose(events), axis=0)
    found: dict[str, Tensor] = {}
    for layer in range(spec.layers):
        scope = f"layer_{layer}/norm"
        flow = _layer(spec, weights, f"layer_{layer}", flow)
        if seen is not None:
            seen.append(ops.transpose(flow, (1, 0, 2)))
        if dropout is not None:
            flow = dropout(flow)
        if not spec.batch_norm:
            continue
        if dropout is not None:
            found |= _moments(scope, flow)
        flow = normalised(weights, scope, flow, found)
    return ops.transpose(flow, (1, 0, 2)), found


def _layer(spec: LSTMSpec, weights: Weights, scope: str, flow: Tensor) -> Tensor:
    """One LSTM layer over time, [steps, n, inputs] to [steps, n, units], from a state of zeros."""
    kernel = weights[f"{scope}/lstm_cell/kernel"]
    inputs = kernel.shape[0] - spec.units
    # Everything that does not wait for the state is multiplied before the loop, for all steps at once.
    gates = ops.matmul(flow, kernel[:inputs]) + weights[f"{scope}/lstm_cell/bias"]
    recurrent = kernel[inputs:]
    nothing = ops.zeros_like(gates[0, :, : spec.units])

    def step(state: tuple[Tensor, Tensor], gate: Tensor) -> tuple[tuple[Tensor, Tensor], Tensor]:
        cell_state, hidden = lstm_cell(gate + ops.matmul(state[1], recurrent), state[0])
        return (cell_state, hidden), hidden

    return scan(step, (nothing, nothing), gates)[1]


def _moments(scope: str, flow: Tensor) -> dict[str, Tensor]:
    mean = ops.mean(flow, axis=(0, 1))
    return {f"{scope}/mean": mean, f"{scope}/variance": ops.mean(ops.square(flow - mean), axis=(0, 1))}


def normalised(weights: Weights, scope: str, flow: Tensor, found: Mapping[str, Tensor] | None = None) -> Tensor:
    """Batch normalisation (Ioffe and Szegedy 2015) by what was found in the batch, else by what was learnt of all."""
    known = found or {}
    mean, variance = (known.get(name, weights[name]) for name in (f"{scope}/mean", f"{scope}/variance"))
    return (flow - mean) * ops.rsqrt(variance + EPSILON) * weights[f"{scope}/gain"] + weights[f"{scope}/shift"]
