"""Drawing the next event from its logits."""

from __future__ import annotations

from typing import Any

from keras import ops

Tensor = Any

_FORBIDDEN = -1e9
_COLDEST = 1e-3
"""Temperature at which probabilities are taken for the nucleus when events are not drawn but chosen."""


def drawn(logits: Tensor, gumbel: Tensor, numbers: Tensor, kept: Tensor) -> Tensor:
    """Number of the event that is drawn, by the Gumbel-max trick (Maddison et al. 2014, section 2).

    Parameters
    ----------
    logits, gumbel : float32 [classes]
    numbers : float32 [2]
        Temperature and nucleus.
    kept : int32 scalar
        How many of the likeliest events can be drawn at most.

    Returns
    -------
    int32 scalar
    """
    return ops.cast(ops.argmax(possible(logits, numbers, kept) + numbers[0] * gumbel), "int32")


def possible(logits: Tensor, numbers: Tensor, kept: Tensor) -> Tensor:
    """Logits of the events that can be drawn; the others are below all, float32 [classes]."""
    falling = -ops.sort(-logits)
    shares = ops.softmax(falling / ops.maximum(numbers[0], _COLDEST))
    # An event is in the nucleus when those that are likelier do not reach it; the likeliest always is.
    inside = (ops.cumsum(shares) - shares < numbers[1]) & (ops.arange(logits.shape[0]) < kept)
    lowest = ops.min(ops.where(inside, falling, falling[0]))
    return ops.where(logits >= lowest, logits, _FORBIDDEN)
