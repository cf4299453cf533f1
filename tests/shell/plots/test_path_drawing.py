"""A line drawn through a scatter plot is handed over with the marks it lies among."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from innervoice.plugin.figures import Axis, Link, Scatter
from innervoice.shell.drawn_path import DrawnPath, latents_along
from innervoice.shell.facts import ModelFacts
from innervoice.shell.plots.figures import FigureView, figure_view
from innervoice.shell.theme import Theme

MARKS = np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 400.0], [np.nan, 1.0]])
VECTORS = np.array([[1.0, 0.0], [0.0, 1.0], [2.0, 2.0]], dtype=np.float32)
MODEL = ModelFacts.from_json({"name": "two", "sha256": "x", "neurons": 2, "steps": 32})


def scatter(links: Link | None) -> Scatter:
    return Scatter(title="Map", x=Axis("x"), y=Axis("y"), points=MARKS, links=links)


@pytest.fixture
def view(qtbot: Any) -> Any:
    links = Link("latent", np.array([0, 1, 2, -1]), VECTORS)
    made = figure_view(scatter(links), Theme())
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.show()
    yield made
    made.close_plot()


def at(view: FigureView, x: float, y: float) -> QPoint:
    canvas = view.canvas
    return canvas.graphics.mapFromScene(canvas.plot.vb.mapViewToScene(QPointF(x, y)))


def choose(view: FigureView) -> None:
    menu = view.menu()
    next(action for action in menu.actions() if action.text() == "Draw a path").trigger()
    menu.deleteLater()


def test_a_line_is_drawn_with_the_mouse(view: Any) -> None:
    got: list[Any] = []
    view.link_activated.connect(got.append)
    choose(view)
    seen = view.canvas.graphics.viewport()
    QTest.mousePress(seen, Qt.MouseButton.LeftButton, pos=at(view, 1, 50))
    for x in range(2, 9):
        QTest.mouseMove(seen, at(view, x, 50))
    QTest.mouseRelease(seen, Qt.MouseButton.LeftButton, pos=at(view, 8, 50))
    assert [type(one) for one in got] == [DrawnPath]
    drawn = got[0]
    np.testing.assert_allclose(drawn.line[[0, -1]], [[0.1, 0.125], [0.8, 0.125]], atol=0.02)
    np.testing.assert_allclose(drawn.marks[:3], [[0, 0], [1, 0], [1, 1]])
    assert not view.canvas.drawing.on


def test_a_line_is_drawn_from_mark_to_mark_with_the_keyboard(view: Any) -> None:
    got: list[Any] = []
    view.link_activated.connect(got.append)
    choose(view)
    keys, right = view.canvas.graphics, Qt.Key.Key_Right
    for key in (right, Qt.Key.Key_Return, right, Qt.Key.Key_Return, Qt.Key.Key_Return):
        QTest.keyClick(keys, key)
    np.testing.assert_allclose(got[0].line, [[0, 0], [1, 0]])
    assert len(got) == 1, "marks are not heard while a path is drawn"


def test_escape_and_a_click_alone_draw_nothing(view: Any) -> None:
    got: list[Any] = []
    view.link_activated.connect(got.append)
    choose(view)
    QTest.mouseClick(view.canvas.graphics.viewport(), Qt.MouseButton.LeftButton, pos=at(view, 5, 50))
    assert view.canvas.drawing.on
    QTest.keyClick(view.canvas.graphics, Qt.Key.Key_Escape)
    assert not view.canvas.drawing.on
    assert got == []


@pytest.mark.parametrize("links", [None, Link("neuron", np.array([0, 1, 2, 3])), Link("clip", np.full(4, -1))])
def test_marks_that_lead_to_no_place_grey_it_with_the_reason(qtbot: Any, links: Link | None) -> None:
    made = figure_view(scatter(links), Theme())
    qtbot.addWidget(made)
    menu = made.menu()
    entry = next(action for action in menu.actions() if action.text() == "Draw a path")
    assert not entry.isEnabled()
    assert "lead to no clips" in entry.toolTip()
    menu.deleteLater()
    made.close_plot()


def test_latents_along_a_line_are_means_of_the_nearest_marks() -> None:
    links = Link("latent", np.array([0, 1, 2, -1]), VECTORS)
    marks = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [np.nan, 0.1]])
    path = latents_along(None, MODEL, DrawnPath("Map", marks[:2], marks, links), 3)
    np.testing.assert_allclose(path[[0, 2]], VECTORS[:2], atol=1e-6)
    away = np.array([0.5, 0.5, np.hypot(0.5, 1.0)])
    weights = away**-2 / (away**-2).sum()
    np.testing.assert_allclose(path[1], weights @ VECTORS, rtol=1e-6)


def test_marks_of_another_model_are_refused() -> None:
    links = Link("latent", np.array([0]), np.ones((1, 3), np.float32))
    drawn = DrawnPath("Map", np.zeros((1, 2)), np.zeros((1, 2)), links)
    with pytest.raises(ValueError, match="not places of two"):
        latents_along(None, MODEL, drawn, 4)
