"""Dropout that is a function of a seed alone, on either backend: a resumed training silences the same values."""

from __future__ import annotations

from typing import Any

import keras
from keras import ops

Tensor = Any


class Dropout:
    """Silences values of one training step (Srivastava et al. 2014), each place of the network with its own draw.

    Make a new one in every call of a loss: the places are counted in the order in which they ask.

    Parameters
    ----------
    rate : float
        Share of values that become 0; the others grow by 1 / (1 - rate), so that sums keep their mean.
    seed : int32 scalar tensor
        Of the step.
    """

    def __init__(self, rate: float, seed: Tensor) -> None:
        self._rate = rate
        self._seed = seed
        self._places = 0

    def __call__(self, values: Tensor) -> Tensor:
        """Silence a share of a tensor's values."""
        if self._rate == 0.0:
            return values
        keep = 1.0 - self._rate
        drawn = _uniform(ops.shape(values), self._seed, self._places)
        self._places += 1
        return ops.where(drawn < keep, values / keep, 0.0)


def _uniform(shape: tuple[int, ...], seed: Tensor, place: int) -> Tensor:
    if keras.backend.backend() == "jax":
        import jax

        return jax.random.uniform(jax.random.fold_in(jax.random.key(seed), place), shape)
    import tensorflow as tf

    return tf.random.stateless_uniform(shape, seed=tf.stack([seed, tf.constant(place, seed.dtype)]))
