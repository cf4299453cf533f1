"""The loop over time steps, on either backend, and the cell that most loops turn.

Keras 3's own ``ops.scan`` demands on TensorFlow that each step's output has the shape of the carried state, which a
recurrent network that emits only its top layer does not fulfil; this is the same contract as ``jax.lax.scan``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
from keras import ops

Tensor = Any
Step = Callable[[Any, Any], tuple[Any, Tensor]]


def lstm_cell(gates: Tensor, cell_state: Tensor) -> tuple[Tensor, Tensor]:
    """LSTM without peepholes; gates in the order input, new, forget, output; 1 added to forget (LSTMBlockCell)."""
    enter, new, forget, leave = ops.split(gates, 4, axis=-1)
    cell_state = cell_state * ops.sigmoid(forget + 1.0) + ops.sigmoid(enter) * ops.tanh(new)
    return cell_state, ops.sigmoid(leave) * ops.tanh(cell_state)


def scan(step: Step, carry: Any, sequence: Any, reverse: bool = False) -> tuple[Any, Tensor]:
    """Run ``carry, output = step(carry, item)`` over the first axis.

    Parameters
    ----------
    step : callable
        Pure; ``carry`` may be any nest of tensors whose shapes do not change, ``output`` is one tensor.
    sequence : tensor [steps, ...], or a nest of such
    reverse : bool
        Go from the last item to the first; outputs stay in the order of the items.

    Returns
    -------
    last carry, outputs [steps, ...]
    """
    if keras.backend.backend() == "jax":
        from jax import lax

        last, outputs = lax.scan(step, carry, sequence, reverse=reverse)
        return last, outputs
    return _tensorflow_scan(step, carry, sequence, reverse)


def _tensorflow_scan(step: Step, carry: Any, sequence: Any, reverse: bool) -> tuple[Any, Tensor]:
    import tensorflow as tf

    sequence = tf.nest.map_structure(tf.convert_to_tensor, sequence)
    steps = tf.nest.flatten(sequence)[0].shape[0]

    def item(index: Any) -> Any:
        return tf.nest.map_structure(lambda items: items[index], sequence)

    # The first step runs outside the loop: it tells the dtype and shape of the outputs.
    at = steps - 1 if reverse else 0
    carry, first = step(carry, item(at))
    outputs = tf.TensorArray(first.dtype, size=steps, element_shape=first.shape).write(at, first)
    move = -1 if reverse else 1

    def body(index: Tensor, carry: Any, outputs: Any) -> tuple[Tensor, Any, Any]:
        carry, output = step(carry, item(index))
        return index + move, carry, outputs.write(index, output)

    def going(index: Tensor, *_: Any) -> Tensor:
        return index >= 0 if reverse else index < steps

    limit = steps - 1
    _, carry, outputs = tf.while_loop(
        going, body, (tf.constant(at + move), carry, outputs), maximum_iterations=limit, parallel_iterations=1
    )
    return carry, outputs.stack()
