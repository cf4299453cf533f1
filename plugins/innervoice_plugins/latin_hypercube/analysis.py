"""The analysis: sample the space, decode, measure, relate, map, draw."""

from __future__ import annotations

import numpy as np

from innervoice.plugin import Analysis, Context, Figure, Result
from innervoice_plugins.latin_hypercube.answering import arrays, names, summary
from innervoice_plugins.latin_hypercube.cloud import refuse_nonsense
from innervoice_plugins.latin_hypercube.findings import STAGES, Findings, find
from innervoice_plugins.latin_hypercube.maps import attribute_maps, best_two, links_of
from innervoice_plugins.latin_hypercube.parameters import HypercubeParameters
from innervoice_plugins.latin_hypercube.pictures import attribute_matrix, histograms, stems, trends, ways_to_choose
from innervoice_plugins.latin_hypercube.tables import (
    navigation_figure,
    navigation_table,
    neuron_table,
    tests_figure,
    tests_table,
)


class LatinHypercube(Analysis):
    """Say which directions of the model's space lead to more of four attributes."""

    id = "latin-hypercube"
    title = "Latin hypercube"
    summary = "Samples the model's space evenly, decodes, and tells which neurons lead to more notes, range or contour."
    needs = frozenset({"decode", "melodies"})
    Parameters = HypercubeParameters

    def run(self, context: Context, parameters: HypercubeParameters) -> Result:
        """Sample, decode, measure and relate."""
        refuse_nonsense(parameters, context.model.neurons)
        findings = find(context, parameters)
        navigation = navigation_table(findings.found, parameters.level)
        figures = draw(findings, parameters, context.rng)
        tests = (tests_table(name, one) for name, one in findings.tests.items())
        context.progress(STAGES, STAGES)
        return Result(
            summary=summary(findings, parameters),
            figures=figures,
            tables=(navigation, neuron_table(findings.found), *tests),
            arrays=arrays(findings),
            names=names(findings.found, parameters.level),
        )


def draw(findings: Findings, parameters: HypercubeParameters, rng: np.random.Generator) -> tuple[Figure, ...]:
    """Draw everything; figures whose marks are the same points share their links."""
    cloud, attributes, found = findings.cloud, findings.attributes, findings.found
    links = {of: links_of(cloud, of) for of in ("centres", "samples")}
    mapped = parameters.map_of
    return (
        navigation_figure(found, parameters, cloud),
        attribute_matrix(attributes),
        *stems(found, parameters.level),
        *trends(cloud, attributes, found, links["samples"]),
        *best_two(cloud, attributes, found, links["centres"]),
        *attribute_maps(findings.scaling, attributes, mapped, links[mapped]),
        *histograms(findings.three, findings.chosen, attributes.ids, parameters.region_sigma),
        *(tests_figure(name, one, parameters.level) for name, one in findings.tests.items()),
        *ways_to_choose(parameters, rng),
    )
