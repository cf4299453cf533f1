"""What is said of a feature correlation: scatter plots of the closest pairs, and the summary."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Scatter
from innervoice_plugins.feature_correlation.directions import Direction, vectors_ahead
from innervoice_plugins.feature_correlation.following import KINDS, RULE, Follows
from innervoice_plugins.feature_correlation.parameters import CorrelationParameters
from innervoice_plugins.feature_correlation.pictures import pair_scatter
from innervoice_plugins.feature_correlation.relating import Relation, pearson_with_gaps
from innervoice_plugins.feature_correlation.subject import Subject

FIRST = 4
"""Of so many neurons the paper tells whether they follow rhythm or pitch."""

SAME = 0.999
"""Size of Pearson's r above which two features are drawn as one."""

PANELS = 4
"""Panels of figure 8, and of figure 9."""


def panels(
    subject: Subject, relation: Relation, found: list[Follows], parameters: CorrelationParameters
) -> Iterator[Scatter]:
    """Draw figures 8 and 9: the first rhythm neuron against rhythm features, then against pitch features.

    The paper contradicts itself on whether neuron 1 or 2 is the rhythm neuron; the first that follows a rhythm
    feature is taken. A pair that was asked for comes first.
    """
    if parameters.neuron >= 0:
        yield _asked(subject, relation, parameters)
    rhythm = next((one for one in found if one.kind == "rhythm"), None)
    if rhythm is None:
        return
    place = rhythm.rank - 1
    for letter in ("R", "P"):
        of_letter = [row for row, other in enumerate(subject.columns.letters) if other == letter]
        closest = sorted(of_letter, key=lambda row: -np.nan_to_num(relation.phik[row, place]))
        for row in _different(closest, subject.columns.values, PANELS):
            yield _panel(subject, relation, row, place, parameters.span)


def _different(rows: list[int], values: NDArray[np.float64], most: int) -> list[int]:
    """Take the first features that do not say the same as one before; of melodies some always do."""
    taken: list[int] = []
    for row in rows:
        one = values[:, [row]]
        if not taken or float(np.nanmax(np.abs(pearson_with_gaps(values[:, taken], one)), initial=0.0)) < SAME:
            taken.append(row)
        if len(taken) == most:
            break
    return taken


def summary(
    subject: Subject, found: list[Follows], ways: list[Direction], parameters: CorrelationParameters
) -> dict[str, Any]:
    """Say what a script wants: the closest feature of every music neuron, and which neurons are of which kind."""
    sure = [one for one in found if one.sure(parameters.level)]
    ahead, told = vectors_ahead(ways)
    return {
        "clips": subject.clips,
        "neurons": len(subject.order),
        "music_neurons": subject.cut,
        "features": list(subject.columns.ids),
        "constant_features": list(subject.columns.dropped),
        "features_left_out": dict(subject.columns.left_out),
        "level": parameters.level,
        "permutations": parameters.permutations,
        "rule": RULE,
        "best_feature": {
            str(one.neuron): {
                "rank": one.rank,
                "feature": one.feature,
                "name": one.known.title,
                "phik": one.phik,
                "pearson": one.pearson,
                "chance": one.chance,
            }
            for one in found
        },
        **{f"{kind}_neurons": [one.neuron for one in sure if one.kind == kind] for kind in KINDS.values()},
        "first_kinds": {str(one.rank): one.kind for one in sure if one.rank <= FIRST},
        "melody_candidate_ranks": [one.rank for one in sure if one.kind == "melody"],
        "attribute_vector_ahead_of_best_neuron": {"features": ahead, "of": told},
    }


def _asked(subject: Subject, relation: Relation, parameters: CorrelationParameters) -> Scatter:
    places = np.flatnonzero(subject.order == parameters.neuron)
    if not len(places):
        raise ValueError(f"Neuron {parameters.neuron} is not there; the model has {len(subject.order)}, from 0 on.")
    place, ids = int(places[0]), subject.columns.ids
    if parameters.feature and parameters.feature not in ids:
        reason = "is the same for all clips" if parameters.feature in subject.columns.dropped else "is not there"
        raise ValueError(f"The feature {parameters.feature!r} {reason}; choose one of {', '.join(ids)}.")
    if parameters.feature:
        row = ids.index(parameters.feature)
    else:
        row = int(np.nan_to_num(relation.phik[:, place], nan=-1.0).argmax())
    return _panel(subject, relation, row, place, parameters.span)


def _panel(subject: Subject, relation: Relation, row: int, place: int, span: float) -> Scatter:
    phik, pearson = relation.phik[row, place], relation.pearson[row, place]
    said = f"Phi_k {phik:.2f}, Pearson's r {pearson:.2f}, over {subject.clips:,} clips."
    key, neuron = subject.columns.ids[row], int(subject.order[place])
    values, mu = subject.columns.values[:, row], subject.mu[:, place]
    return pair_scatter(key, subject.columns.known[key], values, neuron, mu, subject.clip_ids, said, span)
