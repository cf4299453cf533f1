"""How far the frames of a sequence lie apart: as harmonies, as vectors, as posteriors.

Sources: Harte, Sandler and Gasser 2006, Detecting Harmonic Change in Musical Audio (the tonal centroid); Kullback and
Leibler 1951; Foote 1999 (self-similarity).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

Floats = NDArray[np.float64]

PITCH_CLASSES = 12
_RADII = (1.0, 1.0, 0.5)
_ANGLES = (7.0 * np.pi / 6.0, 3.0 * np.pi / 2.0, 2.0 * np.pi / 3.0)
"""A semitone on the circles of fifths, minor thirds and major thirds."""


def tonal_centroids(chroma: NDArray[Any]) -> Floats:
    """Place harmonies on the three circles.

    Parameters
    ----------
    chroma : float [frames, 12]
        How strongly each pitch class sounds, 0 or more, C first.

    Returns
    -------
    float64 [frames, 6]
        Sine and cosine on the circle of fifths, of minor thirds and (of half the radius) of major thirds, divided by
        the sum of their sizes, as the published experiments have it (Harte and his colleagues divide the chroma by its
        sum instead); zeros for a silent frame, and for one whose pitch classes balance each other.
    """
    strength = np.asarray(chroma, np.float64)
    if strength.ndim != 2 or strength.shape[1] != PITCH_CLASSES:
        raise ValueError(f"A chroma has {PITCH_CLASSES} pitch classes for each frame, not the shape {strength.shape}.")
    place = np.arange(PITCH_CLASSES)
    circles = np.array(
        [
            radius * turn(angle * place)
            for radius, angle in zip(_RADII, _ANGLES, strict=True)
            for turn in (np.sin, np.cos)
        ]
    )
    placed = strength @ circles.T
    # What the sines of a balanced chord leave is rounding, and must not be blown up to a harmony.
    size = np.abs(placed).sum(axis=1, keepdims=True)
    nowhere = size <= 1e-12 * strength.sum(axis=1, keepdims=True)
    return np.asarray(np.where(nowhere, 0.0, placed / np.where(nowhere, 1.0, size)))


def tonnetz_distances(chroma: NDArray[Any]) -> Floats:
    """Euclidean distances of the tonal centroids of every two frames, float64 [frames, frames]."""
    return euclidean_distances(tonal_centroids(chroma))


def euclidean_distances(frames: NDArray[Any]) -> Floats:
    """Euclidean distances of every two frames, [frames, dimensions] to float64 [frames, frames]."""
    values = np.asarray(frames, np.float64)
    return np.asarray(cdist(values, values))


def cosine_distances(frames: NDArray[Any]) -> Floats:
    """One less the cosine of the angle between every two frames, float64 [frames, frames], from 0 to 2.

    A frame of zeros has no direction: its distance is 1 to all others but 0 to another of zeros.
    """
    values = np.asarray(frames, np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        apart = np.asarray(cdist(values, values, "cosine"))
    still = ~values.any(axis=1)
    apart[still] = apart[:, still] = 1.0
    apart[np.ix_(still, still)] = 0.0
    return apart


def divergences(mu: NDArray[Any], sigma: NDArray[Any]) -> Floats:
    """Mean of the two Kullback-Leibler divergences between every two posteriors, in nats.

    Parameters
    ----------
    mu, sigma : float [frames, neurons]
        Independent Gaussians; sigma above 0.

    Returns
    -------
    float64 [frames, frames]
        0 or more, symmetric.
    """
    mean, variance = np.asarray(mu, np.float64), np.asarray(sigma, np.float64) ** 2
    if not (variance > 0).all():
        raise ValueError("The divergence of posteriors needs a sigma above 0 of every neuron; encode the clips again.")
    inverse = 1.0 / variance
    # The logarithms of the two directions cancel: half of sum (v1/v2 + v2/v1 + (m1-m2)^2 (1/v1 + 1/v2)) / 2 - 1.
    ratio = variance @ inverse.T
    square = (mean**2) @ inverse.T - 2.0 * mean @ (mean * inverse).T + (mean**2 * inverse).sum(axis=1)
    one_way = 0.5 * (ratio + square - mean.shape[1])
    both = np.maximum(0.5 * (one_way + one_way.T), 0.0)
    np.fill_diagonal(both, 0.0)
    return np.asarray(both)


def self_similarity(distances: NDArray[Any]) -> Floats:
    """Likeness of every two frames: 1 for no distance, 0 for the greatest in the sequence."""
    apart = np.asarray(distances, np.float64)
    greatest = float(apart.max(initial=0.0))
    return np.asarray(1.0 - apart / greatest if greatest > 0 else np.ones_like(apart))
