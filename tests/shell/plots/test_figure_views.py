"""Every kind of figure is drawn, in both themes, whole or nearly empty, and its marks lead to their links."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from innervoice.music.score import NOTE
from innervoice.plugin.figures import (
    KINDS,
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
    Scatter,
    Span,
    Strip,
    Strips,
    Surface,
    Table,
    TableFigure,
)
from innervoice.shell.plots.figures import CANVASES, figure_view
from innervoice.shell.theme import Theme

X, Y = Axis("rank"), Axis("value", "unit")
NAN = float("nan")
IDS = np.array([7, 3, 9])


def boxes(cut: float | None = None) -> BoxPlot:
    five = np.array([[0, 1, 2, 3, 4], [1, 2, 3, 4, 5], [0, 2, 4, 6, 8]], dtype=float)
    far = (np.array([9.0]), np.zeros(0), np.array([-2.0]))
    return BoxPlot(
        "Spread",
        caption="Whiskers at 5 %.",
        x=X,
        y=Y,
        boxes=five,
        positions=np.array([1.0, 2.0, 3.0]),
        outliers=far,
        cut=cut,
        links=Link("neuron", IDS),
    )


def whole(notes: NDArray[Any]) -> list[Figure]:
    """One well-filled figure of every kind."""
    points = np.array([[0.0, 1.0], [1.0, 2.0], [2.0, 0.5]])
    surface = Surface(np.array([0.0, 2.0]), np.array([0.5, 2.0]), np.array([[0.0, 1], [2, NAN]]), np.arange(4.0))
    return [
        Strips("Clip", panels=(Strip("mu", "", np.array([1.0, -1.0, 0.5])),), neurons=IDS, cut=2),
        boxes(2.5),
        HeatMap("Map", x=X, y=Y, values=np.eye(3, dtype=np.float32), centre=0.0, row_labels=("a", "b", "c")),
        Scatter("Dots", x=X, y=Y, points=points, colour=np.arange(3.0), colour_axis=Y, fit=points),
        Scatter("Map", x=X, y=Y, points=points, colour=np.arange(3.0), colour_axis=Y, surface=surface, centre=1.0),
        Strips("Stems", panels=(Strip("r", "", np.array([0.9, -0.2]), 0.3),), neurons=np.array([0, 1]), ranked=False),
        Histogram("Counts", x=X, y=Y, edges=np.arange(4.0), series=(Bin("real", IDS, points), Bin("random", IDS))),
        Curve("Lines", x=X, y=Y, lines=(Line("one", points), Line("two", points * 2)), marks=(1.0,)),
        Bars("Bars", x=X, y=Y, labels=("a", "b", "c"), values=np.array([1.0, -2.0, NAN])),
        TableFigure("Table", table=Table("t", ("name", "value"), (("b", 2.0), ("a", None), ("c", 1.0)))),
        PianoRoll("Roll", notes=(NoteLayer("a", notes), NoteLayer("b", notes)), spans=(Span("m", points[:1] + 1),)),
    ]


def bare() -> list[Figure]:
    """Figures with nothing, one thing, or missing values only."""
    none, empty = np.zeros(0), np.zeros((0, 2))
    return [
        Strips("Clip", panels=(Strip("mu", "", none),), neurons=np.zeros(0, dtype=np.int64)),
        Strips("Clip", panels=(Strip("mu", "", np.array([NAN])),), neurons=np.zeros(1, dtype=np.int64), cut=1),
        BoxPlot("Spread", x=X, y=Y, boxes=np.zeros((0, 5)), positions=none, cut=1.0),
        BoxPlot("Spread", x=X, y=Y, boxes=np.full((1, 5), NAN), positions=np.ones(1)),
        BoxPlot("Spread", x=X, y=Y, boxes=np.ones((1, 5)), positions=np.ones(1), labels=("only",)),
        HeatMap("Map", x=X, y=Y, values=np.zeros((0, 0), dtype=np.float32)),
        HeatMap("Map", x=X, y=Y, values=np.full((2, 2), NAN, dtype=np.float32), centre=0.0),
        HeatMap("Map", x=X, y=Y, values=np.ones((1, 1), dtype=np.float32)),
        Scatter("Dots", x=X, y=Y, points=empty),
        Scatter("Dots", x=X, y=Y, points=np.array([[1.0, NAN]]), colour=np.array([NAN]), colour_axis=Y),
        Histogram("Counts", x=X, y=Y, edges=np.array([0.0, 1.0]), series=(Bin("real", np.zeros(1)),)),
        Curve("Lines", x=X, y=Y, lines=(Line("one", np.full((3, 2), NAN)),)),
        Curve("Lines", x=X, y=Y, lines=(Line("", np.ones((1, 2))),)),
        Bars("Bars", x=X, y=Y, labels=(), values=none),
        Bars("Bars", x=X, y=Y, labels=("a",), values=np.array([NAN])),
        TableFigure("Table", table=Table("t", (), ())),
        PianoRoll("Roll", notes=()),
        PianoRoll("Roll", notes=(NoteLayer("a", np.zeros(0, dtype=NOTE)),), seconds=2.0),
    ]


def test_every_kind_has_a_canvas() -> None:
    assert set(CANVASES) == set(KINDS)


@pytest.mark.parametrize("dark", [False, True])
def test_whole_figures_are_drawn(shown: Any, notes: NDArray[Any], dark: bool) -> None:
    for figure in whole(notes):
        view = shown(figure_view(figure, Theme(dark)))
        before = view.grab().toImage()
        view.set_theme(Theme(not dark))
        assert view.grab().toImage() != before or isinstance(figure, TableFigure)
        assert view.accessibleName() == view.canvas.accessibleName() == figure.title


def test_bare_figures_are_drawn(shown: Any, qtbot: QtBot) -> None:
    for figure in bare():
        view = shown(figure_view(figure, Theme()))
        qtbot.keyClick(view.canvas, Qt.Key.Key_Right)
        if not isinstance(figure, TableFigure):
            view.canvas.key_step(1)
            view.canvas.hover_text(view.canvas._plots[0], QPointF(0.5, 0.5))
        view.canvas.show_all()
        assert not view.grab().isNull()


@pytest.fixture
def followed(shown: Any) -> Callable[[Figure], tuple[Any, list[tuple[str, int]]]]:
    """Show a figure, and a list that fills with the links that are followed."""

    def show(figure: Figure) -> tuple[Any, list[tuple[str, int]]]:
        view, links = shown(figure_view(figure, Theme())), []
        view.link_activated.connect(lambda link: links.append((link.kind, int(link.ids[0]))))
        return view, links

    return show


def test_clicks_follow_links(followed: Any, click: Any) -> None:
    links = Link("neuron", IDS)
    points = np.array([[0.0, 1.0], [1.0, 2.0], [2.0, 0.5]])
    cases: list[tuple[Figure, tuple[float, float], list[tuple[str, int]]]] = [
        (boxes(), (2.0, 3.0), [("neuron", 3)]),
        (Scatter("Dots", x=X, y=Y, points=points, links=Link("clip", IDS)), (2.0, 0.5), [("clip", 9)]),
        (Scatter("Dots", x=X, y=Y, points=points, links=Link("clip", IDS)), (0.5, 0.6), []),
        (Bars("Bars", x=X, y=Y, labels=("a", "b", "c"), values=IDS * 1.0, links=links), (1.5, 1.0), [("neuron", 3)]),
        (
            HeatMap("Map", x=X, y=Y, values=np.eye(3, dtype=np.float32), row_links=Link("clip", IDS[::-1].copy())),
            (0.5, 2.5),
            [("clip", 7)],
        ),
    ]
    for figure, place, expected in cases:
        view, got = followed(figure)
        click(view.canvas, view.canvas.plot, *place)
        assert got == expected, figure.title


def test_strips_lead_to_neurons(followed: Any, click: Any) -> None:
    view, got = followed(Strips("Clip", panels=(Strip("mu", "", np.ones(3)),), neurons=IDS))
    click(view.canvas, view.canvas._strips[0].plot, 1.5, 0.5)
    assert got == [("neuron", 3)]


def test_a_mark_without_target_leads_nowhere(followed: Any, click: Any) -> None:
    view, got = followed(
        Bars("Bars", x=X, y=Y, labels=("a", "b"), values=np.ones(2), links=Link("clip", np.array([-1, 4])))
    )
    click(view.canvas, view.canvas.plot, 0.5, 0.5)
    assert got == []
    view.canvas.key_step(1)
    assert got == [("clip", 4)]


def test_keys_walk_over_marks(followed: Any) -> None:
    points = np.array([[5.0, 1.0], [1.0, 2.0], [2.0, NAN]])
    view, got = followed(Scatter("Dots", x=X, y=Y, points=points, links=Link("clip", IDS)))
    for step in (1, 1, 1, -1):
        view.canvas.key_step(step)
    assert got == [("clip", 3), ("clip", 7), ("clip", 7), ("clip", 3)]


def drag(view: Any, start: Any, end: Any) -> None:
    """Press, move and release the left button between two pixels."""
    viewport, none = view.graphics.viewport(), Qt.KeyboardModifier.NoModifier
    left = Qt.MouseButton.LeftButton
    steps = [(QEvent.Type.MouseMove, start, Qt.MouseButton.NoButton, Qt.MouseButton.NoButton)]
    steps += [(QEvent.Type.MouseButtonPress, start, left, left)]
    steps += [
        (QEvent.Type.MouseMove, start + (end - start) * n / 4, Qt.MouseButton.NoButton, left) for n in range(1, 5)
    ]
    steps += [(QEvent.Type.MouseButtonRelease, end, left, Qt.MouseButton.NoButton)]
    for kind, place, button, buttons in steps:
        spot = QPointF(place)
        event = QMouseEvent(kind, spot, QPointF(viewport.mapToGlobal(spot)), button, buttons, none)
        QApplication.sendEvent(viewport, event)
        QTest.qWait(15)  # pyqtgraph drops moves that come quicker than a hundred a second


def test_the_cut_can_be_dragged(shown: Any, point: Any) -> None:
    view = shown(figure_view(boxes(cut=1.5), Theme()))
    dropped: list[float] = []
    view.cut_moved.connect(dropped.append)
    canvas = view.canvas
    drag(canvas, point(canvas, canvas.plot, 1.5, 6.0), point(canvas, canvas.plot, 2.5, 6.0))
    assert len(dropped) == 1
    assert dropped[0] == pytest.approx(2.5, abs=0.05)
    assert canvas._boxes.cut == dropped[0]
    canvas.set_cut(1.2)
    assert canvas._cut.value() == pytest.approx(1.2)
    assert len(dropped) == 1


def test_the_wheel_scrolls_the_page_unless_ctrl_is_held(shown: Any, qtbot: QtBot) -> None:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QWheelEvent

    page = QScrollArea()
    qtbot.addWidget(page)
    view = shown(figure_view(boxes(), Theme()))
    page.setWidget(view)
    home = view.canvas.plot.vb.viewRange()
    viewport = view.canvas.graphics.viewport()
    centre = QPointF(viewport.rect().center())
    for modifier, zooms in ((Qt.KeyboardModifier.NoModifier, False), (Qt.KeyboardModifier.ControlModifier, True)):
        event = QWheelEvent(
            centre,
            viewport.mapToGlobal(centre),
            QPoint(),
            QPoint(0, 240),
            Qt.MouseButton.NoButton,
            modifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(viewport, event)
        assert (view.canvas.plot.vb.viewRange() != home) == zooms
    page.takeWidget()


def test_hover_tells_values(shown: Any, notes: NDArray[Any]) -> None:
    said: dict[type[Figure], str] = {}
    for figure in whole(notes):
        if not isinstance(figure, TableFigure):
            view = shown(figure_view(figure, Theme()))
            place = QPointF(1.2, 60.0) if isinstance(figure, PianoRoll) else QPointF(1.0, 2.0)
            said.setdefault(type(figure), view.canvas.hover_text(view.canvas._plots[0], place))
    assert "neuron 3, rank 2" in said[Strips]
    assert said[BoxPlot].startswith("neuron 7, rank 1\nmedian 2, quartiles 1 to 3")
    assert said[HeatMap] == "c × rank 2\nvalue 0.000"
    assert said[Scatter].startswith("rank 1, value 2\nvalue 1")
    assert "real: 3" in said[Histogram]
    assert "one: 2 at 1" in said[Curve]
    assert said[Bars] == "b: -2 unit"


def test_a_long_line_is_thinned_out_to_the_screen(shown: Any) -> None:
    points = np.column_stack([np.arange(100_000.0), np.random.default_rng(0).normal(size=100_000)])
    points[50_000, 1] = 99.0
    view = shown(figure_view(Curve("Long", x=X, y=Y, lines=(Line("one", points),)), Theme()))
    view.grab()
    drawn = view.canvas._lines[0].curve.getData()[1]
    assert len(drawn) < 4000
    assert drawn.max() == 99.0


def test_a_flat_box_is_seen(shown: Any, point: Any) -> None:
    figure = BoxPlot(
        "Flat", x=X, y=Y, boxes=np.array([[0.5] * 5, [0, 0.2, 0.5, 0.8, 1]]), positions=np.arange(2.0), cut=5
    )
    view = shown(figure_view(figure, Theme()))
    image = view.canvas.graphics.grab().toImage()

    def column(at: float) -> list[int]:
        spot = point(view.canvas, view.canvas.plot, at, 0.5)
        return [image.pixelColor(spot.x(), spot.y() + away).lightness() for away in (-2, -1, 0, 1, 2)]

    assert min(column(0.1)) < 190  # a dark line on the ground
    assert max(column(1.1)) > 190  # a light line on a dark box
    assert min(column(1.1)) < 190


def test_of_two_notes_in_one_place_only_one_bears_its_name(shown: Any, notes: NDArray[Any]) -> None:
    other = notes.copy()
    other["pitch"][0] += 1
    view = shown(figure_view(PianoRoll("R", notes=(NoteLayer("a", notes), NoteLayer("b", other))), Theme()))
    outline, filled = view.canvas._layers
    assert outline._named.tolist() == [True] + [False] * 7
    assert filled._named.all()


def test_an_unknown_kind_is_named(qtbot: QtBot) -> None:
    with pytest.raises(TypeError, match="cannot draw a Figure"):
        figure_view(Figure("Strange"), Theme())
