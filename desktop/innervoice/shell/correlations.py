"""What runs of analyses say of neurons and features: read from any stored table of that name."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from innervoice.shell.background import Desk
from innervoice.shell.done_runs import DoneRun, ReadOnce

TABLE = "correlations"
COLUMNS = ("neuron", "feature", "value")
NAME = "name"
DIRECTION = "pearson"
"""A column whose sign tells which way a feature goes, for values that have none of their own, as phik."""

ByNeuron = dict[int, tuple[tuple[str, float], ...]]
"""For each neuron its features with their values, the strongest first."""


def newest_correlations(
    read: ReadOnce[ByNeuron], desk: Desk, study: Path, runs: Sequence[DoneRun]
) -> tuple[int, ByNeuron]:
    """Return the first of these runs whose result has a table of correlations, and the table; -1 when none has.

    Parameters
    ----------
    read : ReadOnce
        Reads with `read_correlations` and keeps what it read.

    Raises
    ------
    StudyError
        When a run is no longer there.
    """
    return next(((run, found) for run, found in read.each(desk, study, runs) if found), (-1, {}))


def read_correlations(study: Any, run: int) -> ByNeuron:
    """Return the correlations in the result of a run, by its id; empty when it has none."""
    return read_table(study.packed_result(run))


def read_table(packed: Mapping[str, Any]) -> ByNeuron:
    """Return the correlations in a packed result; empty when it has none in the three columns."""
    from innervoice.plugin.errors import ResultError
    from innervoice.plugin.figures import Table

    tables = packed.get("tables")
    for entry in tables if isinstance(tables, list) else ():
        if not isinstance(entry, dict) or entry.get("name") != TABLE:
            continue
        try:
            table = Table(TABLE, tuple(entry["columns"]), tuple(tuple(row) for row in entry["rows"]))
            return _by_neuron(table)
        except (ResultError, KeyError, TypeError):
            return {}  # it is not this kind of table; the page of the result shows whatever it is
    return {}


def _by_neuron(table: Any) -> ByNeuron:
    if any(column not in table.columns for column in COLUMNS):
        return {}
    neuron, feature, value = (table.columns.index(column) for column in COLUMNS)
    # Where the ids have names for people, those are shown.
    feature = table.columns.index(NAME) if NAME in table.columns else feature
    found: dict[int, list[tuple[str, float]]] = {}
    for row, number in zip(table.rows, _signed(table, value), strict=True):
        if isinstance(row[neuron], int) and number is not None:
            found.setdefault(row[neuron], []).append((str(row[feature]), number))
    return {key: tuple(sorted(pairs, key=lambda pair: -abs(pair[1]))) for key, pairs in found.items()}


def _signed(table: Any, column: int) -> list[float | None]:
    """The numbers of a column; where none is below zero and there is a direction, with its sign."""
    numbers = [float(row[column]) if isinstance(row[column], int | float) else None for row in table.rows]
    if DIRECTION not in table.columns or any(number is not None and number < 0 for number in numbers):
        return numbers
    ways = [row[table.columns.index(DIRECTION)] for row in table.rows]
    return [
        math.copysign(number, way) if number is not None and isinstance(way, int | float) else number
        for number, way in zip(numbers, ways, strict=True)
    ]
