"""Packing: for every kind of figure, unpacking is the exact inverse, through real JSON and real .npy bytes."""

import io
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from innervoice.plugin import (
    KINDS,
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
from innervoice.plugin.packing import PACKED, pack, unpack

text = st.text(max_size=6)
finite = st.floats(-1e6, 1e6, width=32)
missing = finite | st.just(float("nan"))
axis = st.builds(Axis, text, text)
cells = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_infinity=False) | text


def floats(*shape: int, elements: st.SearchStrategy[float] = missing) -> st.SearchStrategy[Any]:
    return arrays(np.float64, shape, elements=elements)


def labels(count: int) -> st.SearchStrategy[Any]:
    return st.tuples(*[text] * count) | st.just(())


@st.composite
def links(draw: st.DrawFn, count: int) -> Link | None:
    kind = draw(st.sampled_from(["clip", "neuron", "latent", None]))
    if kind is None:
        return None
    ids = draw(arrays(np.int64, count, elements=st.integers(-1, 1)))
    return Link(kind, ids, np.arange(6.0).reshape(2, 3) if kind == "latent" else None)


@st.composite
def note_layers(draw: st.DrawFn) -> NoteLayer:
    notes = np.zeros(draw(st.integers(0, 4)), NOTE)
    notes["start"], notes["pitch"] = draw(floats(len(notes), elements=finite)), draw(st.integers(0, 127))
    return NoteLayer(draw(text), notes)


tables = st.integers(0, 3).flatmap(
    lambda n: st.builds(
        Table, st.just("order"), st.tuples(*[text] * n), st.lists(st.tuples(*[cells] * n), max_size=3).map(tuple)
    )
)


@st.composite
def rolls(draw: st.DrawFn, n: int, m: int, shared: dict[str, Any]) -> PianoRoll:
    spans = tuple(Span(draw(text), np.array([[0.0, 1.0]] * n).reshape(n, 2)) for _ in range(m))
    arcs = tuple(Arcs(draw(text), draw(floats(n, 4, elements=finite)), np.linspace(0, 1, n)) for _ in range(m))
    seconds = draw(st.none() | st.floats(0.5, 100))
    return PianoRoll(**shared, notes=(draw(note_layers()),), spans=spans, seconds=seconds, arcs=arcs)


@st.composite
def cloud(draw: st.DrawFn, n: int, m: int, cut: float | None) -> dict[str, Any]:
    """What a scatter plot has besides words and axes."""
    given_: dict[str, Any] = {
        "points": draw(floats(n, 2)),
        "fit": draw(st.none() | floats(m, 2)),
        "links": draw(links(n)),
    }
    if draw(st.booleans()):
        given_ |= {"colour": draw(floats(n)), "colour_axis": draw(axis)}
        if draw(st.booleans()):
            ends = np.array([0.0, 1.0])
            surface = Surface(ends, ends, draw(floats(2, m + 1)), np.arange(m + 1.0))
            given_ |= {"surface": surface, "centre": cut}
    return given_


@st.composite
def figures(draw: st.DrawFn, kind: type) -> Any:  # noqa: PLR0911  # one branch per kind
    n, m = draw(st.integers(0, 4)), draw(st.integers(1, 3))
    shared = {"title": draw(text), "caption": draw(text)}
    axes = {"x": draw(axis), "y": draw(axis)}
    cut = draw(st.none() | finite)
    if kind is Strips:
        chance = st.none() | st.floats(0.01, 1.0)
        panels = tuple(Strip(draw(text), draw(text), draw(floats(n)), draw(chance)) for _ in range(m))
        neurons = draw(arrays(np.int64, n, elements=st.integers(0, 512)))
        ranked = draw(st.booleans())
        return Strips(**shared, panels=panels, neurons=neurons, cut=draw(st.none() | st.integers(0, 9)), ranked=ranked)
    if kind is BoxPlot:
        outliers = tuple(draw(floats(m, elements=finite)) for _ in range(n)) if draw(st.booleans()) else ()
        boxes = np.sort(draw(floats(n, 5, elements=finite)), axis=1)
        given_ = {"boxes": boxes, "positions": np.arange(n, dtype=float), "labels": draw(labels(n)), "cut": cut}
        return BoxPlot(**shared, **axes, **given_, outliers=outliers, links=draw(links(n)))
    if kind is HeatMap:
        named = {"row_labels": draw(labels(n)), "column_labels": draw(labels(m)), "centre": cut}
        linked = {"row_links": draw(links(n)), "column_links": draw(links(m))}
        return HeatMap(**shared, **axes, values=draw(floats(n, m)), **named, **linked)
    if kind is Scatter:
        return Scatter(**shared, **axes, **draw(cloud(n, m, cut)))
    if kind is Histogram:
        counts = [draw(floats(m, elements=st.floats(0, 1e6))) for _ in range(2)]
        series = tuple(Bin(draw(text), count, draw(st.none() | floats(n, 2, elements=finite))) for count in counts)
        return Histogram(**shared, **axes, edges=np.arange(m + 1.0), series=series)
    if kind is Curve:
        lines = tuple(Line(draw(text), draw(floats(n, 2))) for _ in range(m))
        return Curve(**shared, **axes, lines=lines, marks=tuple(draw(st.lists(finite, max_size=2))))
    if kind is Bars:
        names = draw(st.tuples(*[text] * n))
        return Bars(**shared, **axes, labels=names, values=draw(floats(n)), links=draw(links(n)))
    if kind is TableFigure:
        table = draw(tables)
        marked = ((0, 0),) if table.rows and table.columns else ()
        return TableFigure(**shared, table=table, marked=marked)
    assert kind is PianoRoll
    return draw(rolls(n, m, shared | axes))


def through_files(result: Result) -> Result:
    packed, held = pack(result)
    stored = {}
    for name, array in held.items():
        buffer = io.BytesIO()
        np.save(buffer, array, allow_pickle=False)
        buffer.seek(0)
        stored[name] = np.load(buffer, allow_pickle=False)
    return unpack(json.loads(json.dumps(packed, allow_nan=False)), stored)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_every_kind_of_figure_comes_back_to_the_last_bit(kind: type, data: st.DataObject) -> None:
    result = Result(figures=(data.draw(figures(kind)),))
    assert through_files(result) == result


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(
    summary=st.dictionaries(text, json_values, max_size=3),
    table=tables,
    numbers=st.sampled_from([np.float32, np.int8, np.uint64, np.bool_, np.float16]),
    names=st.dictionaries(st.integers(0, 512), text, max_size=3),
)
def test_the_rest_of_a_result_comes_back_too(summary: Any, table: Table, numbers: Any, names: dict[int, str]) -> None:
    held = {"order": np.ones((2, 0, 3), numbers), "one": np.array(1, numbers)}
    result = Result(summary, (), (table,), held, {"first": np.arange(32, dtype=np.int16)}, names)
    assert through_files(result) == result


def test_every_part_can_be_packed() -> None:
    assert {kind.__name__ for kind in KINDS} < set(PACKED)


def test_a_damaged_result_is_one_sentence() -> None:
    packed, held = pack(Result(figures=(Bars("t", x=Axis("a"), y=Axis("b"), labels=("c",), values=np.ones(1)),)))
    with pytest.raises(ResultError, match="newer Innervoice"):
        unpack(packed | {"format": 99}, held)
    with pytest.raises(ResultError, match="damaged"):
        unpack(packed, {})
    packed["figures"][0]["is"] = "Pie"
    with pytest.raises(ResultError, match="damaged"):
        unpack(packed, held)
