"""The numbers behind a figure as one table: for the CSV file, and for those who read rather than look."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch
from itertools import zip_longest

from innervoice.plugin.figures import (
    Bars,
    BoxPlot,
    Curve,
    Figure,
    HeatMap,
    Histogram,
    PianoRoll,
    Scatter,
    Strips,
    Table,
    TableFigure,
)

Row = tuple[str | int | float | None, ...]
BOX = ("low whisker", "first quartile", "median", "third quartile", "high whisker")


@singledispatch
def figure_table(figure: Figure) -> Table:
    """Give the numbers of a figure as rows.

    Raises
    ------
    TypeError
        The kind of figure is not known.
    """
    raise TypeError(f"There is no table for a {type(figure).__name__}.")


@figure_table.register
def _strips(figure: Strips) -> Table:
    panels = [panel.values.tolist() for panel in figure.panels]
    first = ("rank", range(1, len(figure.neurons) + 1)) if figure.ranked else ("place", range(len(figure.neurons)))
    rows = zip(first[1], figure.neurons.tolist(), *panels, strict=True)
    return Table("strips", (first[0], "neuron", *(panel.label for panel in figure.panels)), tuple(rows))


@figure_table.register
def _boxes(figure: BoxPlot) -> Table:
    ids = _ids(figure.links.ids.tolist() if figure.links else [], len(figure.boxes))
    labels = figure.labels or ("",) * len(figure.boxes)
    rows = [
        (place, label, *box, target)
        for place, label, box, target in zip(figure.positions.tolist(), labels, figure.boxes.tolist(), ids, strict=True)
    ]
    return Table("boxes", (str(figure.x), "label", *BOX, _target(figure.links)), tuple(rows))


@figure_table.register
def _matrix(figure: HeatMap) -> Table:
    rows, columns = figure.values.shape
    row_names = figure.row_labels or tuple(str(n + 1) for n in range(rows))
    column_names = figure.column_labels or tuple(str(n + 1) for n in range(columns))
    body = tuple((name, *values) for name, values in zip(row_names, figure.values.tolist(), strict=True))
    return Table("matrix", (f"{figure.y} \\ {figure.x}", *column_names), body)


@figure_table.register
def _scatter(figure: Scatter) -> Table:
    ids = _ids(figure.links.ids.tolist() if figure.links else [], len(figure.points))
    colours = figure.colour.tolist() if figure.colour is not None else [None] * len(figure.points)
    name = str(figure.colour_axis) if figure.colour_axis is not None else "colour"
    rows = tuple((x, y, c, t) for (x, y), c, t in zip(figure.points.tolist(), colours, ids, strict=True))
    return Table("points", (str(figure.x), str(figure.y), name, _target(figure.links)), rows)


@figure_table.register
def _histogram(figure: Histogram) -> Table:
    counts = [one.counts.tolist() for one in figure.series]
    rows = zip(figure.edges[:-1].tolist(), figure.edges[1:].tolist(), *counts, strict=True)
    return Table("histogram", ("from", "to", *(one.label for one in figure.series)), tuple(rows))


@figure_table.register
def _curve(figure: Curve) -> Table:
    rows = tuple((line.label, x, y) for line in figure.lines for x, y in line.points.tolist())
    return Table("curve", ("line", str(figure.x), str(figure.y)), rows)


@figure_table.register
def _bars(figure: Bars) -> Table:
    return Table("bars", (str(figure.x), str(figure.y)), tuple(zip(figure.labels, figure.values.tolist(), strict=True)))


@figure_table.register
def _table(figure: TableFigure) -> Table:
    return figure.table


@figure_table.register
def _roll(figure: PianoRoll) -> Table:
    return Table("notes", ("layer", "start (s)", "end (s)", "pitch", "velocity"), tuple(_notes(figure)))


def _notes(figure: PianoRoll) -> Iterator[Row]:
    fields = ("start", "end", "pitch", "velocity")
    for layer in figure.notes:
        for note in zip(*(layer.notes[field].tolist() for field in fields), strict=True):
            yield (layer.label, *note)


def _ids(ids: list[int], count: int) -> list[int | None]:
    return [target if target is not None and target >= 0 else None for _, target in zip_longest(range(count), ids)]


def _target(links: object) -> str:
    return str(getattr(links, "kind", "link"))
