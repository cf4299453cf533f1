"""Points of a scatter: dots, a picture of their density, and both in files."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QColor

from innervoice.plugin.figures import Axis, Link, Scatter
from innervoice.shell.plots.figures import figure_view
from innervoice.shell.plots.points_item import MOST_DOTS
from innervoice.shell.theme import Theme

X = Axis("x")


def dark_pixels(view: Any) -> int:
    """Count the pixels of the plot that are not its ground."""
    image = view.canvas.graphics.grab().toImage()
    ground = QColor(view.theme.colours.surface).rgb()
    box = view.canvas.plot.vb.sceneBoundingRect().toRect().adjusted(4, 4, -4, -4)
    return sum(
        image.pixel(x, y) != ground for x in range(box.left(), box.right()) for y in range(box.top(), box.bottom())
    )


@pytest.mark.parametrize("count", [1, MOST_DOTS, MOST_DOTS + 1])
def test_a_point_is_seen_however_many_there_are(shown: Any, count: int) -> None:
    points = np.zeros((count, 2))
    points[-1] = (1.0, 1.0)
    view = shown(figure_view(Scatter("S", x=X, y=X, points=points), Theme()), 400, 300)
    view.grab()
    assert 8 <= dark_pixels(view) <= 200


def test_where_points_lie_close_the_colour_is_fuller(shown: Any, point: Any) -> None:
    points = np.concatenate([np.zeros((MOST_DOTS, 2)), [[1.0, 1.0]]])
    view = shown(figure_view(Scatter("S", x=X, y=X, points=points), Theme()), 400, 300)
    image = view.canvas.graphics.grab().toImage()
    many, one = (image.pixelColor(point(view.canvas, view.canvas.plot, at, at)) for at in (0.0, 1.0))
    assert many.lightness() < one.lightness() < 255


def test_the_colour_of_a_heap_is_that_of_its_points(shown: Any, point: Any) -> None:
    points = np.repeat(np.array([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]]), MOST_DOTS, axis=0)
    colour = np.repeat([0.0, 10.0, np.nan], MOST_DOTS)
    view = shown(figure_view(Scatter("S", x=X, y=X, points=points, colour=colour, colour_axis=X), Theme()), 500, 300)
    image = view.canvas.graphics.grab().toImage()
    low, high, missing = (image.pixelColor(point(view.canvas, view.canvas.plot, x, 0.0)) for x in (0.0, 1.0, 2.0))
    assert low.blue() > low.green()
    assert high.green() > high.blue()
    assert missing == QColor(view.theme.colours.border)


def test_zoomed_in_a_large_scatter_shows_dots_and_can_be_clicked(shown: Any, click: Any) -> None:
    points = np.random.default_rng(0).uniform(0, 100, (20_000, 2))
    figure = Scatter("S", x=X, y=X, points=points, links=Link("clip", np.arange(20_000)))
    view, got = shown(figure_view(figure, Theme())), []
    view.link_activated.connect(lambda link: got.append(int(link.ids[0])))
    view.canvas.plot.vb.setRange(xRange=(40, 42), yRange=(40, 42), padding=0)
    view.grab()
    inside = np.flatnonzero(((points > 40.1) & (points < 41.9)).all(axis=1))
    click(view.canvas, view.canvas.plot, *points[inside[0]].tolist())
    assert got == [inside[0]]
