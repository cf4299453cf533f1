"""One optimiser step as a compiled function, on either backend: the only text here that names a framework."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import keras
import numpy as np

Tensor = Any
Weights = dict[str, Tensor]
Loss = Callable[..., tuple[Tensor, dict[str, Tensor]]]
Step = Callable[..., tuple[Weights, list[Tensor], dict[str, Tensor]]]


def optimiser_for(weights: Mapping[str, np.ndarray], schedule: Any) -> keras.optimizers.Optimizer:
    """Adam with the gradient clipped to a global norm of 1 (Magenta: ``grad_clip``), built for these weights."""
    optimiser = keras.optimizers.Adam(learning_rate=schedule, global_clipnorm=1.0)
    optimiser.build([keras.Variable(value, name=name.replace("/", "_")) for name, value in sorted(weights.items())])
    return optimiser


def compiled_step(loss: Loss, optimiser: keras.optimizers.Optimizer) -> Step:
    """Build ``weights, state, measures = step(weights, state, *batch)``.

    Parameters
    ----------
    loss : callable
        ``loss(weights, *batch) -> (scalar, measures)``, pure, in Keras operations.
    optimiser : keras optimiser
        Built for these weights by :func:`optimiser_for`.
    """
    gradients = _jax_gradients(loss) if keras.backend.backend() == "jax" else _tensorflow_gradients(loss)

    def step(weights: Weights, state: list[Tensor], *batch: Tensor) -> tuple[Weights, list[Tensor], dict[str, Tensor]]:
        measures, slopes = gradients(weights, *batch)
        # Sorted as in optimiser_for: JAX hands a mapping back in the order of its keys.
        names = sorted(weights)
        values = [weights[name] for name in names]
        moved, state = optimiser.stateless_apply(state, [slopes[name] for name in names], values)
        return dict(zip(names, moved, strict=True)), state, measures

    return compiled(step)


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile with XLA on JAX, into a graph on TensorFlow."""
    if keras.backend.backend() == "jax":
        import jax

        jitted: Callable[..., Any] = jax.jit(function)
        return jitted
    import tensorflow as tf

    graph: Callable[..., Any] = tf.function(function, jit_compile=True)
    return graph


def _jax_gradients(loss: Loss) -> Callable[..., tuple[dict[str, Tensor], Weights]]:
    import jax

    both = jax.value_and_grad(loss, has_aux=True)

    def gradients(weights: Weights, *batch: Tensor) -> tuple[dict[str, Tensor], Weights]:
        (_, measures), slopes = both(weights, *batch)
        return measures, slopes

    return gradients


def _tensorflow_gradients(loss: Loss) -> Callable[..., tuple[dict[str, Tensor], Weights]]:
    import tensorflow as tf

    def gradients(weights: Weights, *batch: Tensor) -> tuple[dict[str, Tensor], Weights]:
        with tf.GradientTape() as tape:
            tape.watch(weights)
            value, measures = loss(weights, *batch)
        return measures, tape.gradient(value, weights)

    return gradients
