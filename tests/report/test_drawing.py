"""Drawing: every kind of figure becomes an SVG, PNG and PDF, the same bytes each time, whatever it is called."""

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
from numpy.typing import NDArray

from innervoice.plugin import (
    KINDS,
    NOTE,
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
    NoteLayer,
    PianoRoll,
    Scatter,
    Span,
    Strip,
    Strips,
    Surface,
    Table,
    TableFigure,
    tokens_to_notes,
)
from innervoice.report.clip_card import clip_card
from innervoice.report.drawing import DRAWERS, draw, pdf, png, save_png, svg
from innervoice.report.drawings.style import BLUE, CUT, GREY, VERMILLION

X, Y = Axis("time", "s"), Axis("mu")
NAN = float("nan")
SURFACE = Surface([0, 2], [1, 3], [[0, 1, 2], [2, 3, NAN]], [0, 1, 2, 3])
TOKENS = np.array([41, 0, 48, 0, 50, 0, 48, 1], np.int16)
BOXES = np.array([[0.1, 0.2, 0.3, 0.4, 0.5], [0.8, 0.9, 1, 1.1, 1.2], [NAN] * 5])

PLAIN: list[Figure] = [
    Strips(
        "Strips", panels=(Strip("sigma", "", [0.1, NAN, 1.0]), Strip("mu", "V", [1, 0, 2])), neurons=[7, 3, 1], cut=2
    ),
    BoxPlot("Boxes", x=X, y=Y, boxes=BOXES, positions=[1, 2, 3], outliers=([2.0], [], []), cut=1.5),
    BoxPlot("Labels", x=X, y=Y, boxes=BOXES, positions=[1, 2, 3], labels=("a", "b", "c")),
    HeatMap("Two-sided", x=X, y=Y, values=[[1, -0.5], [NAN, 1]], centre=0, row_labels=("a", "b")),
    HeatMap(
        "One-sided",
        x=X,
        y=Y,
        values=np.arange(60.0).reshape(2, 30),
        column_labels=tuple("abcdefghijklmnopqrstuvwxyzABCD"),
    ),
    Scatter("Points", x=X, y=Y, points=[[0, 1], [NAN, 2], [2, 3]], fit=[[0, 1], [2, 3]]),
    Scatter("Coloured", x=X, y=Y, points=[[0, 1], [2, 3]], colour=[0, NAN], colour_axis=Axis("density")),
    Histogram("Histogram", x=X, y=Y, edges=[0, 1, 2], series=(Bin("a", [1, 2], [[0, 1], [2, 1]]), Bin("b", [2, 0]))),
    Curve("Curve", x=X, y=Y, lines=tuple(Line(str(k), [[0, k], [1, NAN], [2, k]]) for k in range(8)), marks=(0.5,)),
    Bars("Bars", x=X, y=Y, labels=("a", "b"), values=[1, NAN]),
    TableFigure("Table", table=Table("order", ("rank", "kind"), tuple((k, None) for k in range(40)))),
    PianoRoll(
        "Roll", notes=(NoteLayer("a", tokens_to_notes(TOKENS)),) * 2, spans=(Span("motif", [[0, 0.5]]),), seconds=2
    ),
    Scatter("Map", x=X, y=Y, points=[[0, 1], [2, 3]], colour=[0, 4], colour_axis=Y, centre=1, surface=SURFACE),
    Strips("Stems", panels=(Strip("r", "", [0.9, -0.2], 0.3),), neurons=[0, 1], ranked=False),
    TableFigure("Marked", table=Table("p", ("pair", "p"), (("low, high", "1.0E-09"),)), marked=((0, 1),)),
    PianoRoll(
        "Arcs",
        notes=(NoteLayer("a", tokens_to_notes(TOKENS)),),
        arcs=(
            Arcs("attention", [[0, 60, 0.4, 64], [0.1, 62, 0.4, 64]], [0.2, 1.0]),
            Arcs("none", np.zeros((0, 4)), []),
        ),
    ),
]

EMPTY: list[Figure] = [
    Strips("", panels=(Strip("", "", []),), neurons=[]),
    BoxPlot("", x=X, y=Y, boxes=np.zeros((0, 5)), positions=[]),
    HeatMap("", x=X, y=Y, values=np.zeros((0, 3))),
    HeatMap("", x=X, y=Y, values=[[NAN]], centre=0),
    HeatMap("", x=X, y=Y, values=[[5.0]]),
    Scatter("", x=X, y=Y, points=np.zeros((0, 2))),
    Histogram("", x=X, y=Y, edges=[0, 1], series=(Bin("", [0]),)),
    Curve("", x=X, y=Y, lines=(Line("", np.zeros((0, 2))),)),
    Bars("", x=X, y=Y, labels=(), values=[]),
    TableFigure("", table=Table("t", (), ())),
    PianoRoll("", notes=()),
]


