"""The numbers behind a figure as one table: for the CSV file, and for those who read rather than look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import singledispatch
from itertools import zip_longest

import numpy as np

from innervoice.plugin.figures import (
    NO_LINK,
    Bars,
    BoxPlot,
    Curve,
    Figure,
    HeatMap,
    Histogram,
    Link,
    PianoRoll,
    Scatter,
    Strips,
    Surface,
    Table,
    TableFigure,
)

Cell = str | int | float | None
Row = tuple[Cell, ...]
Column = tuple[str, Iterable[Cell]]
BOX = ("low whisker", "first quartile", "median", "third quartile", "high whisker")


@singledispatch
def figure_table(figure: Figure) -> Table:
    """Give the numbers of a figure as rows: of each mark that is drawn, and where it leads.

    Raises
    ------
    TypeError
        The kind of figure is not known.
    """
    raise TypeError(f"There is no table for a {type(figure).__name__}.")


@figure_table.register
def _strips(figure: Strips) -> Table:
    count = len(figure.neurons)
    places = ("rank", range(1, count + 1)) if figure.ranked else ("place", range(count))
    columns: list[Column] = [places, ("neuron", figure.neurons.tolist())]
    columns += [(panel.label, panel.values.tolist()) for panel in figure.panels]
    columns += [(f"chance of {one.label}", [one.chance] * count) for one in figure.panels if one.chance is not None]
    if figure.cut is not None:
        columns.append(("left of the cut", [place < figure.cut for place in range(count)]))
    return _in_columns("strips", columns)


@figure_table.register
def _boxes(figure: BoxPlot) -> Table:
    count = len(figure.boxes)
    ids = _ids(figure.links, count)
    places, labels = figure.positions.tolist(), figure.labels or ("",) * count
    boxes = zip(places, labels, *figure.boxes.T.tolist(), ids, strict=True)
    columns = (str(figure.x), "label", *BOX, _target(figure.links))
    blank = (None,) * len(BOX)
    cut = [] if figure.cut is None else [(figure.cut, "", *blank, None)]
    if not any(map(len, figure.outliers)):
        return _in_parts("boxes", columns, {"box": boxes, "cut": cut})
    apart = (
        (place, label, *blank, target, value)
        for place, label, target, values in zip(places, labels, ids, figure.outliers, strict=True)
        for value in values.tolist()
    )
    parts = {"box": ((*row, None) for row in boxes), "outlier": apart, "cut": [(*row, None) for row in cut]}
    return _in_parts("boxes", (*columns, "outlier"), parts)


@figure_table.register
def _matrix(figure: HeatMap) -> Table:
    rows, columns = figure.values.shape
    names = figure.column_labels or tuple(str(n + 1) for n in range(columns))
    if figure.column_links is not None:
        targets = _ids(figure.column_links, columns)
        names = tuple(
            name if target is None else f"{name} ({figure.column_links.kind} {target})"
            for name, target in zip(names, targets, strict=True)
        )
    heads: list[Column] = [(f"{figure.y} \\ {figure.x}", figure.row_labels or [str(n + 1) for n in range(rows)])]
    if figure.row_links is not None:
        heads.append((figure.row_links.kind, _ids(figure.row_links, rows)))
    return _in_columns("matrix", [*heads, *zip(names, figure.values.T.tolist(), strict=True)])


@figure_table.register
def _scatter(figure: Scatter) -> Table:
    count = len(figure.points)
    colours = figure.colour.tolist() if figure.colour is not None else [None] * count
    name = str(figure.colour_axis) if figure.colour_axis is not None else "colour"
    parts: dict[str, Iterable[Row]] = {
        "point": zip(*figure.points.T.tolist(), colours, _ids(figure.links, count), strict=True),
        "fit": [(x, y, None, None) for x, y in figure.fit.tolist()] if figure.fit is not None else [],
    }
    if figure.surface is not None:
        parts["surface"] = _heights(figure.surface)
        parts["surface level"] = [(None, None, level, None) for level in figure.surface.levels.tolist()]
    return _in_parts("points", (str(figure.x), str(figure.y), name, _target(figure.links)), parts)


def _heights(surface: Surface) -> Iterator[Row]:
    rows, columns = surface.heights.shape
    across = np.linspace(surface.x[0], surface.x[1], columns).tolist()
    for y, heights in zip(
        np.linspace(surface.y[0], surface.y[1], rows).tolist(), surface.heights.tolist(), strict=True
    ):
        for x, height in zip(across, heights, strict=True):
            yield x, y, height, None


@figure_table.register
def _histogram(figure: Histogram) -> Table:
    counts = [one.counts.tolist() for one in figure.series]
    bins = zip(figure.edges[:-1].tolist(), figure.edges[1:].tolist(), *counts, strict=True)
    columns = ("from", "to", *(one.label for one in figure.series))
    return _in_parts("histogram", columns, {"bin": bins, "density": _densities(figure)})


def _densities(figure: Histogram) -> Iterator[Row]:
    """Write each point of a density as a bin of no width, in the column of its series."""
    for number, one in enumerate(figure.series):
        after = len(figure.series) - number - 1
        for x, y in one.density.tolist() if one.density is not None else []:
            yield (x, x, *[None] * number, y, *[None] * after)


@figure_table.register
def _curve(figure: Curve) -> Table:
    columns: tuple[str, ...] = ("line", str(figure.x), str(figure.y))
    banded = any(line.band is not None for line in figure.lines)
    blank: Row = (None, None) if banded else ()
    points = [
        (line.label, *point, *(edges or blank))
        for line in figure.lines
        for point, edges in zip_longest(line.points.tolist(), line.band.tolist() if line.band is not None else [])
    ]
    marks = [("", place, None, *blank) for place in figure.marks]
    ticks = [(word, place, None, *blank) for place, word in zip(figure.tick_places, figure.tick_words, strict=True)]
    columns += ("band from", "band to") if banded else ()
    return _in_parts("curve", columns, {"point": points, "mark": marks, "tick": ticks})


@figure_table.register
def _bars(figure: Bars) -> Table:
    columns: list[Column] = [(str(figure.x), figure.labels), (str(figure.y), figure.values.tolist())]
    if figure.links is not None:
        columns.append((figure.links.kind, _ids(figure.links, len(figure.labels))))
    return _in_columns("bars", columns)


@figure_table.register
def _table(figure: TableFigure) -> Table:
    if not figure.marked:
        return figure.table
    marked: dict[int, list[str]] = {}
    for row, column in figure.marked:
        marked.setdefault(row, []).append(figure.table.columns[column])
    rows = tuple((*row, "; ".join(marked.get(number, []))) for number, row in enumerate(figure.table.rows))
    return Table(figure.table.name, (*figure.table.columns, "shaded"), rows)


@figure_table.register
def _roll(figure: PianoRoll) -> Table:
    columns: tuple[str, ...] = ("layer", "start (s)", "end (s)", "pitch", "velocity")
    spans = [(one.label, *times, None, None) for one in figure.spans for times in one.times.tolist()]
    parts: dict[str, Iterable[Row]] = {"note": _notes(figure), "span": spans}
    if figure.remarks or figure.arcs:
        columns += ("pitch at the end", "strength", "word")
        parts = {part: ((*row, None, None, None) for row in rows) for part, rows in parts.items()}
        parts |= {"arc": _arcs(figure), "remark": _remarks(figure)}
    return _in_parts("notes", columns, parts)


def _notes(figure: PianoRoll) -> Iterator[Row]:
    fields = ("start", "end", "pitch", "velocity")
    for layer in figure.notes:
        for note in zip(*(layer.notes[field].tolist() for field in fields), strict=True):
            yield (layer.label, *note)


def _arcs(figure: PianoRoll) -> Iterator[Row]:
    for arcs in figure.arcs:
        for (begin, low, end, high), strength in zip(arcs.ends.tolist(), arcs.strengths.tolist(), strict=True):
            yield arcs.label, begin, end, low, None, high, strength, None


def _remarks(figure: PianoRoll) -> Iterator[Row]:
    for remark in figure.remarks:
        for time, word in zip(remark.times.tolist(), remark.words, strict=True):
            yield remark.label, time, None, None, None, None, None, word


def _in_columns(name: str, columns: Sequence[Column]) -> Table:
    return Table(name, tuple(head for head, _ in columns), tuple(zip(*(cells for _, cells in columns), strict=True)))


def _in_parts(name: str, columns: tuple[str, ...], parts: Mapping[str, Iterable[Row]]) -> Table:
    """Write the kinds of marks below each other; a last column names the kind where there is more than the first."""
    first, *others = [(part, tuple(rows)) for part, rows in parts.items()]
    if not any(rows for _, rows in others):
        return Table(name, columns, first[1])
    return Table(name, (*columns, "part"), tuple((*row, part) for part, rows in (first, *others) for row in rows))


def _ids(links: Link | None, count: int) -> list[int | None]:
    """Return the target of each mark; None for one that leads nowhere."""
    if links is None:
        return [None] * count
    return [None if target == NO_LINK else target for target in links.ids.tolist()]


def _target(links: Link | None) -> str:
    return links.kind if links is not None else "link"
