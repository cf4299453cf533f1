"""One optimiser step as a compiled function, on either backend: the only text here that names a framework."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras

from innervoice.training.adam import Tensor, Tensors, adam

Loss = Callable[..., tuple[Tensor, dict[str, Any]]]
Step = Callable[..., tuple[Tensors, tuple[Tensors, Tensors], dict[str, Tensor]]]

FOLLOWED = "followed"
"""Name among a loss's measures: tensors that weights of the same names follow instead of learning them."""

PERSISTENCE = 0.99
"""Share of itself that a weight keeps in each step when it follows (the momentum of Keras' batch normalisation)."""


def compiled_step(loss: Loss, muon: float = 0.0) -> Step:
    """Build ``weights, moments, measures = step(weights, moments, number, rate, *batch)``.

    Parameters
    ----------
    loss : callable
        ``loss(weights, *batch) -> (scalar, measures)``, pure, in Keras operations. The measures are scalars, but for
        :data:`FOLLOWED`, a mapping that is not handed on.
    muon : float
        As ``faster`` of :func:`~innervoice.training.adam.adam`.

    Returns
    -------
    callable
        Compiled; ``number`` and ``rate`` are float32 scalars as :func:`~innervoice.training.adam.adam` takes them.
    """
    gradients = _jax_gradients(loss) if keras.backend.backend() == "jax" else _tensorflow_gradients(loss)

    def step(weights: Tensors, moments: tuple[Tensors, Tensors], number: Tensor, rate: Tensor, *batch: Tensor) -> Any:
        measures, slopes = gradients(weights, *batch)
        moved, moments = adam(weights, moments, slopes, number, rate, muon)
        for name, value in measures.pop(FOLLOWED, {}).items():
            moved[name] = PERSISTENCE * weights[name] + (1.0 - PERSISTENCE) * value
        return moved, moments, measures

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


def _jax_gradients(loss: Loss) -> Callable[..., tuple[Tensors, Tensors]]:
    import jax

    both = jax.value_and_grad(loss, has_aux=True)

    def gradients(weights: Tensors, *batch: Tensor) -> tuple[Tensors, Tensors]:
        (_, measures), slopes = both(weights, *batch)
        return measures, slopes

    return gradients


def _tensorflow_gradients(loss: Loss) -> Callable[..., tuple[Tensors, Tensors]]:
    import tensorflow as tf

    def gradients(weights: Tensors, *batch: Tensor) -> tuple[Tensors, Tensors]:
        with tf.GradientTape() as tape:
            tape.watch(weights)
            value, measures = loss(weights, *batch)
        # What the loss does not depend on has a gradient of zeros, as it has on JAX.
        return measures, tape.gradient(value, weights, unconnected_gradients=tf.UnconnectedGradients.ZERO)

    return gradients
