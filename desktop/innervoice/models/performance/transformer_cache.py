"""The transformer one event at a time: what attention is made of is kept of the events before, not computed again.

The same numbers as :mod:`innervoice.models.performance.transformer` gives for the whole row, to rounding.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from keras import ops

from innervoice.models.performance.specs import TransformerSpec
from innervoice.models.performance.transformer import (
    Seen,
    attention_inputs,
    by_head,
    dense,
    feedforward,
    layer_norm,
    mixed,
    states,
)

Tensor = Any
Weights = Mapping[str, Tensor]
Cache = tuple[Tensor, ...]
"""Of each layer, before they are mixed: query, key and value of each event alone, and what the layer between takes of
it, float32 [window, 4 * embed]."""

_FORBIDDEN = -1e9


def primed(spec: TransformerSpec, weights: Weights, events: Tensor) -> Cache:
    """What is kept of a row of events.

    Parameters
    ----------
    events : int32 [steps]
        At most ``spec.window``; what stands behind the last true event is overwritten before it is looked at.
    """
    seen = Seen()
    states(spec, weights, events[None], seen=seen)
    room = ((0, spec.window - events.shape[0]), (0, 0))
    alone = zip(seen.inputs, seen.between, strict=True)
    return tuple(ops.pad(ops.concatenate(both, axis=-1)[0], room) for both in alone)


def step(
    spec: TransformerSpec, weights: Weights, cache: Cache, event: Tensor, position: Tensor
) -> tuple[Tensor, Cache]:
    """Logits of what comes after one event.

    Parameters
    ----------
    cache : Cache
        Of the events at the positions before.
    event, position : int32 scalar
        The event and its place in the window.

    Returns
    -------
    logits : float32 [classes]
    cache : Cache
        With this event.
    """
    place = ops.minimum(position, spec.window - 1)
    flow = ops.take(weights["embedding/event"], event, axis=0) + ops.take(weights["embedding/position"], place, axis=0)
    flow = flow[None, None]
    kept = []
    for layer in range(spec.layers):
        scope, before = f"layer_{layer}", cache[layer]
        attended, inputs = _attention(spec, weights, f"{scope}/attention", flow, before[:, : -spec.embed], position)
        flow = flow + attended
        added, between = _feedforward(spec, weights, f"{scope}/feedforward", flow, before[:, -spec.embed :], position)
        flow = flow + added
        kept.append(ops.concatenate([inputs, between], axis=-1))
    last = layer_norm(weights, "norm", flow)[0, 0]
    return ops.matmul(weights["embedding/event"], last[:, None])[:, 0], tuple(kept)


def _attention(
    spec: TransformerSpec, weights: Weights, scope: str, flow: Tensor, kept: Tensor, position: Tensor
) -> tuple[Tensor, Tensor]:
    """What one event gathers from itself and those before it, and what is kept with its own."""
    places = ops.arange(spec.window)
    inputs = _with(kept, attention_inputs(weights, scope, flow)[0], position)
    queries, keys, values = (part[0] for part in by_head(spec, mixed(spec, weights, scope, inputs[None])))
    query = ops.take(queries, ops.minimum(position, spec.window - 1)[None], axis=1)
    query = query / math.sqrt(query.shape[-1])
    scores = ops.matmul(query, ops.transpose(keys, (0, 2, 1)))
    back = position - places
    if spec.relative:
        distance = ops.reshape(weights[f"{scope}/distance"], (spec.window, spec.heads, spec.embed // spec.heads))
        by_distance = ops.matmul(query, ops.transpose(distance, (1, 2, 0)))
        scores = scores + ops.take(by_distance, ops.clip(back, 0, spec.window - 1), axis=2)
    shares = ops.softmax(ops.where((back >= 0)[None, None], scores, _FORBIDDEN), axis=-1)
    gathered = ops.reshape(ops.matmul(shares, values), (1, 1, spec.embed))
    return dense(weights, f"{scope}/output", gathered), inputs


def _feedforward(
    spec: TransformerSpec, weights: Weights, scope: str, flow: Tensor, kept: Tensor, position: Tensor
) -> tuple[Tensor, Tensor]:
    """What the layer between adds to one event, and what is kept with its own."""
    between = _with(kept, layer_norm(weights, f"{scope}/norm", flow)[0], position)
    near = mixed(spec, weights, scope, between[None])
    here = ops.take(near, ops.minimum(position, spec.window - 1)[None], axis=1)
    return feedforward(weights, scope, here), between


def _with(kept: Tensor, new: Tensor, position: Tensor) -> Tensor:
    """Rows [window, channels] with the one at a position set anew."""
    return ops.where((ops.arange(kept.shape[0]) == position)[:, None], new, kept)
