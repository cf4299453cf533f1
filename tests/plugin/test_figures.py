"""Figures refuse what could not be drawn, in one sentence, and cannot be changed afterwards."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innervoice.plugin import (
    NOTE,
    Arcs,
    Axis,
    Bars,
    Bin,
    BoxPlot,
    Curve,
    HeatMap,
    Histogram,
    Line,
    Link,
    NoteLayer,
    PianoRoll,
    Result,
    ResultError,
    Scatter,
    Span,
    Strip,
    Strips,
    Surface,
    Table,
    TableFigure,
)
from innervoice.plugin.figures.table import _cell

X, Y = Axis("time", "s"), Axis("mu")
LINE = Line("a", [[0, 1]])
SURFACE = Surface([0, 1], [0, 1], [[0, 1], [2, float("nan")]], [0, 1, 2])
BOXES = np.array([[0.0, 1, 2, 3, 4]])


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: BoxPlot("t", x=X, y=Y, boxes=BOXES[:, ::-1], positions=[1]), "run from the low whisker"),
        (lambda: BoxPlot("t", x=X, y=Y, boxes=BOXES, positions=[1, 2]), r"positions must have shape \[1\]"),
        (lambda: BoxPlot("t", x=X, y=Y, boxes=BOXES, positions=[1], labels=("a", "b")), "2 labels"),
        (lambda: BoxPlot("t", x=X, y=Y, boxes=np.full((1, 5), np.inf), positions=[1]), "must not be infinite"),
        (lambda: BoxPlot("t", x=X, y=Y, boxes=BOXES, positions=[1], links=Link("clip", [1, 2])), "needs 1 link"),
        (lambda: BoxPlot("t", x="time", y=Y, boxes=BOXES, positions=[1]), "BoxPlot.x must be Axis"),
        (lambda: Strips("t", panels=(), neurons=[1]), "at least one panel"),
        (lambda: Strips("t", panels=(Strip("mu", "", [1.0, 2.0]),), neurons=[1]), "2 values for 1 neurons"),
        (lambda: Strips("t", panels=(Strip("mu", "", [1.0]),), neurons=[1.5]), "whole numbers"),
        (lambda: Strips("t", panels=(Strip("mu", "", [1.0]),), neurons=[1], cut=-1), "count of neurons"),
        (lambda: HeatMap("t", x=X, y=Y, values=np.ones(3)), r"shape \[any, any\]"),
        (lambda: HeatMap("t", x=X, y=Y, values=[["a"]]), "must be numbers"),
        (lambda: Scatter("t", x=X, y=Y, points=np.ones((2, 2)), colour=np.ones(2)), "come together"),
        (lambda: Scatter("t", x=X, y=Y, points=[[0, 1]], colour_axis=Y), "come together"),
        (lambda: Scatter("t", x=X, y=Y, points=[[0, 1]], surface=SURFACE), "come together"),
        (lambda: Surface([0, 0], [0, 1], np.ones((2, 2)), [0, 1]), "x must be two or more increasing"),
        (lambda: Surface([0, 1], [0, 1], np.ones((2, 2)), [1]), "levels must be two or more"),
        (lambda: Surface([0, 1], [0, 1], np.ones((1, 2)), [0, 1]), "two rows and two columns"),
        (lambda: Strip("mu", "", [1.0], chance=0.0), "must be above 0"),
        (lambda: TableFigure("t", table=Table("t", ("a",), ((1,),)), marked=((1, 0),)), "outside the table"),
        (lambda: Curve("t", x=X, y=Y, lines=()), "at least one line"),
        (lambda: Curve("t", x=X, y=Y, lines=(Y,)), "takes Line only"),
        (lambda: Curve("t", x=X, y=Y, lines=(LINE,), tick_places=(0, 1), tick_words=("a",)), "one word for each"),
        (lambda: Curve("t", x=X, y=Y, lines=(LINE,), tick_places=(1, 0), tick_words=("a", "b")), "increasing"),
        (lambda: Histogram("t", x=X, y=Y, edges=[0, 0], series=(Bin("a", [1]),)), "increasing"),
        (lambda: Histogram("t", x=X, y=Y, edges=[0, 1], series=(Bin("a", [1, 2]),)), "2 counts for 1 bins"),
        (lambda: Bin("a", [-1]), "0 or greater"),
        (lambda: Bars("t", x=X, y=Y, labels=("a",), values=[1, 2]), r"shape \[1\]"),
        (lambda: NoteLayer("a", np.zeros(3)), "array of NOTE"),
        (lambda: Span("a", [[2.0, 1.0]]), "ends before"),
        (lambda: PianoRoll("t", notes=(), seconds=0), "greater than 0"),
        (lambda: Arcs("a", [[0, 60, 1, 62]], [1.5]), "from 0 to 1"),
        (lambda: Arcs("a", [[0, 60, 1, 62]], []), "strengths"),
        (lambda: Link("tune", [1]), "not to 'tune'"),
        (lambda: Link("latent", [0]), "carries their points"),
        (lambda: Link("latent", [2], np.ones((2, 3))), "not among its points"),
        (lambda: Link("clip", [-2]), "-1 for a mark"),
        (lambda: Table("t", ("a",), ((1, 2),)), "2 cells for 1 columns"),
        (lambda: Table("t", ("a",), (([],),)), "is a list"),
        (lambda: Table("t", ("a",), ((float("inf"),),)), "infinite"),
        (lambda: Bars(3, x=X, y=Y, labels=(), values=[]), "title must be text"),
    ],
)
def test_says_what_is_wrong(make: Callable[[], object], said: str) -> None:
    with pytest.raises(ResultError, match=said):
        make()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Result({"a": float("nan")}), "'a' is not a finite number"),
        (lambda: Result({"a": object()}), "'a' holds a object"),
        (lambda: Result(figures=("picture",)), "takes Figure only"),
        (lambda: Result(tables=(Table("../x", (), ()),)), "becomes a file name"),
        (lambda: Result(tables=(Table("x", (), ()), Table("x", (), ()))), "same name"),
        (lambda: Result(arrays={"a": np.array([object()])}), "must hold numbers"),
        (lambda: Result(arrays={"a/b": np.ones(1)}), "becomes a file name"),
        (lambda: Result(clips={"a": np.array([0.5])}), "whole numbers"),
        (lambda: Result(names={-1: "a"}), "0 or greater"),
        (lambda: Result(names={1: 2}), "names are text"),
    ],
)
def test_a_result_says_what_is_wrong(make: Callable[[], object], said: str) -> None:
    with pytest.raises(ResultError, match=said):
        make()


def test_colours_of_points_and_surface_have_one_scale() -> None:
    np.testing.assert_array_equal(SURFACE.bands(), np.array([[0.5, 1.5], [1.5, float("nan")]], np.float32))
    points = {"x": X, "y": Y, "points": [[0, 1]], "colour": [5.0], "colour_axis": Y}
    assert Scatter("t", **points, surface=SURFACE).colour_range() == (0, 5)
    assert Scatter("t", **points, surface=SURFACE, centre=1).colour_range() == (-3, 5)
    assert Scatter("t", x=X, y=Y, points=[[0, 1]]).colour_range() == (0, 1)
    assert Scatter("t", **points).colour_range() == (4.5, 5.5)


def test_numbers_are_copied_and_locked() -> None:
    values = np.ones(1)
    bars = Bars("t", x=X, y=Y, labels=("a",), values=values)
    values[0] = 5
    assert bars.values[0] == 1
    with pytest.raises(ValueError, match="read-only"):
        bars.values[0] = 2
    notes = np.zeros(1, NOTE)
    layer = NoteLayer("a", notes)
    notes["pitch"] = 60
    assert layer.notes["pitch"][0] == 0


def test_summary_becomes_plain_json() -> None:
    result = Result({"order": np.array([2, 1]), "cut": np.int64(3), "share": np.float32(0.5), "pair": (1, True)})
    assert result.summary == {"order": [2, 1], "cut": 3, "share": 0.5, "pair": [1, True]}
    assert type(result.summary["cut"]) is int


def test_equality_is_by_content_and_nan_equals_nan() -> None:
    def bars(value: float) -> Bars:
        return Bars("t", x=X, y=Y, labels=("a",), values=np.array([value]))

    assert bars(float("nan")) == bars(float("nan"))
    assert bars(1) != bars(2)
    assert bars(1) != "bars"


def test_the_link_of_one_mark() -> None:
    neurons = Link("neuron", [5, -1])
    assert neurons.at(0) == Link("neuron", [5])
    assert neurons.at(1) is None
    latents = Link("latent", [1, 0], np.array([[1.0], [2.0]]))
    one = latents.at(0)
    assert one is not None
    assert one.points is not None
    assert one.points.tolist() == [[2.0]]
    assert str(X) == "time (s)"
    assert str(Y) == "mu"


def test_nan_in_a_table_is_no_value() -> None:
    assert Table("t", ("a", "b"), ((float("nan"), np.float32(2)),)).rows == ((None, 2.0),)


def test_an_arc_goes_from_end_to_end_above_both() -> None:
    arcs = Arcs("a", [[0, 60, 4, 64], [3, 70, 1, 70]], [0.5, 1.0])
    lines = arcs.lines()
    assert lines.shape == (2, 24, 2)
    assert lines[:, 0].tolist() == [[0, 60], [3, 70]]
    assert lines[:, -1].tolist() == [[4, 64], [1, 70]]
    assert lines[0, :, 1].max() > 66
    assert lines[1, :, 1].max() == pytest.approx(70 + 3 * 2**0.5, abs=0.1)


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=3), st.floats(), st.floats(width=32).map(np.float32)
)


@given(st.integers(0, 3).flatmap(lambda width: st.lists(st.tuples(*[CELLS] * width), max_size=6)))
def test_tables_are_checked_by_column_as_they_are_by_cell(rows: list[tuple[Any, ...]]) -> None:
    columns = tuple("abc"[: len(rows[0])]) if rows else ("a",)
    numbers = [cell for row in rows for cell in row if isinstance(cell, float | np.floating)]
    if any(np.isinf(number) for number in numbers):
        with pytest.raises(ResultError, match="infinite"):
            Table("t", columns, tuple(rows))
        return
    found = Table("t", columns, tuple(rows)).rows
    wanted = tuple(tuple(_cell(cell, "t") for cell in row) for row in rows)
    assert found == wanted
    assert [[type(cell) for cell in row] for row in found] == [[type(cell) for cell in row] for row in wanted]
