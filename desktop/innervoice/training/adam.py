"""Adam in Keras operations, the same on both backends; where it is asked for, Muon moves the matrices of layers.

Keras' own optimisers cannot be applied as a pure function on TensorFlow (``stateless_apply`` refuses), and a training
that is to be resumed to the last bit needs its whole state in hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from keras import ops
from numpy.typing import NDArray

from innervoice.training.muon import muon, parts

Tensor = Any
Tensors = dict[str, Tensor]

FIRST_DECAY, SECOND_DECAY, EPSILON = 0.9, 0.999, 1e-7
LARGEST_NORM = 1.0
"""Magenta clips the gradient to this global norm (``grad_clip``)."""


def no_moments(weights: Mapping[str, NDArray[np.float32]]) -> tuple[Tensors, Tensors]:
    """First and second moments before the first step: zeros of each weight's shape."""
    return {n: np.zeros_like(w) for n, w in weights.items()}, {n: np.zeros_like(w) for n, w in weights.items()}


def adam(
    weights: Tensors,
    moments: tuple[Tensors, Tensors],
    slopes: Tensors,
    number: Tensor,
    rate: Tensor,
    faster: float = 0.0,
) -> tuple[Tensors, tuple[Tensors, Tensors]]:
    """One step (Kingma and Ba 2015, arXiv 1412.6980, algorithm 1) along the clipped gradient.

    Parameters
    ----------
    weights, slopes : mapping of float32 tensors
        By name; the gradient is scaled down if its norm over all tensors is above :data:`LARGEST_NORM`.
    moments : pair of mappings
        As this function returned them, at first :func:`no_moments`.
    number : float32 scalar
        1 for the first step.
    rate : float32 scalar
        Learning rate.
    faster : float
        0: Adam for all. Above, matrices of layers move so many times the rate by Muon, see
        :mod:`innervoice.training.muon`; their second moments stay as they are.
    """
    norm = ops.sqrt(sum(ops.sum(ops.square(slope)) for slope in slopes.values()))
    shrink = LARGEST_NORM / ops.maximum(norm, LARGEST_NORM)
    # The two corrections for moments that began at zero, as one factor.
    pace = rate * ops.sqrt(1.0 - SECOND_DECAY**number) / (1.0 - FIRST_DECAY**number)
    moved, firsts, seconds = {}, {}, {}
    for name, weight in weights.items():
        slope = slopes[name] * shrink
        if faster and (count := parts(name)):
            moved[name], firsts[name] = muon(weight, moments[0][name], slope, faster * rate, count)
            seconds[name] = moments[1][name]
            continue
        firsts[name] = FIRST_DECAY * moments[0][name] + (1.0 - FIRST_DECAY) * slope
        seconds[name] = SECOND_DECAY * moments[1][name] + (1.0 - SECOND_DECAY) * ops.square(slope)
        moved[name] = weight - pace * firsts[name] / (ops.sqrt(seconds[name]) + EPSILON)
    return moved, (firsts, seconds)
