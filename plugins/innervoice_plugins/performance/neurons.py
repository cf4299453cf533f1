"""The analysis: the numbers that a layer holds as neurons, ranked by activation and related to what is heard."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Analysis, Context, Result, TableFigure, benjamini_hochberg
from innervoice_plugins.performance.activations import Activations, activations_of
from innervoice_plugins.performance.following import Following, following_of, following_table, ranking_table
from innervoice_plugins.performance.neuron_pictures import (
    activation_boxes,
    attribute_map,
    closest_pairs,
    neuron_correlation,
    spread_curve,
)
from innervoice_plugins.performance.parameters import NeuronsParameters


class PerformanceNeurons(Analysis):
    """Rank a layer's neurons by activation and say what each follows."""

    id = "performance-neurons"
    title = "Neurons of a performance model"
    summary = "Ranks the numbers that a layer holds by how much they vary, and tells which follow what is heard."
    needs = frozenset({"performance"})
    Parameters = NeuronsParameters

    def run(self, context: Context, parameters: NeuronsParameters) -> Result:
        """Look at stretches of all scores of the run."""
        found = activations_of(context, parameters)
        order = np.argsort(-found.mean.var(axis=0), kind="stable")

        def tell(done: int) -> None:
            context.progress(done, parameters.permutations, "shuffling the stretches")

        relation = following_of(found, order, parameters.permutations, context.rng, tell)
        shown = order[: parameters.neurons]
        table = ranking_table(found, order)
        figures = (
            activation_boxes(found, shown),
            spread_curve(found, order),
            attribute_map(relation, order, parameters.neurons),
            neuron_correlation(found, shown),
            *closest_pairs(found, relation, order),
            TableFigure("Neurons by rank", caption="Activation is averaged over each stretch.", table=table),
        )
        return Result(
            summary=_summary(found, order, relation, parameters),
            figures=figures,
            tables=(table, following_table(relation, order)),
            arrays={
                "activation": found.mean,
                "spread_within": found.spread,
                "attributes": found.attributes,
                "correlation": relation.correlation,
                "order": order,
                "score": found.score,
                "first_event": found.first,
            },
            names=_names(relation, order, parameters.level),
        )


def _names(relation: Following, order: NDArray[np.int64], level: float) -> dict[int, str]:
    """Names of the neurons whose closest attribute is beyond chance, all neurons taken together."""
    if not len(relation.chance):
        return {}
    sure = benjamini_hochberg(relation.chance) < level
    return {int(neuron): relation.words(place) for place, neuron in enumerate(order) if sure[place]}


def _summary(
    found: Activations, order: NDArray[np.int64], relation: Following, parameters: NeuronsParameters
) -> dict[str, Any]:
    names = _names(relation, order, parameters.level)
    return {
        "model": found.model,
        "layer": found.layer,
        "neurons": len(order),
        "stretches": len(found.mean),
        "events": int(len(found.mean) * parameters.events),
        "seconds": float(found.seconds.sum()),
        "scores": len(set(found.score.tolist())),
        "left_out": [list(one) for one in found.left_out],
        "order": order.tolist(),
        "named": len(names),
        "follows": {str(neuron): name for neuron, name in names.items()},
    }
