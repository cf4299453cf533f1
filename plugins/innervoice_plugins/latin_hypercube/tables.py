"""The tables: which neuron leads to more of what, and the paper's p-values with a correction for many tests."""

from __future__ import annotations

import math

import numpy as np

from innervoice.plugin import FEATURES, Table, TableFigure
from innervoice_plugins.latin_hypercube.attributes import SHORT
from innervoice_plugins.latin_hypercube.cloud import Cloud
from innervoice_plugins.latin_hypercube.parameters import HypercubeParameters
from innervoice_plugins.latin_hypercube.relating import DRAWS, Found, Side
from innervoice_plugins.latin_hypercube.three_regions import PAIR_NAMES, Tests

TITLES = {"mann_whitney": "Mann-Whitney test of three regions", "welch": "Welch's test of three regions"}
NEURON_COLUMNS = ("neuron", "attribute", "rho of region means", "rho of samples", "rank rho of region means",
                  "rank rho of samples")  # fmt: skip
FOUND_COLUMNS = (
    "attribute", "over", "neuron", "rho", "low", "high", "rank rho", "p", "second neuron", "second rho",
    "stays best", "direction r", "direction error", "navigable",
)  # fmt: skip
SHORT_COLUMNS = ("attribute", "over", "neuron", "rho", "rank rho", "p", "next", "stays best", "direction r")


def navigation_table(found: list[Found], level: float) -> Table:
    """Two rows for each attribute: its best neuron over the region means and over the samples."""
    rows = []
    for one in found:
        direction = (one.direction.r, one.direction.error) if one.direction is not None else (None, None)
        for over, side in (("region means", one.regions), ("samples", one.samples)):
            told = (FEATURES[one.key].name, over, *_side(side), *(_number(value) for value in direction))
            rows.append((*told, side.p < level))
    return Table("navigation", FOUND_COLUMNS, tuple(rows))


def navigation_figure(found: list[Found], parameters: HypercubeParameters, cloud: Cloud) -> TableFigure:
    """Show what matters of it, with what is surer than chance marked."""
    level, times = parameters.level, parameters.permutations
    sides = [(one, over, side) for one in found for over, side in (("regions", one.regions), ("samples", one.samples))]
    rows = tuple((FEATURES[one.key].name, over, *_short(side), _foretold(one)) for one, over, side in sides)
    marked = tuple((row, SHORT_COLUMNS.index("p")) for row, (_one, _over, side) in enumerate(sides) if side.p < level)
    shuffled = f"in {times:,} shuffles of the regions" if times else "(the regions were not shuffled)"
    points = f"{cloud.regions} centres, least distance {cloud.least:.1f}, samples with sigma {cloud.sigma:.3g}, "
    warning = f" {cloud.warning}" if cloud.warning else ""
    return TableFigure(
        "Which neuron leads to more",
        caption=f"{points}{cloud.length_by_prior:.1f} times as long as the prior's.{warning} Of each attribute the "
        "neuron with the greatest |rho|, over the means of the regions and over all samples, with its 95 % interval; "
        f"Spearman's rank correlation; p: how often the best of all neurons reaches as much by chance {shuffled}, "
        f"marked below {level:g}; the neuron that comes next; share of {DRAWS} draws of the regions in which the same "
        "neuron is the best; and how well a direction through all neurons (ridge regression) foretells the attribute "
        "in regions that it was not fitted to: r with its standard error.",
        table=Table("navigation", SHORT_COLUMNS, rows),
        marked=marked,
    )


def neuron_table(found: list[Found]) -> Table:
    """One row for each attribute and neuron."""
    rows = [
        (neuron, FEATURES[one.key].name, *(_number(float(side[neuron])) for side in sides))
        for one in found
        for sides in [(one.regions.rho, one.samples.rho, one.regions.rank_rho, one.samples.rank_rho)]
        for neuron in range(len(one.regions.rho))
    ]
    return Table("rho_by_neuron", NEURON_COLUMNS, tuple(rows))


def tests_table(name: str, tests: Tests) -> Table:
    """One row for each attribute and pair of regions, numbers in full."""
    rows = [
        (
            SHORT[place],
            pair,
            *(_number(float(part[place, column])) for part in (tests.statistic, tests.p, tests.adjusted)),
        )
        for place in range(len(tests.p))
        for column, pair in enumerate(PAIR_NAMES)
    ]
    return Table(name, ("attribute", "pair", "statistic", "p", "p adjusted (Holm)"), tuple(rows))


def tests_figure(name: str, tests: Tests, level: float) -> TableFigure:
    """Draw figure 6: the p-values as the paper writes them, those below the level marked, and adjusted beside them."""
    columns = ("attribute", *PAIR_NAMES, *(f"{pair}, adjusted" for pair in PAIR_NAMES))
    both = np.concatenate([tests.p, tests.adjusted], axis=1)
    rows = tuple((SHORT[place], *(written(p) for p in row)) for place, row in enumerate(both.tolist()))
    marked = tuple((int(row), int(column) + 1) for row, column in np.argwhere(both < level))
    return TableFigure(
        TITLES[name],
        caption=f"Two-sided p-values; below {level:g} marked. On the right adjusted for the {tests.p.size} tests of "
        "this table by Holm's method, under which even one false finding is less likely than the level.",
        table=Table(name, columns, rows),
        marked=marked,
    )


def written(p: float) -> str:
    """Write a p-value as the paper does: 4.009E-21."""
    return "–" if math.isnan(p) else f"{p:.3E}"


def _side(side: Side) -> tuple[int | float | None, ...]:
    if side.best < 0:
        return (None,) * 9
    best, second = side.order[:2].tolist() if len(side.order) > 1 else (side.best, None)
    return (
        best,
        _number(float(side.rho[best])),
        _number(side.interval.low),
        _number(side.interval.high),
        _number(float(side.rank_rho[best])),
        _number(side.p),
        second,
        None if second is None else _number(float(side.rho[second])),
        _number(side.stays),
    )


def _short(side: Side) -> tuple[str | int | None, ...]:
    if side.best < 0:
        return (None, *["–"] * 5)
    best, interval = side.best, side.interval
    following = int(side.order[1]) if len(side.order) > 1 else None
    return (
        best,
        f"{interval.r:.2f} [{interval.low:.2f}, {interval.high:.2f}]",
        f"{side.rank_rho[best]:.2f}",
        "–" if math.isnan(side.p) else f"{side.p:.2g}",
        "–" if following is None else f"{following} ({side.rho[following]:.2f})",
        f"{side.stays:.0%}",
    )


def _foretold(one: Found) -> str:
    return "–" if one.direction is None else f"{one.direction.r:.2f} ± {one.direction.error:.2f}"


def _number(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else float(f"{value:.6g}")
