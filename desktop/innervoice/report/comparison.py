"""Two runs beside each other: their parameters, then what came out, and how far apart that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from innervoice.plugin.figures import Table
from innervoice.plugin.figures.table import Cell
from innervoice.plugin.result import Json, Result
from innervoice.report.command_line import mapping
from innervoice.report.run_facts import clips_in_words, shown
from innervoice.study.runs import RunRow

LONGEST = 28
"""Characters of a value that the table shows."""

SAME = "same"

Row = tuple[Cell, ...]


def comparison(first: tuple[RunRow, Result], second: tuple[RunRow, Result]) -> Table:
    """Return a table: what, the first run's value, the second's, and the difference.

    Numbers have the second less the first; texts and lists say whether they are the same. What differs stands first.
    """
    rows = [*_settings(first[0], second[0]), *_summaries(first[1].summary, second[1].summary)]
    rows.sort(key=lambda row: row[-1] == SAME)
    names = tuple(one.title or f"run {one.id}" for one in (first[0], second[0]))
    if names[0] == names[1]:
        names = tuple(f"{name} ({one.id})" for name, one in zip(names, (first[0], second[0]), strict=True))
    return Table("comparison", ("what", *names, "difference"), tuple(rows))


def _settings(first: RunRow, second: RunRow) -> Iterator[Row]:
    for name, one, other in _paired(mapping(first.provenance, "parameters"), mapping(second.provenance, "parameters")):
        yield (f"set: {_plain(name)}", _cell(one), _cell(other), _change(one, other))
    for title, say in (("seed", _seed), ("clips", _clips), ("model", _model)):
        one, other = say(first), say(second)
        yield (f"set: {title}", one, other, SAME if one == other else "other")


def _seed(run: RunRow) -> str:
    return str(run.provenance.get("seed", "not known"))


def _clips(run: RunRow) -> str:
    return clips_in_words(run.provenance)


def _model(run: RunRow) -> str:
    return str(mapping(run.provenance, "model").get("name", "not known"))


def _summaries(first: Mapping[str, Json], second: Mapping[str, Json]) -> Iterator[Row]:
    for name, one, other in _paired(first, second):
        yield (_plain(name), _cell(one), _cell(other), _change(one, other))


def _paired(first: Mapping[str, Any], second: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name in dict.fromkeys([*first, *second]):
        yield name, first.get(name), second.get(name)


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    text = f"{value:.6g}" if isinstance(value, float) else shown(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 2]} …"


def _change(one: Any, other: Any) -> Cell:
    if one is None or other is None:
        return SAME if one == other else "only in one"
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in (one, other)):
        return SAME if one == other else _signed(other - one)
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        places = sum(a != b for a, b in zip(one, other, strict=True))
        return f"{places:,} of {len(one):,} places" if places else SAME
    return SAME if one == other else "other"


def _signed(number: float) -> str:
    return (f"{number:+,}" if isinstance(number, int) else f"{number:+.4g}").replace("-", "−")
