"""One side of the training bench, in a process of its own: a process computes with one backend for good.

Run as ``python _training_sides.py SIDE``, where SIDE is ``jax``, ``tensorflow`` (our compiled step) or ``eager``
(Keras layers on TensorFlow, one operation at a time). It says the losses of the first batches, then reads numbers of
steps, one a line, and answers each with the seconds that they took. All sides begin with the same weights and see the
same batches, so their losses must agree.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from innervoice.models.backend import choose_backend

SEED, CLIPS, RATE = 1, 4096, 1e-3
COMPARED = 3
"""Batches whose losses are told; they also warm a side up."""
SLOW = {"beta_steps": "1000000000"}
"""Keeps what is added to the reconstruction near nothing, so that the loss is the same however that is refined."""
SMALL = {"batch": "4", "neurons": "8", "encoder": "16", "decoder": "16"}
"""Settings for trying the bench itself, after the side on the command line."""

Step = Callable[[int], float]
"""Takes the number of a batch, trains on it, gives the loss before that."""


def main(side: str, small: bool) -> None:
    """Serve one side until the standard input ends."""
    choose_backend("jax" if side == "jax" else "tensorflow")
    step = (eager if side == "eager" else ours)(SLOW | SMALL if small else SLOW)
    print(json.dumps({"losses": [step(number) for number in range(COMPARED)]}), flush=True)
    done = COMPARED
    for line in sys.stdin:
        steps = int(line)
        begin, spent = time.perf_counter(), time.process_time()
        for number in range(done, done + steps):
            step(number)
        took = {"seconds": time.perf_counter() - begin, "cpu_seconds": time.process_time() - spent}
        print(json.dumps(took), flush=True)
        done += steps


def task(settings: dict[str, str]) -> tuple[Any, Any, Any, Callable[[int], tuple[Any, ...]]]:
    """Recipe, sizes, first weights and batches: those of the shipped 2-bar model, on random tokens."""
    from innervoice.music.tokens import CLASSES, STEPS
    from innervoice.training.recipes import find_recipe

    recipe = find_recipe("2bar")
    chosen = recipe.settings().changed(settings)
    spec: Any = recipe.spec(chosen)
    tokens = np.random.default_rng(SEED).integers(0, CLASSES, (CLIPS, STEPS["2bar"])).astype(np.int16)
    weights = recipe.initial_weights(spec, SEED)
    return recipe, spec, weights, lambda number: recipe.batch(spec, chosen, tokens, number)


def ours(settings: dict[str, str]) -> Step:
    """Our step: loss, gradients and Adam as one compiled function."""
    from innervoice.training.adam import no_moments
    from innervoice.training.gradients import compiled_step

    recipe, spec, weights, batch = task(settings)
    train = compiled_step(recipe.loss(spec))
    live, moments = dict(weights), no_moments(weights)

    def step(number: int) -> float:
        nonlocal live, moments
        live, moments, measures = train(live, moments, np.float32(number + 1), np.float32(RATE), *batch(number))
        return float(measures["loss"])  # waits until the step is done

    return step


def eager(settings: dict[str, str]) -> Step:
    """The same network and loss of Keras' own layers, in a loop with a gradient tape."""
    import keras
    import tensorflow as tf

    _, spec, weights, batch = task(settings)
    network = _layers(keras, spec, weights)
    variables = [variable for layer in network.values() for variable in layer.trainable_variables]
    assert sum(int(np.prod(variable.shape)) for variable in variables) == spec.parameters
    optimizer = keras.optimizers.Adam(RATE, global_clipnorm=1.0)

    def step(number: int) -> float:
        with tf.GradientTape() as tape:
            loss = _loss(network, spec, *batch(number))
        optimizer.apply(tape.gradient(loss, [variable.value for variable in variables]), variables)
        return float(loss)

    return step


def _layers(keras: Any, spec: Any, weights: Any) -> dict[str, Any]:
    """Keras' layers with our weights in them."""
    layers, below = keras.layers, spec.classes + spec.neurons
    encoder = layers.Bidirectional(layers.LSTM(spec.encoder[0]))
    encoder.build((None, spec.steps, spec.classes))
    directions = [
        _lstm(weights, f"encoder/cell_0/bidirectional_rnn/{way}/multi_rnn_cell/cell_0") for way in ("fw", "bw")
    ]
    encoder.set_weights([*directions[0], *directions[1]])
    network: dict[str, Any] = {"encoder": encoder}
    for number, units in enumerate(spec.decoder):
        layer = network[f"decoder {number}"] = layers.LSTM(units, return_sequences=True)
        layer.build((None, spec.steps, below))
        layer.set_weights(_lstm(weights, f"decoder/multi_rnn_cell/cell_{number}"))
        below = units
    for name, activation in {
        "encoder/mu": None,
        "encoder/sigma": "softplus",
        "decoder/z_to_initial_state": "tanh",
        "decoder/output_projection": None,
    }.items():
        kernel = weights[f"{name}/kernel"]
        layer = network[name] = layers.Dense(kernel.shape[1], activation=activation)
        layer.build((None, kernel.shape[0]))
        layer.set_weights([kernel, weights[f"{name}/bias"]])
    return network


def _lstm(weights: Any, scope: str) -> list[Any]:
    """Our gates are input, new, forget, output, with 1 added to forget; Keras' are input, forget, new, output."""
    kernel, bias = weights[f"{scope}/lstm_cell/kernel"], weights[f"{scope}/lstm_cell/bias"]
    units = len(bias) // 4
    enter, new, forget, leave = np.split(np.concatenate([kernel, bias[None]]), 4, axis=1)
    forget[-1] += 1.0
    moved = np.concatenate([enter, forget, new, leave], axis=1)
    return [moved[: -units - 1], moved[-units - 1 : -1], moved[-1]]


def _loss(network: dict[str, Any], spec: Any, tokens: Any, epsilon: Any, keep: Any, beta: Any, *_: Any) -> Any:
    from keras import ops

    truth = ops.one_hot(tokens, spec.classes)
    last = network["encoder"](truth)
    mu, sigma = network["encoder/mu"](last), network["encoder/sigma"](last)
    z = mu + sigma * epsilon
    before = ops.concatenate([ops.zeros_like(truth[:, :1]), truth[:, :-1]], axis=1)
    seen = before * ops.cast(ops.expand_dims(keep, -1), "float32")
    values = ops.concatenate([seen, ops.repeat(ops.expand_dims(z, 1), spec.steps, axis=1)], axis=-1)
    states = ops.split(network["decoder/z_to_initial_state"](z), 2 * len(spec.decoder), axis=-1)
    for number in range(len(spec.decoder)):
        cell, hidden = states[2 * number : 2 * number + 2]
        values = network[f"decoder {number}"](values, initial_state=[hidden, cell])
    log = ops.log_softmax(network["decoder/output_projection"](values))
    reconstruction = -ops.mean(ops.sum(truth * log, axis=(1, 2)))
    divergence = 0.5 * ops.sum(mu * mu + sigma * sigma - 2.0 * ops.log(sigma) - 1.0, axis=-1)
    return reconstruction + beta * ops.mean(divergence)


if __name__ == "__main__":
    main(sys.argv[1], "--small" in sys.argv)
