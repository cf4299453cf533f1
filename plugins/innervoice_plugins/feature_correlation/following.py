"""What each music neuron follows, and what kind of neuron it is, by a stated rule."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Table
from innervoice_plugins.feature_correlation.known import Known
from innervoice_plugins.feature_correlation.relating import Columns, Relation

KINDS = {"R": "rhythm", "P": "pitch", "M": "melody", "A": "attribute"}
RULE = (
    "A neuron follows the feature with which its phi_k is greatest, if shuffled clips reach as much for any feature "
    "less often than the level; it is a rhythm, pitch or melody neuron by that feature's letter."
)
COLUMNS = ("neuron", "rank", "feature", "name", "value", "pearson", "p adjusted")


@dataclass(frozen=True)
class Follows:
    """The closest feature of a neuron.

    Attributes
    ----------
    neuron, rank : int
        Rank from 1.
    feature : str
        Its id.
    known : Known
        What it is called.
    phik, pearson : float
    chance : float or None
        How often shuffled clips reach as much with any feature; None when they were not shuffled.
    """

    neuron: int
    rank: int
    feature: str
    known: Known
    phik: float
    pearson: float
    chance: float | None

    def sure(self, level: float) -> bool:
        """Say whether chance alone does as well less often than the level."""
        return self.chance is not None and self.chance < level

    @property
    def kind(self) -> str:
        """Return "rhythm", "pitch", "melody" or "attribute"; "other" of a plugin's."""
        return KINDS.get(self.known.letter, "other")

    @property
    def words(self) -> str:
        """Return the neuron's name for people: "follows note density, 0.81"; a minus where it falls."""
        sign = "−" if self.pearson < 0 else ""
        name = self.known.name if self.known.plugin else self.known.name.lower()
        return f"follows {name}, {sign}{self.phik:.2f}"


def followed(
    columns: Columns, relation: Relation, order: NDArray[np.int64], chance: NDArray[np.float64]
) -> list[Follows]:
    """Find the closest feature of each music neuron.

    Parameters
    ----------
    order : int64 [neurons]
        The music neurons by rank.
    chance : float64 [permutations, neurons]
        From `closest_by_chance`; no rows when nothing was shuffled.
    """
    found = []
    for place, neuron in enumerate(order.tolist()):
        phik = relation.phik[:, place]
        if np.isnan(phik).all():
            continue
        best = int(np.nanargmax(phik))
        reached = np.count_nonzero(chance[:, place] >= phik[best])
        found.append(
            Follows(
                neuron,
                place + 1,
                columns.ids[best],
                columns.known[columns.ids[best]],
                float(phik[best]),
                float(np.nan_to_num(relation.pearson[best, place])),
                (1 + int(reached)) / (1 + len(chance)) if len(chance) else None,
            )
        )
    return found


def correlations_table(columns: Columns, relation: Relation, order: NDArray[np.int64]) -> Table:
    """One row for each music neuron and feature, the closest feature of each neuron first."""
    rows: list[tuple[str | int | float | None, ...]] = []
    for place, neuron in enumerate(order.tolist()):
        for best in np.argsort(-np.nan_to_num(relation.phik[:, place], nan=-1.0), kind="stable").tolist():
            numbers = (relation.phik[best, place], relation.pearson[best, place], relation.p[best, place])
            told = (None if np.isnan(number) else round(float(number), 6) for number in numbers)
            key = columns.ids[best]
            rows.append((neuron, place + 1, key, columns.known[key].title, *told))
    return Table("correlations", COLUMNS, tuple(rows))
