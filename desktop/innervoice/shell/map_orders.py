"""In which order the heat map of a study shows its clips and its neurons. Plain arrays; for a worker thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from innervoice.music.bar_words import begun_pitches

CLIP_ORDERS = ("study", "neuron", "similarity", "notes", "pitch")
"""As in the study, by mu of one neuron, by likeness, by the number of notes, by the mean pitch; and by any feature."""

NEURON_ORDERS = ("rank", "index", "similarity", "follows")
"""By rank of sigma, by index in the model, by likeness, by the feature that they follow most."""

SAMPLE = 4096
"""Clips that a likeness of neurons is computed from at most, evenly chosen."""

ROUNDS = 200
"""Of the power iteration: an order needs no more digits than that gives."""

BLOCK = 2048
Order = NDArray[np.int64]


def order_by_neuron(mu: NDArray[np.float16], neuron: int) -> Order:
    """Put clips in the order of one neuron's mu, lowest first; missing values last."""
    return np.argsort(mu[:, neuron], kind="stable").astype(np.int64)


def order_by_likeness(mu: NDArray[np.float16]) -> Order:
    """Put clips in the order of their projection on the first principal component of mu, float16 [clips, neurons]."""
    centre, covariance = _moments(mu)
    (axis,) = _leading(covariance, 1)
    parts = [
        np.nan_to_num(mu[start : start + BLOCK].astype(np.float32) - centre) @ axis
        for start in range(0, len(mu), BLOCK)
    ]
    return np.argsort(np.concatenate([*parts, np.zeros(0)]), kind="stable").astype(np.int64)


def order_neurons_by_likeness(mu: NDArray[np.float16]) -> Order:
    """Put neurons that rise and fall together beside each other.

    They stand in the order of their angle in the plane of the two first eigenvectors of their correlation, cut open at
    the widest gap (Friendly, "Corrgrams", The American Statistician 56, 2002).
    """
    covariance = _moments(mu)[1]
    if len(covariance) < 3:
        return np.arange(len(covariance), dtype=np.int64)
    spread = np.sqrt(np.maximum(np.diag(covariance), 1e-12))
    first, second = _leading(covariance / np.outer(spread, spread), 2)
    angles = np.arctan2(second, first)
    order = np.argsort(angles, kind="stable")
    gaps = np.diff(np.append(angles[order], angles[order[0]] + 2 * np.pi))
    return np.roll(order, -(int(gaps.argmax()) + 1)).astype(np.int64)


def order_neurons_by_feature(neurons: Order, correlations: Mapping[int, Sequence[tuple[str, float]]]) -> Order:
    """Put neurons that follow one feature most beside each other, the closest first; so do the features stand.

    Parameters
    ----------
    neurons : ndarray of int64, [neurons]
        Those of which nothing is known come last, in this order.
    correlations : mapping
        For a neuron its features with their values, from -1 to 1, the strongest first.
    """
    strongest: dict[str, float] = {}
    for (feature, value), *_ in correlations.values():
        strongest[feature] = max(abs(value), strongest.get(feature, 0.0))

    def place(neuron: int) -> tuple[float, str, float]:
        if neuron not in correlations:
            return 1.0, "", 0.0
        feature, value = correlations[neuron][0]
        return -strongest[feature], feature, -abs(value)

    return np.array(sorted(neurons.tolist(), key=place), dtype=np.int64)


def order_by_notes(tokens: NDArray[np.int16]) -> Order:
    """Put clips in the order of how many notes they begin; tokens int16 [clips, steps]."""
    return np.argsort(begun_pitches(tokens)[0], kind="stable").astype(np.int64)


def order_by_values(values: NDArray[np.float64]) -> Order:
    """Put clips in the order of one number of each, float64 [clips], lowest first; missing values last."""
    return np.argsort(values, kind="stable").astype(np.int64)


def order_by_pitch(tokens: NDArray[np.int16]) -> Order:
    """Put clips in the order of the mean pitch of their notes; those without a note come last."""
    count, total = begun_pitches(tokens)
    return np.argsort(np.where(count > 0, total / np.maximum(count, 1), np.inf), kind="stable").astype(np.int64)


def _moments(mu: NDArray[np.float16]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the mean of each neuron and their covariance over a sample of the clips."""
    chosen = mu[:: max(1, -(-len(mu) // SAMPLE))].astype(np.float32)
    known = np.isfinite(chosen)
    centre = np.where(known, chosen, 0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    away = np.where(known, chosen - centre, 0).astype(np.float32)
    return centre.astype(np.float32), (away.T @ away / max(1, len(away))).astype(np.float32)


def _leading(matrix: NDArray[np.float32], count: int) -> list[NDArray[np.float32]]:
    """Return the leading eigenvectors of a covariance, by power iteration and deflation.

    The whole decomposition takes a tenth of a second alone, and ten seconds where other programs want the cores too.
    """
    found: list[NDArray[np.float32]] = []
    rest = matrix.astype(np.float32)
    for number in range(count):
        vector = np.random.default_rng(number).standard_normal(len(rest), dtype=np.float32)
        for _ in range(ROUNDS):
            vector = rest @ vector
            vector = vector / max(float(np.linalg.norm(vector)), 1e-20)
        vector = vector * np.sign(vector[np.abs(vector).argmax()])  # an eigenvector has no sign of its own
        found.append(vector)
        rest = (rest - float(vector @ rest @ vector) * np.outer(vector, vector)).astype(np.float32)
    return found
