"""Lines are as wide on a sharp screen, and in its pictures, as on any other."""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from innervoice.plugin.figures import Axis, Bin, BoxPlot, Curve, Figure, HeatMap, Histogram, Line, Scatter
from innervoice.shell.plots.export import picture
from innervoice.shell.plots.figures import figure_view
from innervoice.shell.theme import LIGHT, Theme

X = Axis("x")
SLOPE = np.array([[0.0, 0.0], [1.0, 1.0]])
BOXES = np.array([[0.0, 0.1, 0.2, 0.3, 0.4], [0.6, 0.7, 0.8, 0.9, 1.0]])
EDGES = np.linspace(0.0, 1.0, 3)
FIGURES: dict[str, tuple[Figure, str]] = {
    "a fitted line": (Scatter("S", x=X, y=X, points=SLOPE, fit=SLOPE), LIGHT.cut),
    "a curve": (Curve("C", x=X, y=X, lines=(Line("one", SLOPE),)), LIGHT.series[0]),
    "a mark of a curve": (Curve("C", x=X, y=X, lines=(Line("one", SLOPE),), marks=(0.4,)), LIGHT.cut),
    "the cut of a box plot": (BoxPlot("B", x=X, y=X, boxes=BOXES, positions=np.array([1, 2]), cut=1.5), LIGHT.cut),
    "an axis": (Histogram("H", x=X, y=X, edges=EDGES, series=(Bin("h", np.zeros(2)),)), LIGHT.border),
}


def _pixels(image: QImage, colour: str) -> int:
    """Return how much of a picture has a colour, or nearly so."""
    view = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    shade = QColor(colour)
    wanted = np.array([shade.blue(), shade.green(), shade.red()])
    near: NDArray[np.bool_] = (np.abs(view[..., :3].astype(int) - wanted) < 40).all(axis=2)
    return int(near.sum())


@pytest.mark.parametrize("name", FIGURES)
def test_a_line_covers_as_much_of_a_picture_of_any_density(shown: Callable[..., Any], name: str) -> None:
    figure, colour = FIGURES[name]
    canvas = shown(figure_view(figure, Theme()), 420, 320).canvas
    plain, sharp, sharper = (_pixels(picture(canvas, scale), colour) / scale**2 for scale in (1, 2, 4))
    assert plain > 100
    assert 0.7 < sharp / plain < 1.5
    assert 0.85 < sharper / sharp < 1.2


def test_the_frame_of_a_cell_covers_as_much_too(shown: Callable[..., Any]) -> None:
    figure = HeatMap("M", x=X, y=X, colour=Axis("c"), values=np.full((20, 20), np.nan, np.float32))
    canvas = shown(figure_view(figure, Theme()), 420, 480).canvas
    bare = [_pixels(picture(canvas, scale), LIGHT.text) / scale**2 for scale in (1, 2)]
    canvas.key_step(1)
    plain, sharp = (
        _pixels(picture(canvas, scale), LIGHT.text) / scale**2 - without
        for scale, without in zip((1, 2), bare, strict=True)
    )
    assert plain > 20
    assert 0.7 < sharp / plain < 1.5


def test_strokes_of_a_hatched_bar_lie_as_far_apart(shown: Callable[..., Any]) -> None:
    full = Bin("full", np.array([1.0, 1.0]))
    figure = Histogram("H", x=X, y=X, edges=EDGES, series=(Bin("none", np.zeros(2)), full))
    canvas = shown(figure_view(figure, Theme()), 420, 320).canvas

    def strokes(scale: int) -> int:
        image = picture(canvas, scale)
        row = [image.pixelColor(x, image.height() // 2).lightness() < 200 for x in range(image.width())]
        return sum(now and not before for before, now in itertools.pairwise(row))

    assert strokes(1) > 20
    assert abs(strokes(2) - strokes(1)) <= 2


def test_svg_of_a_sharp_line_keeps_its_width(shown: Callable[..., Any], tmp_path: Path) -> None:
    figure, _colour = FIGURES["a fitted line"]
    view = shown(figure_view(figure, Theme()), 420, 320)
    view.files.export_svg(tmp_path / "f.svg")
    assert 'stroke-width="2.4"' in (tmp_path / "f.svg").read_text("utf-8")
