"""MusicVAE as functions of its weights, written once with Keras operations for TensorFlow and JAX.

Reads from top to bottom like figure 2 of Roberts et al. 2018 (arXiv 1803.05428): tokens, a bidirectional LSTM,
``mu`` and ``sigma``; then the latent vector, a conductor LSTM if the model has one, and the LSTM that emits tokens.
Every function is pure: weights come in as a mapping from Magenta's tensor names, so that one text serves inference,
training (gradients with respect to the mapping) and both backends.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from keras import ops

from innervoice.models.recurrence import lstm_cell, scan
from innervoice.models.specs import SEGMENTS, MusicVAESpec, lstm_scope

Tensor = Any
Weights = Mapping[str, Tensor]
State = tuple[tuple[Tensor, Tensor], ...]
Gates = Callable[[Tensor], Tensor]
"""What a layer reads, times its input kernel."""

NO_TOKEN = -1
"""Stands for the all-zero input before the first step (and for a dropped token in training)."""


def posterior(spec: MusicVAESpec, weights: Weights, tokens: Tensor) -> tuple[Tensor, Tensor]:
    """Encode clips.

    Parameters
    ----------
    tokens : int32 [clips, steps]

    Returns
    -------
    mu, sigma : float32 [clips, neurons]
        Mean and standard deviation; sigma is the softplus of its head, as in Magenta's ``base_model.encode``.
    """
    return posterior_of_segments(spec, weights, encoded_segments(spec, weights, tokens))


def encoded_segments(spec: MusicVAESpec, weights: Weights, tokens: Tensor) -> Tensor:
    """Embedding of each of the encoder's segments, float32 [clips, encoder_segments, 2 * units]."""
    # All segments of all clips are read as one wide batch.
    bars = ops.reshape(tokens, (-1, spec.steps // spec.encoder_segments))
    embedding = _encode_level(spec, weights, spec.encoder_levels[0], _one_hot_gates(bars))
    return ops.reshape(embedding, (-1, spec.encoder_segments, embedding.shape[-1]))


def posterior_of_segments(spec: MusicVAESpec, weights: Weights, embeddings: Tensor) -> tuple[Tensor, Tensor]:
    """``mu`` and ``sigma`` from what :func:`encoded_segments` gives."""
    if len(spec.encoder_levels) == 1:
        embedding = ops.reshape(embeddings, (-1, embeddings.shape[1] * embeddings.shape[2]))
    else:
        embedding = _encode_level(spec, weights, spec.encoder_levels[1], _dense_gates(embeddings))
    mu = _dense(weights, "encoder/mu", embedding)
    return mu, ops.softplus(_dense(weights, "encoder/sigma", embedding))


def teacher_forced_logits(spec: MusicVAESpec, weights: Weights, z: Tensor, previous: Tensor) -> Tensor:
    """Logits of every step, each given the true token before it.

    Parameters
    ----------
    z : float32 [clips, neurons]
    previous : int32 [clips, steps]
        Token before each step; :data:`NO_TOKEN` for an all-zero input.

    Returns
    -------
    float32 [clips, steps, classes]
    """
    return logits_of_segments(spec, weights, decoded_segments(spec, weights, z), previous)


def logits_of_segments(spec: MusicVAESpec, weights: Weights, segments: Tensor, previous: Tensor) -> Tensor:
    """:func:`teacher_forced_logits` from the embeddings that :func:`decoded_segments` gives."""
    clips = ops.shape(previous)[0]
    length = spec.steps // spec.segments
    # All segments are independent given the token before each step, so they run as one wide batch.
    embedding = ops.reshape(segments, (-1, segments.shape[-1]))
    tokens = ops.reshape(previous, (-1, length))
    state, still = _start_segment(spec, weights, embedding)
    # Everything that does not wait for the state is multiplied before the loop, for all steps at once.
    gates = _rows(_kernel(spec, weights)[: spec.classes], tokens) + ops.expand_dims(still, 1)
    stack = _recurrent(weights, spec.core, spec.decoder)

    def step(state: State, gate: Tensor) -> tuple[State, Tensor]:
        state = _lstm_stack(stack, state, gate)
        return state, state[-1][1]

    _, hidden = scan(step, state, ops.transpose(gates, (1, 0, 2)))
    logits = _dense(weights, f"{spec.core}/output_projection", ops.transpose(hidden, (1, 0, 2)))
    return ops.reshape(logits, (clips, spec.steps, spec.classes))


def decode(spec: MusicVAESpec, weights: Weights, z: Tensor, noise: Tensor) -> Tensor:
    """Emit tokens, each step fed with the token it emitted before.

    Parameters
    ----------
    z : float32 [clips, neurons]
    noise : float32 [clips, steps, classes]
        Added to the logits before the largest is taken. Zeros give greedy decoding; a standard Gumbel variable times
        the temperature gives a sample of softmax(logits / temperature) (Gumbel-max).

    Returns
    -------
    int32 [clips, steps]
    """
    clips = ops.shape(z)[0]
    embeddings = ops.transpose(decoded_segments(spec, weights, z), (1, 0, 2))
    by_segment = ops.reshape(
        ops.transpose(noise, (1, 0, 2)), (spec.segments, spec.steps // spec.segments, clips, spec.classes)
    )
    by_token = _kernel(spec, weights)[: spec.classes]
    stack = _recurrent(weights, spec.core, spec.decoder)

    def segment(token: Tensor, part: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor]:
        state, still = _start_segment(spec, weights, part[0])

        def step(carry: tuple[State, Tensor], bump: Tensor) -> tuple[Any, Tensor]:
            state = _lstm_stack(stack, carry[0], still + _rows(by_token, carry[1]))
            logits = _dense(weights, f"{spec.core}/output_projection", state[-1][1])
            chosen = ops.cast(ops.argmax(logits + bump, axis=-1), "int32")
            return (state, chosen), chosen

        (_, token), tokens = scan(step, (state, token), part[1])
        return token, tokens

    # The token that ends a segment is the first input of the next (Magenta: start_inputs).
    start = ops.full((clips,), NO_TOKEN, dtype="int32")
    if spec.segments == 1:
        return ops.transpose(segment(start, (embeddings[0], by_segment[0]))[1])
    _, tokens = scan(segment, start, (embeddings, by_segment))
    return ops.transpose(ops.reshape(tokens, (spec.steps, clips)))


def decoded_segments(spec: MusicVAESpec, weights: Weights, z: Tensor) -> Tensor:
    """Embedding of each segment [clips, segments, depth]; the latent vector itself for a flat decoder."""
    if spec.dense:
        return ops.reshape(ops.tanh(_dense(weights, SEGMENTS, z)), (-1, spec.segments, spec.dense))
    if not spec.conductor:
        return ops.expand_dims(z, 1)
    scope = "decoder/hierarchical_level_0"
    state = _state_from(weights, f"{scope}/initial_state", spec.conductor, z)
    # Magenta's conductor is fed a single zero (disable_autoregression), so its input row plays no part.
    stack = _recurrent(weights, scope, spec.conductor)
    bias = weights[f"{lstm_scope(scope, 0)}/bias"]

    def step(state: State, _: Tensor) -> tuple[State, Tensor]:
        state = _lstm_stack(stack, state, bias)
        return state, state[-1][1]

    _, embeddings = scan(step, state, ops.zeros((spec.segments,), dtype="float32"))
    return ops.transpose(embeddings, (1, 0, 2))


def _start_segment(spec: MusicVAESpec, weights: Weights, embedding: Tensor) -> tuple[State, Tensor]:
    """First state of the decoder, and the part of its first layer's gates that is the same at every step."""
    state = _state_from(weights, f"{spec.core}/z_to_initial_state", spec.decoder, embedding)
    scope = lstm_scope(spec.core, 0)
    rows = weights[f"{scope}/kernel"][spec.classes : spec.classes + embedding.shape[-1]]
    return state, ops.matmul(embedding, rows) + weights[f"{scope}/bias"]


def _kernel(spec: MusicVAESpec, weights: Weights) -> Tensor:
    return weights[f"{lstm_scope(spec.core, 0)}/kernel"]


def _one_hot_gates(tokens: Tensor) -> Gates:
    """A one-hot input times a kernel is a row of it: the first layer needs no multiplication."""
    return lambda kernel: _rows(kernel, tokens)


def _dense_gates(values: Tensor) -> Gates:
    return lambda kernel: ops.matmul(values, kernel)


def _encode_level(spec: MusicVAESpec, weights: Weights, level: str, gates: Gates) -> Tensor:
    """Bidirectional layers over a sequence; the last state of both directions of the last, [rows, 2 * units]."""
    last = None
    for layer, units in enumerate(spec.encoder):
        scope = f"{level}/cell_{layer}/bidirectional_rnn"
        forward = _run_direction(weights, f"{scope}/fw", units, gates, reverse=False)
        backward = _run_direction(weights, f"{scope}/bw", units, gates, reverse=True)
        gates = _dense_gates(ops.concatenate([forward[0], backward[0]], axis=-1))
        last = ops.concatenate([forward[1], backward[1]], axis=-1)
    return last


def _run_direction(weights: Weights, scope: str, units: int, gates_of: Gates, reverse: bool) -> tuple[Tensor, Tensor]:
    """One direction of one encoder layer: outputs [rows, steps, units] in time order, and the last state."""
    cell = lstm_scope(scope, 0)
    kernel, bias = weights[f"{cell}/kernel"], weights[f"{cell}/bias"]
    inputs = kernel.shape[0] - units
    gates, recurrent = gates_of(kernel[:inputs]), kernel[inputs:]
    zeros = ops.zeros((ops.shape(gates)[0], units), dtype="float32")

    def step(state: tuple[Tensor, Tensor], gate: Tensor) -> tuple[tuple[Tensor, Tensor], Tensor]:
        cell_state, hidden = lstm_cell(gate + ops.matmul(state[1], recurrent), state[0])
        return (cell_state, hidden), hidden

    (_, last), hidden = scan(step, (zeros, zeros), ops.transpose(gates + bias, (1, 0, 2)), reverse=reverse)
    return ops.transpose(hidden, (1, 0, 2)), last


def _recurrent(weights: Weights, scope: str, units: tuple[int, ...]) -> list[tuple[Tensor, Tensor | None]]:
    """Kernel and bias of each layer of a stack; of the first only the rows of its own state."""
    first = weights[f"{lstm_scope(scope, 0)}/kernel"]
    layers: list[tuple[Tensor, Tensor | None]] = [(first[first.shape[0] - units[0] :], None)]
    for layer in range(1, len(units)):
        cell = lstm_scope(scope, layer)
        layers.append((weights[f"{cell}/kernel"], weights[f"{cell}/bias"]))
    return layers


def _lstm_stack(stack: list[tuple[Tensor, Tensor | None]], state: State, gates: Tensor) -> State:
    """One step of a stack of LSTM layers; ``gates`` are the first layer's, without its recurrent part."""
    after: list[tuple[Tensor, Tensor]] = []
    for (kernel, bias), (cell_state, hidden) in zip(stack, state, strict=True):
        if bias is None:
            gates = gates + ops.matmul(hidden, kernel)
        else:
            gates = ops.matmul(ops.concatenate([after[-1][1], hidden], axis=-1), kernel) + bias
        after.append(lstm_cell(gates, cell_state))
    return tuple(after)


def _state_from(weights: Weights, scope: str, units: tuple[int, ...], embedding: Tensor) -> State:
    """Initial (cell, hidden) of each layer: tanh of a dense layer, split in the order c0, h0, c1, h1, ..."""
    flat = ops.tanh(_dense(weights, scope, embedding))
    pairs: list[tuple[Tensor, Tensor]] = []
    at = 0
    for size in units:
        pairs.append((flat[:, at : at + size], flat[:, at + size : at + 2 * size]))
        at += 2 * size
    return tuple(pairs)


def _rows(kernel: Tensor, tokens: Tensor) -> Tensor:
    """Rows of a kernel by token; zeros where the token is :data:`NO_TOKEN`."""
    present = ops.cast(ops.expand_dims(tokens >= 0, -1), kernel.dtype)
    return ops.take(kernel, ops.maximum(tokens, 0), axis=0) * present


def _dense(weights: Weights, scope: str, values: Tensor) -> Tensor:
    return ops.matmul(values, weights[f"{scope}/kernel"]) + weights[f"{scope}/bias"]
