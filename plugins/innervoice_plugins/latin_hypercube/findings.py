"""Everything that a run finds, before it is drawn and told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Context, Scaling
from innervoice_plugins.latin_hypercube.attributes import Attributes, ids_of, measure
from innervoice_plugins.latin_hypercube.cloud import Cloud, draw_cloud
from innervoice_plugins.latin_hypercube.maps import scale
from innervoice_plugins.latin_hypercube.parameters import HypercubeParameters
from innervoice_plugins.latin_hypercube.relating import Found, relate
from innervoice_plugins.latin_hypercube.three_regions import TESTS, Tests, compare_all, sample_three

STAGES = 4


@dataclass(frozen=True, eq=False)
class Findings:
    """What was sampled, decoded, measured and related.

    Attributes
    ----------
    cloud : Cloud
    tokens : int16 [regions * samples, steps]
    attributes : Attributes
    found : list of Found
        One for each attribute.
    chosen : int64 [4, 3]
        The low, middle and high region of each attribute.
    three : float64 [4, 3, samples]
        The attribute of new samples around them.
    tests : mapping of str to Tests
    scaling : Scaling
        The map.
    """

    cloud: Cloud
    tokens: NDArray[np.int16]
    attributes: Attributes
    found: list[Found]
    chosen: NDArray[np.int64]
    three: NDArray[np.float64]
    tests: Mapping[str, Tests]
    scaling: Scaling


def find(context: Context, parameters: HypercubeParameters) -> Findings:
    """Sample the space, decode, measure and relate, saying how far it is."""

    def tell(stage: int) -> Callable[[str], None]:
        return lambda text: context.progress(stage, STAGES, text)

    cloud = draw_cloud(parameters, context.model.neurons, context.rng)
    ids = ids_of(parameters)
    tokens, values = _decoded(context, parameters, cloud.samples, tell(0))
    attributes = Attributes(ids, values)
    chosen, drawn = sample_three(cloud, attributes.of_regions, parameters.region_sigma, context.rng)
    _tokens, of_three = _decoded(context, parameters, drawn, tell(1))
    three = np.stack([of_three[place, ..., place] for place in range(len(ids))])
    found = relate(cloud, attributes, parameters, context.rng, tell(2))
    scaling = scale(cloud, parameters.map_of, tell(3))
    tests = {name: compare_all(three, name) for name in TESTS}
    return Findings(cloud, tokens, attributes, found, chosen, three, tests, scaling)


def _decoded(
    context: Context, parameters: HypercubeParameters, points: NDArray[np.float32], tell: Callable[[str], None]
) -> tuple[NDArray[np.int16], NDArray[np.float64]]:
    """Decode points, float32 [..., neurons], and measure the four attributes, float64 [..., 4]."""
    tokens = context.decode(points.reshape(-1, points.shape[-1]), parameters.temperature, context.seed)
    values = measure(tokens, ids_of(parameters), lambda done: tell(f"measuring clips, {done:,} of {len(tokens):,}"))
    return tokens, values.reshape(*points.shape[:-1], -1)
