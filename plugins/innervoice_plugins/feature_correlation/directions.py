"""One neuron, an attribute vector, or a fitted direction: what follows a feature best on clips it was not made from.

Source: section 4 of the paper, which finds attribute vectors (Roberts et al. 2018, section 5.4) less correlated with a
feature than single neurons; ridge regression (Hoerl and Kennard 1970) is the fairer opponent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Table
from innervoice_plugins.feature_correlation.known import Known

Floats = NDArray[np.float64]
Tell = Callable[[int, int], None]

FOLDS = 5
EXTREME = 0.25
"""Share of the clips with the greatest, and with the smallest, values whose mean latent vectors are subtracted."""
RIDGE = 10.0
"""Penalty of the regression in units of the neurons' variance times the number of clips per neuron."""
WAYS = ("best neuron", "attribute vector", "ridge regression")


@dataclass(frozen=True)
class Direction:
    """How closely each way follows one feature: Pearson's r over the clips of all folds, each left out once."""

    feature: str
    best_neuron: float
    attribute_vector: float
    ridge: float


def directions(
    ids: tuple[str, ...], values: Floats, mu: Floats, rng: np.random.Generator, tell: Tell = lambda done, total: None
) -> list[Direction]:
    """Compare the three ways for every feature.

    Parameters
    ----------
    values : float64 [clips, features]
    mu : float64 [clips, neurons]
    tell : callable
        Told how much of how much is done; may raise to end it.
    """
    fold = rng.permutation(np.arange(len(mu)) % FOLDS)
    there = np.isfinite(values)
    told = np.full((len(WAYS), *values.shape), np.nan)
    masks, of_mask = np.unique(there, axis=1, return_inverse=True)
    turns = [(mask, part) for mask in range(masks.shape[1]) for part in range(FOLDS)]
    for done, (mask, part) in enumerate(turns):
        tell(done, len(turns))
        # What the neurons have in common is worked out once for all features that the same clips have a value of.
        features = np.flatnonzero(of_mask.reshape(-1) == mask)
        learn, test = masks[:, mask] & (fold != part), masks[:, mask] & (fold == part)
        varying = features[np.ptp(values[np.ix_(learn, features)], axis=0) > 0] if learn.sum() >= 4 else features[:0]
        if not len(varying) or not test.any():
            continue
        weights, middle = _learnt(values[np.ix_(learn, varying)], mu[learn])
        unseen = mu[test] - middle
        told[np.ix_(np.arange(len(WAYS)), np.flatnonzero(test), varying)] = np.stack([unseen @ way for way in weights])
    return [
        Direction(key, *(_pearson(way[:, place], values[:, place]) for way in told)) for place, key in enumerate(ids)
    ]


def table_of(found: list[Direction], known: Mapping[str, Known]) -> Table:
    """One row for each feature."""
    rows: list[tuple[str | float | None, ...]] = []
    for one in found:
        numbers = (one.best_neuron, one.attribute_vector, one.ridge)
        told = (None if np.isnan(number) else round(number, 6) for number in numbers)
        rows.append((one.feature, known[one.feature].title, *told))
    return Table("directions", ("feature", "name", *WAYS), tuple(rows))


def vectors_ahead(found: list[Direction]) -> tuple[int, int]:
    """Count the features that an attribute vector follows more closely than the best neuron, and those told of."""
    pairs = [(abs(one.attribute_vector), abs(one.best_neuron)) for one in found]
    there = [pair for pair in pairs if not np.isnan(pair).any()]
    return sum(vector > neuron for vector, neuron in there), len(there)


def _learnt(y: Floats, z: Floats) -> tuple[tuple[Floats, Floats, Floats], Floats]:
    """Weights of each way for each feature, [neurons, features], and the middle of the latents they are learnt from.

    Parameters
    ----------
    y : float64 [clips, features]
    z : float64 [clips, neurons]
    """
    middle = z.mean(axis=0)
    centred = z - middle
    product, together = centred.T @ centred, centred.T @ (y - y.mean(axis=0))
    weights = _best_neuron(product, together), _attribute_vector(centred, y), _ridge(product, together, len(z))
    return weights, middle


def _best_neuron(product: Floats, together: Floats) -> Floats:
    """All zeros but for the neuron of the greatest |r|, with the slope of its line."""
    square = np.diag(product)
    with np.errstate(invalid="ignore", divide="ignore"):
        r = np.nan_to_num(np.abs(together) / np.sqrt(square)[:, None])
    weights = np.zeros_like(together)
    for feature, chosen in enumerate(r.argmax(axis=0)):
        if square[chosen] > 0:
            weights[chosen, feature] = together[chosen, feature] / square[chosen]
    return weights


def _attribute_vector(z: Floats, y: Floats) -> Floats:
    """Mean of the clips with most of a feature less the mean of those with least."""
    count = max(1, int(EXTREME * len(y)))
    order = np.argsort(y, axis=0, kind="stable")
    share = np.zeros_like(y)
    np.put_along_axis(share, order[:count], -1.0 / count, axis=0)
    np.put_along_axis(share, order[-count:], 1.0 / count, axis=0)
    return np.asarray(z.T @ share, dtype=np.float64)


def _ridge(product: Floats, together: Floats, clips: int) -> Floats:
    common = np.trace(product) / len(product)
    shrunk = product.copy()
    shrunk[np.diag_indices_from(shrunk)] += RIDGE * len(product) / clips * common if common > 0 else 1.0
    return np.asarray(np.linalg.solve(shrunk, together), dtype=np.float64)


def _pearson(one: Floats, other: Floats) -> float:
    there = np.isfinite(one)
    if there.sum() < 3 or np.ptp(one[there]) == 0 or np.ptp(other[there]) == 0:
        return float("nan")
    return float(np.corrcoef(one[there], other[there])[0, 1])
