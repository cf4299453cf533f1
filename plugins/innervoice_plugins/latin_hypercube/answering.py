"""What is said in the end: the summary for scripts, the arrays for further work, names for neurons."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice_plugins.latin_hypercube.attributes import SHORT, name_of
from innervoice_plugins.latin_hypercube.findings import Findings
from innervoice_plugins.latin_hypercube.parameters import HypercubeParameters
from innervoice_plugins.latin_hypercube.relating import Found, Side
from innervoice_plugins.latin_hypercube.three_regions import PAIR_NAMES


def summary(findings: Findings, parameters: HypercubeParameters) -> dict[str, Any]:
    """Say what a script wants to know."""
    cloud, attributes, between = findings.cloud, findings.attributes, findings.attributes.between
    return {
        "points": cloud.regions,
        "samples": int(cloud.samples.shape[0] * cloud.samples.shape[1]),
        "neurons": cloud.neurons,
        "minimum_distance": cloud.least,
        "sigma": cloud.sigma,
        "sigma_rule": parameters.sigma_rule,
        "length_by_prior": cloud.length_by_prior,
        "warning": cloud.warning or None,
        "empty_clips": attributes.empty,
        "rho_of_attributes": {
            f"{SHORT[one]}/{SHORT[other]}": _told(float(between[one, other]))
            for one in range(len(SHORT))
            for other in range(one)
        },
        "attributes": {one.key: _found(one, parameters.level) for one in findings.found},
        "p_values": {
            name: {
                short: {pair: _told(float(part.p[row, column])) for column, pair in enumerate(PAIR_NAMES)}
                for row, short in enumerate(SHORT)
            }
            for name, part in findings.tests.items()
        },
        "map_stress": findings.scaling.normalised,
    }


def arrays(findings: Findings) -> dict[str, NDArray[Any]]:
    """Give everything that further work wants, under the names of the paper's code."""
    cloud = findings.cloud
    given: dict[str, NDArray[Any]] = {
        "grid_points_coordinates": cloud.centres,
        "sample_coordinates": cloud.samples,
        "sample_complexities": findings.attributes.of_samples,
        "sample_tokens": findings.tokens.reshape(*cloud.samples.shape[:2], -1),
        "map": findings.scaling.points,
    }
    steps = {f"direction-{one.key}": one.direction.step.astype(np.float32) for one in findings.found if one.direction}
    return given | steps


def names(found: list[Found], level: float) -> dict[int, str]:
    """Name the neurons that lead to more of an attribute, each after the one that it goes along with most."""
    named: dict[int, tuple[float, str]] = {}
    for one in found:
        best = one.regions.best
        if best < 0 or not one.navigable(level):
            continue
        rho = float(one.regions.rho[best])
        sign = "−" if rho < 0 else ""
        if abs(rho) > named.get(best, (0.0, ""))[0]:
            named[best] = abs(rho), f"follows {name_of(one.key)}, {sign}{abs(rho):.2f}"
    return {neuron: words for neuron, (_rho, words) in named.items()}


def _found(one: Found, level: float) -> dict[str, Any]:
    direction = one.direction
    return {
        "regions": _side(one.regions),
        "samples": _side(one.samples),
        "direction_r": _told(direction.r) if direction else None,
        "direction_error": _told(direction.error) if direction else None,
        "navigable": one.navigable(level),
    }


def _side(side: Side) -> dict[str, Any]:
    if side.best < 0:
        return {"neuron": None, "rho": None}
    best = side.best
    second = int(side.order[1]) if len(side.order) > 1 else None
    return {
        "neuron": best,
        "rho": _told(float(side.rho[best])),
        "interval": [_told(side.interval.low), _told(side.interval.high)],
        "rank_rho": _told(float(side.rank_rho[best])),
        "p_by_permutation": _told(side.p),
        "second_neuron": second,
        "second_rho": None if second is None else _told(float(side.rho[second])),
        "stays_best": _told(side.stays),
    }


def _told(value: float) -> float | None:
    return None if math.isnan(value) else float(f"{value:.6g}")
