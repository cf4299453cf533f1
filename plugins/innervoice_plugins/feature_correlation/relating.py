"""Features beside neurons: phi_k with its chance, Pearson's r for the direction, and what chance alone would give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import FEATURES, holm, phik_matrix

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Columns:
    """The features that say something of these clips.

    Attributes
    ----------
    ids : tuple of str [features]
    values : float64 [clips, features]
        NaN where a clip has no value.
    dropped : tuple of str
        Features that are the same for every clip that has a value, or that none has.
    """

    ids: tuple[str, ...]
    values: Floats
    dropped: tuple[str, ...]

    @property
    def letters(self) -> tuple[str, ...]:
        """Return the letter of each: R rhythm, P pitch, M melody, A attribute."""
        return tuple(FEATURES[key].letter for key in self.ids)


@dataclass(frozen=True, eq=False)
class Relation:
    """Every feature with every neuron in rank order, [features, neurons]; NaN where nothing can be said.

    Attributes
    ----------
    phik : float64
        0 to 1, without direction.
    pearson : float64
        -1 to 1.
    p : float64
        Chance of such a phi_k, adjusted for the number of pairs (Holm).
    """

    phik: Floats
    pearson: Floats
    p: Floats


def telling_columns(ids: tuple[str, ...], values: Floats) -> Columns:
    """Keep the features that vary."""
    with np.errstate(invalid="ignore"):
        spread = np.nanmax(np.where(np.isnan(values), -np.inf, values), axis=0, initial=-np.inf) - np.nanmin(
            np.where(np.isnan(values), np.inf, values), axis=0, initial=np.inf
        )
    varies = np.isfinite(spread) & (spread > 0)
    kept = tuple(key for key, one in zip(ids, varies, strict=True) if one)
    return Columns(kept, values[:, varies], tuple(key for key in ids if key not in kept))


def relate(
    features: NDArray[np.int16],
    neurons: NDArray[np.int16],
    values: Floats,
    mu: Floats,
    bins: int,
    tell: Callable[[int, int], None],
) -> Relation:
    """Relate binned features [clips, features] with binned neurons [clips, neurons], and their values."""
    found = phik_matrix(features, neurons, bins, tell)
    return Relation(found.phik, pearson_with_gaps(values, mu), holm(found.p))


def pearson_with_gaps(values: Floats, mu: Floats) -> Floats:
    """Pearson's r of each feature with each neuron over the clips where the feature has a value.

    Parameters
    ----------
    values : float64 [clips, features]
    mu : float64 [clips, neurons]

    Returns
    -------
    float64 [features, neurons]
        NaN where either is constant there.
    """
    found = np.full((values.shape[1], mu.shape[1]), np.nan)
    for place in range(values.shape[1]):
        there = np.isfinite(values[:, place])
        one, others = values[there, place], mu[there]
        if len(one) < 2:
            continue
        one, others = one - one.mean(), others - others.mean(axis=0)
        with np.errstate(invalid="ignore", divide="ignore"):
            r = one @ others / np.sqrt((one @ one) * (others**2).sum(axis=0))
        found[place] = np.clip(np.where(np.isfinite(r), r, np.nan), -1.0, 1.0)
    return found


def closest_by_chance(
    features: NDArray[np.int16],
    neurons: NDArray[np.int16],
    bins: int,
    permutations: int,
    rng: np.random.Generator,
    tell: Callable[[int, int], None],
) -> Floats:
    """Greatest phi_k over all features that each neuron has with clips that are not its own.

    The features are shuffled together, so that they stay related to each other as they are; the greatest of them is
    what a neuron's best feature must beat (Westfall and Young 1993, section 2.6).

    Returns
    -------
    float64 [permutations, neurons]
    """
    found = np.zeros((permutations, neurons.shape[1]))
    for turn in range(permutations):
        tell(turn, permutations)
        shuffled = features[rng.permutation(len(features))]
        phik = phik_matrix(shuffled, neurons, bins).phik
        found[turn] = np.where(np.isnan(phik), 0.0, phik).max(axis=0, initial=0.0)
    return found