def read_svg(data: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(data)  # noqa: S314  # our own


def name_of(figure: Figure) -> str:
    return f"{type(figure).__name__}-{figure.title}"


def test_every_kind_has_a_drawer_and_an_example() -> None:
    assert set(DRAWERS) == set(KINDS) == {type(figure) for figure in PLAIN} == {type(figure) for figure in EMPTY}


@pytest.mark.parametrize("figure", PLAIN, ids=name_of)
def test_draws_the_same_bytes_each_time(figure: Figure) -> None:
    first = svg(figure)
    assert first == svg(figure)
    root = read_svg(first)
    said = "".join(root.itertext())
    assert figure.title in said
    assert b"<dc:date>" not in first


@pytest.mark.parametrize("figure", EMPTY, ids=name_of)
def test_draws_figures_with_nothing_in_them(figure: Figure) -> None:
    assert read_svg(svg(figure)).tag.endswith("svg")


def test_axes_carry_names_and_units() -> None:
    (axes,) = draw(PLAIN[5]).axes
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("time (s)", "mu")


def test_the_cut_divides_music_from_noise() -> None:
    text = svg(PLAIN[0]).decode().lower()
    assert all(tint.lower() in text for tint in (BLUE, GREY, CUT))
    uncut = svg(Strips("s", panels=(Strip("mu", "", [1.0, 2.0]),), neurons=[1, 2])).decode().lower()
    assert GREY.lower() not in uncut
    assert CUT.lower() not in uncut


def test_a_title_is_text_and_never_markup_or_mathematics() -> None:
    figure = Bars("<script> & $x_1$ 小星星 \x00\x0b", x=Axis("$\\frac"), y=Axis("</svg>"), labels=("$",), values=[1])
    said = "".join(read_svg(svg(figure)).itertext())
    assert "<script> & $x_1$ 小星星" in said
    assert "$\\frac" in said
    assert "</svg>" in said


def test_png_has_the_asked_size_and_pdf_the_same_bytes(tmp_path: Path) -> None:
    save_png(PLAIN[9], tmp_path / "bars.png", scale=2)
    data = (tmp_path / "bars.png").read_bytes()
    assert int.from_bytes(data[16:20], "big") == 2 * 150 * 7.2
    assert png(PLAIN[9]) == png(PLAIN[9])
    assert pdf(PLAIN[9]) == pdf(PLAIN[9])


def test_many_points_stay_a_small_file() -> None:
    points = np.random.default_rng(0).standard_normal((20_000, 2))
    assert len(svg(Scatter("s", x=X, y=Y, points=points))) < 600_000


def test_settings_of_others_are_left_alone() -> None:
    before = dict(matplotlib.rcParams)
    svg(PLAIN[9])
    assert dict(matplotlib.rcParams) == before


def test_drawing_needs_no_window_and_no_framework() -> None:
    script = (
        "import sys; from innervoice.plugin import Axis, Bars; from innervoice.report.drawing import svg; "
        "import innervoice.report.page; x = Axis('a'); svg(Bars('t', x=x, y=x, labels=('a',), values=[1])); "
        "print(*{'matplotlib.pyplot', 'PySide6', 'pyqtgraph', 'keras', 'tensorflow', 'jax'} & set(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout == "\n"


def struck(*pitches: int, drum: bool) -> NDArray[np.void]:
    notes = np.zeros(len(pitches), NOTE)
    notes["pitch"], notes["drum"], notes["instrument"] = pitches, drum, drum
    notes["velocity"] = 80
    notes["start"] = notes["start_quarter"] = np.arange(len(pitches))
    notes["end"] = notes["end_quarter"] = notes["start"] + (1e-4 if drum else 0.9)
    return notes


def test_drums_have_named_rows_below_the_keys() -> None:
    kit, tones = NoteLayer("kit", struck(36, 51, drum=True)), NoteLayer("tones", struck(60, 64, 67, drum=False))
    (axes,) = draw(PianoRoll("Both", notes=(tones, kit))).axes
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert names[-2:] == ["Ride cymbal 1", "Bass drum 1"]
    assert "60 C4" in names[:-2]
    keys, drums = ([path.get_extents() for path in one.get_paths()] for one in axes.collections)
    assert max(box.y1 for box in drums) < min(box.y0 for box in keys)
    assert min(box.width for box in drums) > 0.01, "a stroke that lasts for a moment is seen"
    (axes,) = draw(PianoRoll("Kit", notes=(kit,))).axes
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Ride cymbal 1", "Bass drum 1"]
    assert axes.get_ylabel() == "drum"


def test_a_small_roll_of_voices_has_their_colours_and_names_its_drums() -> None:
    notes = np.concatenate([struck(60, 64, drum=False), struck(36, 51, 36, drum=True)])
    card = clip_card("Bookmark", notes, "a.mid", 100.0)
    assert "Drums from the top: Ride cymbal 1, Bass drum 1" in card
    blocks = re.findall(r'y="([0-9.]+)" width="([0-9.]+)" height="[0-9.]+" fill="(#[0-9A-F]+)"', card)
    tops = [float(top) for top, _width, _tint in blocks]
    assert [tint for _top, _width, tint in blocks] == [BLUE] * 2 + [VERMILLION] * 3
    assert max(tops[:2]) < tops[3] < tops[2] == tops[4]
    assert all(float(width) >= 0.8 for _top, width, _tint in blocks)
    assert "Drums" not in clip_card("Tones", notes[:2], "a.mid")
