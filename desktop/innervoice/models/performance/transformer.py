"""The performance transformer as functions of its weights, for TensorFlow and JAX.

Decoder-only, as GPT-2 (Radford et al. 2019) and Shon Verch's model after it: event and position embeddings, layers of
causal self-attention and two dense layers, each with its normalisation before and a way around it, a last
normalisation, and the event embedding once more as the output ("tied"). It reads from top to bottom.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from keras import ops

from innervoice.models.performance.dropout import Dropout
from innervoice.models.performance.specs import TransformerSpec

Tensor = Any
Weights = Mapping[str, Tensor]

EPSILON = 1e-5
"""Added to the variance in layer normalisation."""

_FORBIDDEN = -1e9
"""Score of what an event must not look at: nothing is left of it after the softmax."""


@dataclass
class Seen:
    """What a pass through the network leaves to be looked at, an entry for each layer.

    Attributes
    ----------
    inputs : list of float32 [n, steps, 3 * embed]
        Query, key and value of each event alone, see :func:`attention_inputs`.
    between : list of float32 [n, steps, embed]
        What the layer between takes of each event alone.
    shares : list of float32 [n, heads, steps, steps]
        Of attention, see :func:`attention_shares`.
    states : list of float32 [n, steps, embed]
        What the network holds of each event when the layer is done.
    """

    inputs: list[Tensor] = field(default_factory=list)
    between: list[Tensor] = field(default_factory=list)
    shares: list[Tensor] = field(default_factory=list)
    states: list[Tensor] = field(default_factory=list)


def logits(spec: TransformerSpec, weights: Weights, events: Tensor, dropout: Dropout | None = None) -> Tensor:
    """Logits of the event after each one, given it and those before it.

    Parameters
    ----------
    events : int32 [n, steps]
        At most ``spec.window`` steps.
    dropout : Dropout, optional
        Only in training.

    Returns
    -------
    float32 [n, steps, classes]
    """
    return ops.matmul(states(spec, weights, events, dropout), ops.transpose(weights["embedding/event"]))


def states(
    spec: TransformerSpec, weights: Weights, events: Tensor, dropout: Dropout | None = None, seen: Seen | None = None
) -> Tensor:
    """What the network holds of each event when all layers are done, float32 [n, steps, embed]; fills ``seen``."""
    steps = events.shape[1]
    positions = weights["embedding/position"][:steps]
    flow = _dropped(ops.take(weights["embedding/event"], events, axis=0) + positions, dropout)
    for layer in range(spec.layers):
        scope = f"layer_{layer}"
        flow = flow + _dropped(_attention(spec, weights, f"{scope}/attention", flow, dropout, seen), dropout)
        scope = f"{scope}/feedforward"
        between = layer_norm(weights, f"{scope}/norm", flow)
        flow = flow + _dropped(feedforward(weights, scope, mixed(spec, weights, scope, between)), dropout)
        if seen is not None:
            seen.between.append(between)
            seen.states.append(flow)
    return layer_norm(weights, "norm", flow)


def _attention(
    spec: TransformerSpec, weights: Weights, scope: str, flow: Tensor, dropout: Dropout | None, seen: Seen | None
) -> Tensor:
    """Causal self-attention (Vaswani et al. 2017, section 3.2), scaled, float32 [n, steps, embed]."""
    inputs = attention_inputs(weights, scope, flow)
    query, key, value = by_head(spec, mixed(spec, weights, scope, inputs))
    distance = weights[f"{scope}/distance"] if spec.relative else None
    shares = attention_shares(query, key, distance)
    if seen is not None:
        seen.inputs.append(inputs)
        seen.shares.append(shares)
    shares = _dropped(shares, dropout)
    gathered = ops.transpose(ops.matmul(shares, value), (0, 2, 1, 3))
    return dense(weights, f"{scope}/output", ops.reshape(gathered, (-1, flow.shape[1], spec.embed)))


def attention_inputs(weights: Weights, scope: str, flow: Tensor) -> Tensor:
    """Query, key and value side by side, of each event alone, float32 [n, steps, 3 * embed]."""
    return dense(weights, f"{scope}/inputs", layer_norm(weights, f"{scope}/norm", flow))


def mixed(spec: TransformerSpec, weights: Weights, scope: str, inputs: Tensor) -> Tensor:
    """What is taken of each event with that of the events just before it, channel by channel, [n, steps, channels]."""
    if spec.reach == 1:
        return inputs
    kernel, last = weights[f"{scope}/near"], spec.reach - 1
    flow = inputs * kernel[last]
    for back in range(1, min(spec.reach, inputs.shape[1])):
        flow = flow + ops.pad(inputs[:, :-back], ((0, 0), (back, 0), (0, 0))) * kernel[last - back]
    return flow


def by_head(spec: TransformerSpec, inputs: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Query, key and value, float32 [n, heads, steps, embed / heads] each."""
    shape = -1, inputs.shape[1], spec.heads, spec.embed // spec.heads
    # Cut first and turned then: XLA takes half the time for it that it takes for one turn of five axes.
    parts = ops.split(inputs, 3, axis=-1)
    query, key, value = (ops.transpose(ops.reshape(part, shape), (0, 2, 1, 3)) for part in parts)
    return query, key, value


