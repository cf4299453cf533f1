"""The heat map of a whole study: what a cell says, the cursor, clicks, marks, colours."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from innervoice.shell.map_desk import MapPicture
from innervoice.shell.plots.extreme_levels import make_levels
from innervoice.shell.plots.study_heat_map import StudyHeatMap
from innervoice.shell.study_map import StudyMap
from innervoice.shell.theme import Theme

MU = np.array([[0.25, -1.5], [1.0, 2.0], [np.nan, -2.0]], dtype=np.float16)


def picture(mu: Any = MU, rows: Any = (2, 0, 1), columns: Any = (1, 0), neurons: str = "rank") -> MapPicture:
    count = len(mu)
    places = np.column_stack([np.full(count, 4), np.zeros(count), np.arange(count) * 32, np.full(count, 32)]).astype(
        int
    )
    found = StudyMap(np.arange(10, 10 + count), mu, places, {4: "scale.mid"}, count)
    order, across = np.array(rows), np.array(columns)
    return MapPicture(found, order, across, make_levels(mu, order, across, 2.0), "study", neurons)


@pytest.fixture
def view(shown: Any) -> Any:
    made = shown(StudyHeatMap(Theme()))
    made.set_picture(picture())
    return made


def test_a_cell_names_clip_neuron_and_value(view: Any) -> None:
    view.names = {0: "note density"}
    said = view.hover_text(view._plot, QPointF(1.5, 1.5))
    assert said == "scale.mid, bars 1–2, track 1\nneuron 0 (note density), rank 2\nμ 0.25"
    assert view.hover_text(view._plot, QPointF(1.5, 0.5)).endswith("μ no value")
    assert view.hover_text(view._plot, QPointF(2.5, 0.5)) == ""
    view.set_picture(picture(neurons="index"))
    assert "rank" not in view.hover_text(view._plot, QPointF(1.5, 1.5))


def test_a_click_tells_clip_and_neuron(view: Any, click: Any) -> None:
    told: list[tuple[int, int]] = []
    view.cell_clicked.connect(lambda clip, neuron: told.append((clip, neuron)))
    click(view, view._plot, 0.5, 1.5)
    assert told == [(10, 1)]


def test_arrow_keys_move_a_cursor_that_is_spoken(view: Any, qtbot: QtBot) -> None:
    told: list[tuple[int, int]] = []
    view.cell_clicked.connect(lambda clip, neuron: told.append((clip, neuron)))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(view.graphics, key)
    assert view.item.cell == (1, 1)
    assert view.accessibleDescription() == "scale.mid, bars 1–2, track 1, neuron 0, rank 2, μ 0.25"
    assert told == []
    qtbot.keyClick(view.graphics, Qt.Key.Key_Return)
    assert told == [(10, 0)]


def test_the_view_follows_the_cursor(shown: Any, qtbot: QtBot) -> None:
    view = shown(StudyHeatMap(Theme()))
    mu = np.zeros((500, 40), dtype=np.float16)
    view.set_picture(picture(mu, np.arange(500), np.arange(40)))
    view._plot.vb.setRange(xRange=(0, 10), yRange=(0, 20), padding=0)
    for _ in range(4):
        qtbot.keyClick(view.graphics, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert view.item.cell == (30, 0)
    (left, _right), (top, bottom) = view._plot.vb.viewRange()
    assert left <= 0.01
    assert top < 30
    assert bottom >= 30.99
    assert bottom - top == pytest.approx(20)


def test_clip_and_neuron_are_marked_where_they_stand(view: Any) -> None:
    view.mark_clip(12)
    view.mark_neuron(0)
    assert (view._clip.place, view._neuron.place) == (0, 1)
    view.mark_clip(99)
    view.mark_neuron(-1)
    assert not view._clip.isVisible()
    assert not view._neuron.isVisible()


def test_colours_follow_sign_and_missing_is_blank(view: Any, point: Any) -> None:
    def colour(x: float, y: float) -> Any:
        return view.graphics.grab().toImage().pixelColor(point(view, view._plot, x, y))

    assert colour(0.5, 0.5).blue() > colour(0.5, 0.5).red()
    assert colour(0.5, 2.5).red() > colour(0.5, 2.5).blue()
    assert colour(1.5, 0.5).name() == view.theme.colours.surface
    before = colour(0.5, 0.5)
    view.set_theme(Theme(dark=True))
    assert colour(0.5, 0.5) != before


def test_zoomed_out_the_axis_says_what_is_seen(shown: Any) -> None:
    view = shown(StudyHeatMap(Theme()), 500, 300)
    mu = np.zeros((5000, 4), dtype=np.float16)
    mu[4321, 2] = -2.0
    view.set_picture(picture(mu, np.arange(5000), np.arange(4)))
    assert "a line is the extreme of " in view._clip_axis.labelText
    image = view.graphics.grab().toImage()
    spot = view.graphics.mapFromScene(view._plot.vb.mapViewToScene(QPointF(2.5, 4321)))
    assert any(image.pixelColor(spot.x(), spot.y() + away).red() < 100 for away in range(-2, 3))
    view._plot.vb.setYRange(4300, 4400, padding=0)
    assert "extreme" not in view._clip_axis.labelText
    low, high = view._bar.plot.vb.viewRange()[0]
    assert (low, high) == (0, 1)  # showing everything must not touch the colour bar


@pytest.mark.parametrize("shape", [(0, 4), (1, 1)])
def test_few_or_no_clips(shown: Any, shape: tuple[int, int], qtbot: QtBot) -> None:
    view = shown(StudyHeatMap(Theme(dark=True)))
    view.set_picture(picture(np.zeros(shape, np.float16), np.arange(shape[0]), np.arange(shape[1])))
    qtbot.keyClick(view.graphics, Qt.Key.Key_Down)
    assert not view.graphics.grab().isNull()
    view.set_picture(None)
    assert view.hover_text(view._plot, QPointF(0.5, 0.5)) == ""
