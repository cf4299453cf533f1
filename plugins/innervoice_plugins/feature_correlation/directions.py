"""One neuron, an attribute vector, or a fitted direction: what follows a feature best on clips it was not made from.

Source: section 4 of the paper, which finds attribute vectors (Roberts et al. 2018, section 5.4) less correlated with a
feature than single neurons; ridge regression (Hoerl and Kennard 1970) is the fairer opponent.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import FEATURES, Table

Floats = NDArray[np.float64]

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


def directions(ids: tuple[str, ...], values: Floats, mu: Floats, rng: np.random.Generator) -> list[Direction]:
    """Compare the three ways for every feature.

    Parameters
    ----------
    values : float64 [clips, features]
    mu : float64 [clips, neurons]
    """
    fold = rng.permutation(np.arange(len(mu)) % FOLDS)
    found = []
    for place, key in enumerate(ids):
        there = np.isfinite(values[:, place])
        r = _compare(values[there, place], mu[there], fold[there])
        found.append(Direction(key, *r))
    return found


def table_of(found: list[Direction]) -> Table:
    """One row for each feature."""
    rows: list[tuple[str | float | None, ...]] = []
    for one in found:
        numbers = (one.best_neuron, one.attribute_vector, one.ridge)
        told = (None if np.isnan(number) else round(number, 6) for number in numbers)
        rows.append((one.feature, FEATURES[one.feature].name, *told))
    return Table("directions", ("feature", "name", *WAYS), tuple(rows))


def vectors_ahead(found: list[Direction]) -> tuple[int, int]:
    """Count the features that an attribute vector follows more closely than the best neuron, and those told of."""
    pairs = [(abs(one.attribute_vector), abs(one.best_neuron)) for one in found]
    there = [pair for pair in pairs if not np.isnan(pair).any()]
    return sum(vector > neuron for vector, neuron in there), len(there)


def _compare(y: Floats, z: Floats, fold: NDArray[np.int64]) -> tuple[float, float, float]:
    told = np.full((3, len(y)), np.nan)
    for part in range(FOLDS):
        learn, test = fold != part, fold == part
        if learn.sum() < 4 or not test.any() or np.ptp(y[learn]) == 0:
            continue
        middle, apart = z[learn].mean(axis=0), y[learn] - y[learn].mean()
        centred, unseen = z[learn] - middle, z[test] - middle
        told[0, test] = unseen @ _best_neuron(centred, apart)
        told[1, test] = unseen @ _attribute_vector(centred, y[learn])
        told[2, test] = unseen @ _ridge(centred, apart)
    best, vector, ridge = (_pearson(line, y) for line in told)
    return best, vector, ridge


def _best_neuron(z: Floats, y: Floats) -> Floats:
    """All zeros but for the neuron of the greatest |r|, with the slope of its line."""
    square = (z**2).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        r = np.nan_to_num(np.abs(y @ z) / np.sqrt(square))
    chosen = int(r.argmax())
    weights = np.zeros(z.shape[1])
    if square[chosen] > 0:
        weights[chosen] = (y @ z[:, chosen]) / square[chosen]
    return weights


def _attribute_vector(z: Floats, y: Floats) -> Floats:
    """Mean of the clips with most of a feature less the mean of those with least."""
    count = max(1, int(EXTREME * len(y)))
    order = np.argsort(y, kind="stable")
    return np.asarray(z[order[-count:]].mean(axis=0) - z[order[:count]].mean(axis=0), dtype=np.float64)


def _ridge(z: Floats, y: Floats) -> Floats:
    product = z.T @ z
    common = np.trace(product) / len(product)
    product[np.diag_indices_from(product)] += RIDGE * len(product) / len(z) * common if common > 0 else 1.0
    return np.asarray(np.linalg.solve(product, z.T @ y), dtype=np.float64)


def _pearson(one: Floats, other: Floats) -> float:
    there = np.isfinite(one)
    if there.sum() < 3 or np.ptp(one[there]) == 0 or np.ptp(other[there]) == 0:
        return float("nan")
    return float(np.corrcoef(one[there], other[there])[0, 1])
