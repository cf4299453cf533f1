"""What a performance model is trained for: the next event, given those before it (teacher forcing)."""

from __future__ import annotations

from typing import Any

import numpy as np
from keras import ops
from numpy.typing import NDArray

from innervoice.models.performance import lstm, transformer
from innervoice.models.performance.dropout import Dropout
from innervoice.models.performance.specs import LSTMSpec, TransformerSpec
from innervoice.training.gradients import FOLLOWED
from innervoice.training.lstm_start import lstm_bias, lstm_kernel

Tensor = Any
Weights = dict[str, NDArray[np.float32]]

EMBEDDING_SPREAD = 0.1
"""Standard deviation of a transformer's first event embeddings, cut off at two of them; they are the output too."""

DISTANCE_SPREAD = 0.3
"""That of its keys by distance, so large that from the first step each head looks at some distances more."""

NEAR_SPREAD = 0.3
"""That of what each channel takes of the events just before; of its own event it takes all."""


def transformer_loss(
    spec: TransformerSpec, weights: dict[str, Tensor], events: Tensor, seed: Tensor
) -> tuple[Tensor, dict[str, Tensor]]:
    """Mean negative log-likelihood of each window's events after its first.

    Parameters
    ----------
    events : int32 [n, window + 1]
        Padding is not predicted.
    seed : int32 scalar
        Of the step's dropout.

    Returns
    -------
    loss (nats per event) and the measures ``loss`` and ``accuracy`` (share of events)
    """
    logits = transformer.logits(spec, weights, events[:, :-1], Dropout(spec.dropout, seed))
    return _cross_entropy(logits, events[:, 1:], spec.vocabulary.padding)


def lstm_loss(
    spec: LSTMSpec, weights: dict[str, Tensor], events: Tensor, seed: Tensor
) -> tuple[Tensor, dict[str, Tensor]]:
    """As :func:`transformer_loss`; the stored mean and variance of each layer follow those of the batches."""
    logits, found = lstm.training_logits(spec, weights, events[:, :-1], Dropout(spec.dropout, seed))
    loss, measures = _cross_entropy(logits, events[:, 1:], spec.vocabulary.padding)
    return loss, measures | {FOLLOWED: found}


def _cross_entropy(logits: Tensor, targets: Tensor, padding: int) -> tuple[Tensor, dict[str, Tensor]]:
    counts = ops.cast(ops.not_equal(targets, padding), "float32")
    total = ops.maximum(ops.sum(counts), 1.0)
    loss = ops.sum(surprise(logits, targets) * counts) / total
    hits = ops.cast(ops.equal(ops.cast(ops.argmax(logits, axis=-1), "int32"), targets), "float32")
    return loss, {"loss": loss, "accuracy": ops.sum(hits * counts) / total}


def surprise(logits: Tensor, targets: Tensor) -> Tensor:
    """Negative log-likelihood of each target [n, steps], in nats."""
    likelihood = ops.take_along_axis(ops.log_softmax(logits), ops.expand_dims(targets, -1), axis=-1)
    return -ops.squeeze(likelihood, -1)


def transformer_weights(spec: TransformerSpec, seed: int) -> Weights:
    """Truncated normal embeddings and matrices, gains of 1, and zeros.

    Positions begin at zero: windows are cut anywhere, so that they mean little. Matrices go by fan-in: the 0.02 of
    GPT-2 and Verch suits 768 inputs and starves 128. What a layer adds to the flow shrinks with the root of their
    number, as in GPT-2 (Radford et al. 2019, section 2.3).
    """
    rng = np.random.default_rng(seed)
    weights: Weights = {}
    for name, shape in spec.shapes().items():
        if name.endswith("/gain"):
            values = np.ones(shape)
        elif name.endswith(("/shift", "/bias", "/position")):
            values = np.zeros(shape)
        elif name.endswith("/near"):
            before = _truncated_normal(rng, (shape[0] - 1, shape[1])) * NEAR_SPREAD
            values = np.concatenate([before, np.ones((1, shape[1]))])
        else:
            values = _truncated_normal(rng, shape) * _spread(spec, name, shape[0])
        weights[name] = values.astype(np.float32)
    return weights


def _spread(spec: TransformerSpec, name: str, inputs: int) -> float:
    """Standard deviation of a transformer's matrix at first."""
    if name.startswith("embedding/"):
        return EMBEDDING_SPREAD
    if name.endswith("/distance"):
        return DISTANCE_SPREAD
    added = name.endswith(("/output/kernel", "/outer/kernel"))
    return float((inputs * (2 * spec.layers if added else 1)) ** -0.5)


def lstm_weights(spec: LSTMSpec, seed: int) -> Weights:
    """LSTM layers as in :mod:`~innervoice.training.lstm_start`, norms that change nothing, the rest by fan-in."""
    rng = np.random.default_rng(seed)
    weights: Weights = {}
    for name, shape in spec.shapes().items():
        if name.endswith("lstm_cell/kernel"):
            values = lstm_kernel(rng, (shape[0], shape[1]), 0)
        elif name.endswith("lstm_cell/bias"):
            values = lstm_bias(rng, spec.units, spec.window)
        elif name.endswith(("/gain", "/variance")):
            values = np.ones(shape)
        elif len(shape) == 1:
            values = np.zeros(shape)
        else:
            values = rng.normal(0.0, 1.0 if name.startswith("embedding") else shape[0] ** -0.5, shape)
        weights[name] = values.astype(np.float32)
    return weights


def _truncated_normal(rng: np.random.Generator, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Standard normal, drawn again where it is beyond 2."""
    values = rng.standard_normal(shape)
    while (far := np.abs(values) > 2.0).any():
        values[far] = rng.standard_normal(int(far.sum()))
    return values
