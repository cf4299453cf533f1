"""The CSV of a figure holds all that is drawn: every array, every number, every word, and where each mark leads."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from innervoice.music.score import NOTE
from innervoice.plugin.figures import (
    KINDS,
    Arcs,
    Axis,
    Bars,
    Bin,
    BoxPlot,
    Curve,
    Figure,
    HeatMap,
    Histogram,
    Line,
    Link,
    NoteLayer,
    PianoRoll,
    Remark,
    Scatter,
    Span,
    Strip,
    Strips,
    Surface,
    Table,
    TableFigure,
)
from innervoice.plugin.values import Value
from innervoice.shell.plots.export import table_text
from innervoice.shell.plots.figure_data import figure_table

X, Y = Axis("mu"), Axis("density", "notes")
NOTES = ("start", "end", "pitch", "velocity")
NOT_DRAWN = ("title", "caption", "name", "kind", "marked")


def link(*ids: int, kind: Any = "clip") -> Link:
    """Give links to clips, or neurons."""
    return Link(kind, np.array(ids))


def two_notes() -> NDArray[Any]:
    """Give notes of which no two numbers are the same."""
    notes = np.zeros(2, NOTE)
    notes["start"], notes["end"], notes["pitch"], notes["velocity"] = (0.25, 1.25), (0.75, 1.75), (60, 62), (80, 90)
    return notes


SURFACE = Surface(
    np.array([-9.0, 9.0]), np.array([-8.0, 8.0]), np.array([[0.5, np.nan], [0.75, 1.5]]), np.array([0.1, 2.1])
)
FULL_FIGURES: tuple[Figure, ...] = (
    Strips("S", panels=(Strip("mu", "", np.array([0.5, -1.5]), 0.25),), neurons=np.array([14, 12]), cut=1),
    BoxPlot(
        "B",
        x=X,
        y=Y,
        boxes=np.arange(10.0).reshape(2, 5) + 0.5,
        positions=np.array([21.0, 22.0]),
        labels=("low", "high"),
        outliers=(np.array([31.5, 32.5]), np.array([33.5])),
        cut=21.25,
        links=link(-1, 77, kind="neuron"),
    ),
    HeatMap(
        "H",
        x=X,
        y=Y,
        values=np.array([[0.5, 1.5, np.nan], [2.5, 3.5, 4.5]], dtype=np.float32),
        row_labels=("first", "second"),
        column_labels=("left", "mid", "right"),
        row_links=link(51, 52),
        column_links=link(61, 62, -1, kind="neuron"),
    ),
    Scatter(
        "P",
        x=X,
        y=Y,
        points=np.array([[1.0, 2.0], [3.0, np.nan]]),
        colour=np.array([0.25, 0.35]),
        colour_axis=Axis("notes"),
        surface=SURFACE,
        fit=np.array([[4.0, 5.0], [6.0, 7.0]]),
        links=link(71, 72),
    ),
    Histogram(
        "D",
        x=X,
        y=Y,
        edges=np.array([0.0, 1.0, 2.0]),
        series=(
            Bin("ours", np.array([11.0, 12.0]), np.array([[0.1, 0.2], [0.3, 0.4]])),
            Bin("theirs", np.array([13.0, 14.0]), np.array([[0.5, 0.6]])),
        ),
    ),
    Curve(
        "C",
        x=X,
        y=Y,
        lines=(
            Line("with", np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.5, 2.5], [3.5, 4.5]])),
            Line("without", np.array([[5.0, 6.0]])),
        ),
        marks=(7.5,),
        tick_places=(8.5, 9.5),
        tick_words=("one bar", "two bars"),
    ),
    Bars("B", x=X, y=Y, labels=("a", "b"), values=np.array([1.5, 2.5]), links=link(81, 82)),
    TableFigure("T", table=Table("t", ("n", "p"), ((1, 0.01), (2, 0.2))), marked=((0, 1),)),
    PianoRoll(
        "R",
        notes=(NoteLayer("tune", two_notes()),),
        spans=(Span("motif", np.array([[0.125, 0.875]])),),
        remarks=(Remark("harmony", np.array([0.375, 1.375]), ("C", "G7")),),
        arcs=(Arcs("heeds", np.array([[0.1, 61.0, 0.2, 63.0]]), np.array([0.65])),),
    ),
)
"""A figure of every kind with everything on it that it can have; no number is there twice."""


def drawn(value: Any) -> Iterator[float | str]:
    """Give every number and word of a figure that is drawn; NaN and links that lead nowhere are not."""
    if isinstance(value, np.ndarray):
        columns = [value[field] for field in NOTES] if value.dtype == NOTE else [value]
        numbers = np.concatenate([column.reshape(-1).astype(float) for column in columns])
        yield from (one for one in numbers.tolist() if not np.isnan(one) and one != -1)
    elif isinstance(value, float | str) and value != "":
        yield value
    for part in parts_of(value):
        yield from drawn(part)


def parts_of(value: Any) -> tuple[Any, ...]:
    """Give what a figure, a part of one or a tuple is made of."""
    if isinstance(value, Value):
        return tuple(part for name, part in vars(value).items() if name not in NOT_DRAWN)
    return value if isinstance(value, tuple) else ()


def written(text: str) -> tuple[set[float], str]:
    """Give the numbers and the words of a CSV file."""
    numbers: set[float] = set()
    words = []
    for cell in (cell for row in csv.reader(io.StringIO(text)) for cell in row):
        try:
            numbers.add(float(cell))
        except ValueError:
            words.append(cell)
            numbers.update(float(part) for part in cell.replace(")", "").split() if part.isdigit())
    return numbers, "\n".join(words)


def rows_of(figure: Figure) -> list[list[str]]:
    """Give the CSV of a figure as rows."""
    return list(csv.reader(io.StringIO(table_text(figure_table(figure)))))


@pytest.mark.parametrize("figure", FULL_FIGURES, ids=lambda figure: type(figure).__name__)
def test_all_that_is_drawn_is_in_the_file(figure: Figure) -> None:
    numbers, words = written(table_text(figure_table(figure)))
    for one in drawn(figure):
        assert (one in words) if isinstance(one, str) else (one in numbers), one


def test_every_kind_is_tried() -> None:
    assert {type(figure) for figure in FULL_FIGURES} == set(KINDS)


def test_marks_stand_below_each_other_and_the_last_column_tells_them_apart() -> None:
    _, boxes, matrix, scatter, histogram, curve, *_ = FULL_FIGURES
    assert rows_of(boxes)[1:] == [
        ["21.0", "low", "0.5", "1.5", "2.5", "3.5", "4.5", "", "", "box"],
        ["22.0", "high", "5.5", "6.5", "7.5", "8.5", "9.5", "77", "", "box"],
        ["21.0", "low", "", "", "", "", "", "", "31.5", "outlier"],
        ["21.0", "low", "", "", "", "", "", "", "32.5", "outlier"],
        ["22.0", "high", "", "", "", "", "", "77", "33.5", "outlier"],
        ["21.25", "", "", "", "", "", "", "", "", "cut"],
    ]
    assert rows_of(matrix)[0] == ["density (notes) \\ mu", "clip", "left (neuron 61)", "mid (neuron 62)", "right"]
    assert rows_of(matrix)[1] == ["first", "51", "0.5", "1.5", ""]
    assert rows_of(scatter)[3] == ["4.0", "5.0", "", "", "fit"]
    assert rows_of(scatter)[8] == ["9.0", "8.0", "1.5", "", "surface"]
    assert rows_of(histogram)[-1] == ["0.5", "0.5", "", "0.6", "density"]
    assert rows_of(curve)[2] == ["with", "3.0", "4.0", "3.5", "4.5", "point"]
    assert rows_of(curve)[4] == ["", "7.5", "", "", "", "mark"]


def test_a_figure_of_one_kind_of_marks_needs_no_such_column() -> None:
    curve = Curve("C", x=X, y=Y, lines=(Line("one", np.array([[1.0, 2.0]])),))
    assert rows_of(curve) == [["line", "mu", "density (notes)"], ["one", "1.0", "2.0"]]
    boxes = BoxPlot("B", x=X, y=Y, boxes=np.ones((1, 5)), positions=np.zeros(1), outliers=(np.zeros(0),))
    assert rows_of(boxes)[0][-1] == "link"


def test_columns_of_one_name_are_all_there() -> None:
    twice = Strip("neuron", "", np.array([0.5])), Strip("neuron", "", np.array([1.5]))
    assert rows_of(Strips("S", panels=twice, neurons=np.array([3])))[1] == ["1", "3", "0.5", "1.5"]