def attention_shares(query: Tensor, key: Tensor, distance: Tensor | None = None) -> Tensor:
    """Share of attention that each event gives to each event up to itself.

    Parameters
    ----------
    query, key : float32 [n, heads, steps, size]
    distance : float32 [window, heads * size], optional
        Relative attention: a second key for each number of events back.

    Returns
    -------
    float32 [n, heads, steps, steps]
    """
    steps = query.shape[2]
    query = query / math.sqrt(query.shape[-1])
    scores = ops.matmul(query, ops.transpose(key, (0, 1, 3, 2)))
    if distance is not None:
        scores = scores + _by_distance(query, distance[:steps])
    past = ops.tril(ops.ones((steps, steps), dtype="bool"))
    return ops.softmax(ops.where(past, scores, _FORBIDDEN), axis=-1)


def _by_distance(query: Tensor, distance: Tensor) -> Tensor:
    """Scores of how far back an event is, from column by distance to column by event (Huang et al. 2018, section 3.4).

    Entries above the diagonal mean nothing.
    """
    number, steps, size = query.shape[1:]
    farthest_first = ops.transpose(ops.reshape(distance, (steps, number, size))[::-1], (1, 2, 0))
    # The keys are the same for the whole batch: one product for each head, not one for each row and head.
    queries = ops.reshape(ops.transpose(query, (1, 0, 2, 3)), (number, -1, size))
    scores = ops.reshape(ops.matmul(queries, farthest_first), (number, -1, steps, steps))
    scores = ops.pad(ops.transpose(scores, (1, 0, 2, 3)), ((0, 0), (0, 0), (0, 0), (1, 0)))
    # With one column more, each row that is read on in rows of the old length moves by one place against the last.
    return ops.reshape(scores, (-1, number, steps + 1, steps))[:, :, 1:]


def feedforward(weights: Weights, scope: str, between: Tensor) -> Tensor:
    """Two dense layers with a GELU (Hendrycks and Gimpel 2016, its tanh form) between."""
    inner = dense(weights, f"{scope}/inner", between)
    return dense(weights, f"{scope}/outer", ops.gelu(inner, approximate=True))


def layer_norm(weights: Weights, scope: str, values: Tensor) -> Tensor:
    """Layer normalisation (Ba et al. 2016) over the last axis."""
    centred = values - ops.mean(values, axis=-1, keepdims=True)
    variance = ops.mean(ops.square(centred), axis=-1, keepdims=True)
    return centred * ops.rsqrt(variance + EPSILON) * weights[f"{scope}/gain"] + weights[f"{scope}/shift"]


def dense(weights: Weights, scope: str, values: Tensor) -> Tensor:
    """A linear map with bias."""
    return ops.matmul(values, weights[f"{scope}/kernel"]) + weights[f"{scope}/bias"]


def _dropped(values: Tensor, dropout: Dropout | None) -> Tensor:
    return values if dropout is None else dropout(values)
