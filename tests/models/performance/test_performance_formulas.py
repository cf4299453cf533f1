"""The networks once more, in NumPy, event by event as the papers' formulas read: slow, and hard to get wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.models.performance.model import PerformanceModel
from innervoice.models.performance.specs import LSTMSpec, TransformerSpec

Array = NDArray[np.float64]
Weights = Mapping[str, NDArray[np.float32]]


def transformer_logits(weights: Weights, events: NDArray[np.int16], layers: int, heads: int) -> Array:
    """Logits [steps, classes] of one row of events."""
    w = {name: value.astype(np.float64) for name, value in weights.items()}
    flow = w["embedding/event"][events] + w["embedding/position"][: len(events)]
    for layer in range(layers):
        flow = flow + _attention(w, f"layer_{layer}/attention", flow, heads)
        scope = f"layer_{layer}/feedforward"
        inner = _dense(w, f"{scope}/inner", _with_those_before(w, scope, _layer_norm(w, f"{scope}/norm", flow)))
        gelu = 0.5 * inner * (1 + np.tanh(np.sqrt(2 / np.pi) * (inner + 0.044715 * inner**3)))
        flow = flow + _dense(w, f"{scope}/outer", gelu)
    return _layer_norm(w, "norm", flow) @ w["embedding/event"].T


def _attention(w: Mapping[str, Array], scope: str, flow: Array, heads: int) -> Array:
    steps, embed = flow.shape
    size = embed // heads
    inputs = _with_those_before(w, scope, _dense(w, f"{scope}/inputs", _layer_norm(w, f"{scope}/norm", flow)))
    query, key, value = np.split(inputs, 3, axis=1)
    gathered = np.zeros_like(flow)
    for head in range(heads):
        part = slice(head * size, (head + 1) * size)
        for now in range(steps):
            keys = key[: now + 1, part]
            if f"{scope}/distance" in w:
                keys = keys + w[f"{scope}/distance"][: now + 1, part][::-1]
            scores = keys @ query[now, part] / np.sqrt(size)
            shares = np.exp(scores - scores.max())
            gathered[now, part] = shares / shares.sum() @ value[: now + 1, part]
    return _dense(w, f"{scope}/output", gathered)


def _with_those_before(w: Mapping[str, Array], scope: str, inputs: Array) -> Array:
    if f"{scope}/near" not in w:
        return inputs
    near = w[f"{scope}/near"][::-1]
    reached = [range(min(now + 1, len(near))) for now in range(len(inputs))]
    return np.array([sum(near[back] * inputs[now - back] for back in backs) for now, backs in enumerate(reached)])


def lstm_logits(weights: Weights, events: NDArray[np.int16], layers: int, batch_norm: bool) -> Array:
    """Logits [steps, classes] of one row of events."""
    w = {name: value.astype(np.float64) for name, value in weights.items()}
    flow = w["embedding/event"][events]
    for layer in range(layers):
        scope = f"layer_{layer}"
        kernel, bias = w[f"{scope}/lstm_cell/kernel"], w[f"{scope}/lstm_cell/bias"]
        cell = hidden = np.zeros(len(bias) // 4)
        outputs = []
        for row in flow:
            enter, new, forget, leave = np.split(np.append(row, hidden) @ kernel + bias, 4)
            cell = cell * _sigmoid(forget + 1) + _sigmoid(enter) * np.tanh(new)
            hidden = _sigmoid(leave) * np.tanh(cell)
            outputs.append(hidden)
        flow = np.array(outputs)
        if batch_norm:
            norm = {part: w[f"{scope}/norm/{part}"] for part in ("mean", "variance", "gain", "shift")}
            flow = (flow - norm["mean"]) / np.sqrt(norm["variance"] + 1e-3) * norm["gain"] + norm["shift"]
    return flow @ w["output/kernel"] + w["output/bias"]


def _layer_norm(w: Mapping[str, Array], scope: str, flow: Array) -> Array:
    mean, variance = flow.mean(axis=1, keepdims=True), flow.var(axis=1, keepdims=True)
    return (flow - mean) / np.sqrt(variance + 1e-5) * w[f"{scope}/gain"] + w[f"{scope}/shift"]


def _dense(w: Mapping[str, Array], scope: str, flow: Array) -> Array:
    return flow @ w[f"{scope}/kernel"] + w[f"{scope}/bias"]


def _sigmoid(values: Array) -> Array:
    return 1 / (1 + np.exp(-values))


def test_logits_are_those_of_the_formulas(
    model: PerformanceModel, events: NDArray[np.int16], draw: Callable[..., Any]
) -> None:
    spec, weights = model.spec, draw(model.spec)
    answers = model.logits(events)
    assert answers.dtype == np.float32
    for row, answer in zip(events, answers, strict=True):
        if isinstance(spec, TransformerSpec):
            expected = transformer_logits(weights, row, spec.layers, spec.heads)
        else:
            assert isinstance(spec, LSTMSpec)
            expected = lstm_logits(weights, row, spec.layers, spec.batch_norm)
        np.testing.assert_allclose(answer, expected, rtol=1e-3, atol=1e-4)
