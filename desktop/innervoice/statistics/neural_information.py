"""Mutual information of pairs, bounded from below by a small network (MINE; Belghazi et al. 2018, arXiv 1801.04062).

For every function T of a pair, I(X; Y) >= E[T(x, y)] - log E[exp T(x, y')], with y' drawn beside its x (Donsker and
Varadhan). A network learns T. What it reaches on pairs that it learns from is no bound, since it can learn them by
heart, and at most the logarithm of their number; on pairs that it never saw it is one, within the error of so few.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

UNITS = 20
"""Of each of the two hidden layers, as published (seed 3's notebook); so are the dropout and the optimizer."""
DROPOUT = 0.3
BATCH = 16
"""Pairs of one step. One, as published, leaves nothing of the logarithm's mean, and the answer has no bound."""
RATE = 1e-3
HELD_OUT = 4
"""One of so many pairs, at the end of the sequence, is never learnt."""
FEWEST, MOST = 16, 512


@dataclass(frozen=True, eq=False)
class NeuralInformation:
    """The bound after each epoch, in bits.

    Attributes
    ----------
    learnt : float64 [epochs]
        Over the pairs that the network learns from.
    held_out : float64 [epochs]
        Over those that it never saw; below 0 where what it learnt does not hold for them.
    """

    learnt: Floats
    held_out: Floats


def neural_information(
    x: Floats,
    y: Floats,
    epochs: int,
    rng: np.random.Generator,
    tell: Callable[[int], None] | None = None,
) -> NeuralInformation:
    """Let a network learn how much x tells of y.

    Parameters
    ----------
    x, y : float64 [pairs, width]
        From 16 pairs on; of more than 512 so many, evenly chosen.
    epochs : int
        How many times each pair is learnt; 200 as published.
    rng : Generator
    tell : callable, optional
        Called before each epoch with its number.

    Raises
    ------
    ValueError
        When the pairs are too few, or x and y are not as many.
    """
    if len(x) != len(y) or len(x) < FEWEST:
        raise ValueError(f"{len(x)} and {len(y)} values are not {FEWEST} pairs or more; give a longer sequence.")
    chosen = np.unique(np.linspace(0, len(x) - 1, min(len(x), MOST)).astype(np.int64))
    first, second = x[chosen], y[chosen]
    count = len(chosen) - len(chosen) // HELD_OUT
    network = _Network(first.shape[1], second.shape[1], rng)
    found = np.zeros((2, epochs))
    for epoch in range(epochs):
        if tell is not None:
            tell(epoch)
        order = rng.permutation(count)
        for start in range(0, count - 1, BATCH):
            rows = order[start : start + BATCH]
            if len(rows) > 1:
                network.learn(first[rows], second[rows])
        parts = (slice(count), slice(count, None))
        found[:, epoch] = [network.bound(first[part], second[part]) for part in parts]
    return NeuralInformation(found[0], found[1])


class _Network:
    """T of a pair: two hidden layers of rectified units with dropout, learnt by Nadam (Dozat 2016)."""

    def __init__(self, width: int, other: int, rng: np.random.Generator) -> None:
        self._rng, self._width = rng, width
        sizes = ((width + other, UNITS), (UNITS, UNITS), (UNITS, 1))
        self.kernels = [rng.uniform(-1, 1, size) * np.sqrt(6 / sum(size)) for size in sizes]
        self.biases = [np.zeros(size[1]) for size in sizes]
        self._moments = [(np.zeros_like(one), np.zeros_like(one)) for one in (*self.kernels, *self.biases)]
        self._step = 0

    def learn(self, x: Floats, y: Floats) -> None:
        """Take one step up the bound of a batch."""
        shuffled = self._rng.permutation(len(y))
        pairs = np.concatenate([np.hstack([x, y]), np.hstack([x, y[shuffled]])])
        masks = [(self._rng.random((len(pairs), UNITS)) >= DROPOUT) / (1 - DROPOUT) for _ in range(2)]
        self._move(self.slopes(pairs, masks)[1])

    def slopes(self, pairs: Floats, masks: list[Floats]) -> tuple[float, list[Floats]]:
        """Bound of a batch, whose first half are the pairs and second half the shuffled ones, and its gradient."""
        inputs, half = [pairs], len(pairs) // 2
        for layer in range(2):
            hidden = inputs[-1] @ self.kernels[layer] + self.biases[layer]
            inputs.append(np.maximum(hidden, 0.0) * masks[layer])
        told = (inputs[2] @ self.kernels[2] + self.biases[2])[:, 0]
        weight = np.exp(told[half:] - told[half:].max())
        bound = float(told[:half].mean() - told[half:].max() - np.log(weight.mean()))
        back = np.concatenate([np.full(half, 1.0 / half), -weight / weight.sum()])[:, None]
        kernels, biases = [], []
        for layer in (2, 1, 0):
            kernels.append(inputs[layer].T @ back)
            biases.append(back.sum(axis=0))
            if layer:
                back = (back @ self.kernels[layer].T) * (inputs[layer] > 0) * masks[layer - 1]
        return bound, [*reversed(kernels), *reversed(biases)]

    def bound(self, x: Floats, y: Floats) -> float:
        """Bound over these pairs, without dropout, against every y beside every x; in bits."""
        left, right = x @ self.kernels[0][: self._width], y @ self.kernels[0][self._width :] + self.biases[0]
        hidden = np.maximum(left[:, None] + right[None], 0.0)
        hidden = np.maximum(hidden @ self.kernels[1] + self.biases[1], 0.0)
        told = (hidden @ self.kernels[2] + self.biases[2])[..., 0]
        most = told.max()
        return float((np.diagonal(told).mean() - most - np.log(np.exp(told - most).mean())) / np.log(2.0))

    def _move(self, slopes: list[Floats]) -> None:
        self._step += 1
        now, next_one = 1 - 0.9**self._step, 1 - 0.9 ** (self._step + 1)
        for place, (tensor, slope) in enumerate(zip((*self.kernels, *self.biases), slopes, strict=True)):
            mean, square = self._moments[place]
            self._moments[place] = mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
            ahead = 0.9 * mean / next_one + 0.1 * slope / now
            tensor += RATE * ahead / (np.sqrt(square / (1 - 0.999**self._step)) + 1e-8)  # noqa: PLW2901
