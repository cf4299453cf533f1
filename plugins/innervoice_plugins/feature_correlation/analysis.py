"""The analysis: relate features and neurons, shuffle the clips, say what each neuron follows."""

from __future__ import annotations

from collections.abc import Callable

from innervoice.plugin import Analysis, Context, Figure, Result, equal_width_bins
from innervoice_plugins.feature_correlation.answering import panels, summary
from innervoice_plugins.feature_correlation.directions import directions
from innervoice_plugins.feature_correlation.directions import table_of as directions_table
from innervoice_plugins.feature_correlation.following import correlations_table, followed
from innervoice_plugins.feature_correlation.parameters import CorrelationParameters
from innervoice_plugins.feature_correlation.pictures import feature_matrix, neuron_map, ways_map
from innervoice_plugins.feature_correlation.published import beside_the_paper
from innervoice_plugins.feature_correlation.relating import closest_by_chance, relate
from innervoice_plugins.feature_correlation.stepping import steps
from innervoice_plugins.feature_correlation.subject import prepare


class FeatureCorrelation(Analysis):
    """Say which musical feature each neuron follows."""

    id = "feature-correlation"
    title = "Feature correlation"
    summary = "Computes musical features of the clips and tells which of them each neuron follows."
    needs = frozenset({"encode", "clips", "melodies"})
    Parameters = CorrelationParameters

    def run(self, context: Context, parameters: CorrelationParameters) -> Result:
        """Relate features and neurons over the context's clips."""
        subject = prepare(context, parameters)
        columns = subject.columns

        def at(text: str) -> Callable[[int, int], None]:
            return lambda done, total: context.progress(done, total, text)

        binned, neurons = (equal_width_bins(values, parameters.bins) for values in (columns.values, subject.mu))
        relating, shuffling = at("relating features and neurons"), at("shuffling the clips")
        relation = relate(binned, neurons, columns.values, subject.mu, parameters.bins, relating)
        music = subject.order[: subject.cut]
        of_music = neurons[:, : subject.cut]
        chance = closest_by_chance(binned, of_music, parameters.bins, parameters.permutations, context.rng, shuffling)
        found = followed(columns, relation, music, chance)
        ways = directions(columns.ids, columns.values, subject.mu, context.rng, at("comparing directions"))
        drawn = subject.order[: parameters.neurons]
        figures: tuple[Figure, ...] = (
            feature_matrix(columns),
            neuron_map("phi_k", columns, relation.phik, drawn, subject.cut),
            neuron_map("Pearson's r", columns, relation.pearson, drawn, subject.cut),
            *panels(subject, relation, found, parameters),
            ways_map(ways, columns),
        )
        context.progress(1, 1)
        sure = [one for one in found if one.sure(parameters.level)]
        beside = beside_the_paper(sure, ways, context.model.steps)
        return Result(
            summary=summary(subject, found, ways, parameters),
            figures=figures,
            tables=(correlations_table(columns, relation, music), directions_table(ways, columns.known), beside),
            arrays={
                "phik": relation.phik,
                "pearson": relation.pearson,
                "p": relation.p,
                "order": subject.order,
                **steps(columns, subject.mu, subject.order),
            },
            names={one.neuron: one.words for one in sure},
        )
