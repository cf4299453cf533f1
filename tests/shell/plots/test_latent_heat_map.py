"""All clips at once: colours, clicks, and studies larger than the screen."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from innervoice.shell.plots.big_image import COLUMNS, ROWS, symmetric_levels
from innervoice.shell.plots.colour_maps import diverging, sequential
from innervoice.shell.plots.heat_map import LatentHeatMap
from innervoice.shell.theme import Theme


def test_real_means_and_clicks(shown: Any, real_clips: dict[str, NDArray[Any]], click: Any) -> None:
    mu = real_clips["mu"]
    order = np.argsort(-mu.std(axis=0), kind="stable")
    view = shown(LatentHeatMap())
    view.set_values(mu[:, order], order, cut=85)
    told: dict[str, int] = {}
    view.clip_clicked.connect(lambda row: told.update(row=row))
    view.clip_stepped.connect(lambda row: told.update(stepped=row))
    view.neuron_clicked.connect(lambda neuron: told.update(neuron=neuron))
    click(view, view._plot, 100.5, 300.5)
    assert told == {"row": view.row, "neuron": int(order[100])}
    assert view.row == pytest.approx(300, abs=2)  # a pixel is more than a clip
    assert view._clip.place == view.row
    assert view._cut.value() == 85


def test_colours_follow_sign(shown: Any, point: Any) -> None:
    view = shown(LatentHeatMap())
    view.set_values(np.array([[-2.0, 0.0, 2.0]], dtype=np.float32), np.arange(3))
    image = view.graphics.grab().toImage()
    below, zero, above = (image.pixelColor(point(view, view._plot, x, 0.5)) for x in (0.5, 1.5, 2.5))
    assert below.blue() > below.red()
    assert above.red() > above.blue()
    assert min(zero.red(), zero.green(), zero.blue()) > 240


def test_missing_values_are_blank(shown: Any, point: Any) -> None:
    view = shown(LatentHeatMap())
    view.set_values(np.array([[np.nan, 1.0], [-1.0, np.nan]], dtype=np.float32), np.arange(2))
    image = view.graphics.grab().toImage()
    assert image.pixelColor(point(view, view._plot, 0.5, 0.5)).name() == view.theme.colours.surface
    assert image.pixelColor(point(view, view._plot, 1.5, 0.5)).name() != view.theme.colours.surface


@pytest.mark.parametrize("shape", [(0, 4), (1, 4), (3, 1)])
def test_few_or_no_clips(shown: Any, shape: tuple[int, int], qtbot: QtBot) -> None:
    view = shown(LatentHeatMap(Theme(dark=True)))
    view.set_values(np.zeros(shape, dtype=np.float32), np.arange(shape[1]))
    view.key_step(1)
    assert view.row == (0 if shape[0] else None)
    assert not view.graphics.grab().isNull()


def test_a_large_study_hands_the_screen_a_sample(shown: Any) -> None:
    view = shown(LatentHeatMap())
    values = np.arange(20_000, dtype=np.float32)[:, None] + np.zeros((1, 64), dtype=np.float32)
    view.set_values(values, np.arange(64))
    drawn = view._image.image.image
    assert drawn.shape[0] <= ROWS
    assert drawn.shape[1] <= COLUMNS
    assert "1 in 17 drawn" in view._plot.getAxis("left").labelText
    view._plot.vb.setYRange(5000, 5100, padding=0)
    drawn = view._image.image.image
    assert view._plot.getAxis("left").labelText == "clip"
    assert (drawn[0, 0], drawn[-1, 0]) == (5000, 5099)


def test_hover_and_keys(shown: Any, qtbot: QtBot) -> None:
    view = shown(LatentHeatMap())
    view.set_values(np.array([[0.25, -1.5], [1.0, 2.0]], dtype=np.float32), np.array([9, 4]))
    assert view.hover_text(view._plot, QPointF(1.2, 0.3)) == "clip 1, neuron 4 (rank 2)\nmu -1.500"
    assert view.hover_text(view._plot, QPointF(2.2, 0.3)) == ""
    told: list[int] = []
    view.clip_stepped.connect(told.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(view.graphics, key)
    assert told == [0, 1, 1, 0]
    view.mark_neuron(4)
    assert view._neuron.isVisible()
    view.mark_neuron(5)
    assert not view._neuron.isVisible()


def test_wrong_shape_is_refused(shown: Any) -> None:
    view = shown(LatentHeatMap())
    with pytest.raises(ValueError, match=r"needs \[clips, 3\] values"):
        view.set_values(np.zeros((2, 4), dtype=np.float32), np.arange(3))


def test_levels_are_even_around_the_centre() -> None:
    assert symmetric_levels(np.array([[-3.0, 1.0]], dtype=np.float32)) == pytest.approx((-2.99, 2.99))
    assert symmetric_levels(np.full((2, 2), np.nan, dtype=np.float32)) == (-1.0, 1.0)
    assert symmetric_levels(np.full((2, 2), 0.5, dtype=np.float32), centre=0.5) == (-0.5, 1.5)


@pytest.mark.parametrize("dark", [False, True])
def test_maps_read_in_grey(dark: bool) -> None:
    def lightness(colour_map: Any) -> NDArray[np.float64]:
        return np.array([QColor(*row[:3]).lightnessF() for row in colour_map.getLookupTable(nPts=9).tolist()])

    both = lightness(diverging(Theme(dark)))
    arms = np.diff(both) if not dark else -np.diff(both)
    assert (arms[:4] > 0).all()
    assert (arms[4:] < 0).all()
    table = sequential(Theme(dark)).getLookupTable(nPts=9).astype(float)
    weights = np.array([0.2126, 0.7152, 0.0722])
    assert (np.diff(table[:, :3] @ weights) > 0).all()
