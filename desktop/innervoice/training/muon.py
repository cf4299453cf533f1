"""Muon: matrices of hidden layers move along their momentum, with all its directions made equally long.

Jordan et al., "Muon: An optimizer for hidden layers in neural networks" (2024); the length of a step as in Liu et al.,
"Muon is scalable for LLM training" (arXiv 2502.16982, section 2.2), so that rates mean what they mean for Adam.
"""

from __future__ import annotations

from typing import Any

from keras import ops

Tensor = Any

DECAY = 0.95
"""Share of the momentum that a step keeps."""

LIKE_ADAM = 0.2
"""Root of the mean square of a step, in rates: about Adam's."""

QUINTIC = 3.4445, -4.7750, 2.0315
"""Newton and Schulz's iteration: a x + b x³ + c x⁵ of every singular value, which drives them towards 1."""

ITERATIONS = 5
_SMALLEST = 1e-7

_PARTS = {
    "/lstm_cell/kernel": 4,  # the gates
    "/attention/inputs/kernel": 3,  # query, key and value
    "/attention/output/kernel": 1,
    "/feedforward/inner/kernel": 1,
    "/feedforward/outer/kernel": 1,
    "/hidden/kernel": 1,
}


def parts(name: str) -> int:
    """How many matrices stand side by side in a tensor that moves this way; 0 where it does not.

    Embeddings, what makes latent neurons or an answer, and whatever is no matrix stay with Adam.
    """
    return next((count for ending, count in _PARTS.items() if name.endswith(ending)), 0)


def muon(weight: Tensor, momentum: Tensor, slope: Tensor, rate: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """One step of ``count`` matrices side by side, float32 [rows, columns]; also gives the new momentum."""
    momentum = DECAY * momentum + slope
    ahead = slope + DECAY * momentum
    along = ops.concatenate([orthogonal(part) for part in ops.split(ahead, count, axis=1)], axis=1)
    longer = max(ahead.shape[0], ahead.shape[1] // count)
    return weight - LIKE_ADAM * longer**0.5 * rate * along, momentum


def orthogonal(matrix: Tensor) -> Tensor:
    """A matrix with the same singular vectors and singular values near 1 (from 0.7 to 1.2), float32 [rows, columns]."""
    rows, columns = matrix.shape
    flat = matrix if rows <= columns else ops.transpose(matrix)
    flat = flat / (ops.sqrt(ops.sum(ops.square(flat))) + _SMALLEST)
    first, third, fifth = QUINTIC
    for _ in range(ITERATIONS):
        square = ops.matmul(flat, ops.transpose(flat))
        flat = first * flat + ops.matmul(third * square + fifth * ops.matmul(square, square), flat)
    return flat if rows <= columns else ops.transpose(flat)
