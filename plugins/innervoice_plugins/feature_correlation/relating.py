"""Features beside neurons: phi_k with its chance, Pearson's r for the direction, and what chance alone would give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import holm, phik_matrix
from innervoice_plugins.feature_correlation.known import Known

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Columns:
    """The features that say something of these clips.

    Attributes
    ----------
    known : mapping
        What they are called, by id, in the order of the columns.
    values : float64 [clips, features]
        NaN where a clip has no value.
    dropped : tuple of str
        Features that are the same for every clip that has a value, or that none has.
    left_out : mapping
        Features of plugins that gave no values, with the sentence that says why.
    """

    known: Mapping[str, Known]
    values: Floats
    dropped: tuple[str, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the features' ids."""
        return tuple(self.known)

    @property
    def letters(self) -> tuple[str, ...]:
        """Return the letter of each: R rhythm, P pitch, M melody, A attribute, X of a plugin."""
        return tuple(one.letter for one in self.known.values())

    @property
    def labels(self) -> tuple[str, ...]:
        """Return what each is called beside a row: ours by its id, a plugin's by its name, with the plugin."""
        return tuple(one.title if one.plugin else key for key, one in self.known.items())


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


def telling_columns(known: Mapping[str, Known], values: Floats, left_out: Mapping[str, str] | None = None) -> Columns:
    """Keep the features that vary."""
    with np.errstate(invalid="ignore"):
        spread = np.nanmax(np.where(np.isnan(values), -np.inf, values), axis=0, initial=-np.inf) - np.nanmin(
            np.where(np.isnan(values), np.inf, values), axis=0, initial=np.inf
        )
    varies = np.isfinite(spread) & (spread > 0)
    kept = {key: known[key] for key, one in zip(known, varies, strict=True) if one}
    return Columns(kept, values[:, varies], tuple(key for key in known if key not in kept), left_out or {})


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
