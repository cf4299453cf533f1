"""How well music and random notes can be told apart: by one neuron, by counts, by all neurons together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Separation, Table, area, discriminant_scores, separation
from innervoice_plugins.random_notes.counting import Counts

COLUMNS = ("told apart by", "AUC", "low", "high")


@dataclass(frozen=True)
class Verdict:
    """What each way to tell gave, the area as 0.5 or more: which side is greater does not matter.

    Attributes
    ----------
    neuron : int
        The one that tells best.
    by : dict of str to Separation
    """

    neuron: int
    by: dict[str, Separation]


def tell_apart(
    music: NDArray[np.float32],
    noise: NDArray[np.float32],
    counts: tuple[Counts, Counts],
    sizes: tuple[int, int],
    folds: int,
    rng: np.random.Generator,
    tell: Callable[[int], None],
) -> Verdict:
    """Tell mu of music, float32 [clips, neurons], from mu of random notes in four ways.

    `sizes` are the numbers of music and of noise neurons; where there are none they are not counted. The best single
    neuron is found on one half of the clips and measured on the other, so that it is not praised for luck; the
    discriminant is cross-validated. `tell` is told each neuron, and may raise to end it.
    """
    halves = [rng.permutation(len(mu)) for mu in (music, noise)]
    found = [half[: len(half) // 2] for half in halves]
    kept = [half[len(half) // 2 :] for half in halves]
    areas = []
    for neuron in range(music.shape[1]):
        tell(neuron)
        areas.append(area(music[found[0], neuron], noise[found[1], neuron]))
    neuron = int(np.abs(np.array(areas) - 0.5).argmax())
    by = {f"neuron {neuron}": _either_side(separation(music[kept[0], neuron], noise[kept[1], neuron]))}
    for kind, size in zip(("music", "noise"), sizes, strict=True):
        if size:
            one, other = (getattr(side, kind) for side in counts)
            by[f"active {kind} neurons"] = _either_side(separation(one, other))
    by["all neurons"] = separation(*discriminant_scores(music, noise, folds, rng))
    return Verdict(neuron, by)


def table_of(verdict: Verdict) -> Table:
    """One row for each way."""
    rows: list[tuple[str | float, ...]] = [
        (way, *(round(value, 6) for value in found)) for way, found in verdict.by.items()
    ]
    return Table("told_apart", COLUMNS, tuple(rows))


def _either_side(found: Separation) -> Separation:
    return found if found.auc >= 0.5 else Separation(1 - found.auc, 1 - found.high, 1 - found.low)
