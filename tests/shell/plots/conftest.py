"""What the tests of the plots share: real clips, a mouse, and a watch that every plot is taken apart."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from innervoice.music.tokens import tokens_to_notes
from innervoice.shell.plots.panel import PlotPanel

Point = Callable[[PlotPanel, Any, float, float], QPoint]


@pytest.fixture(scope="session")
def real_clips(shared: Path) -> dict[str, NDArray[Any]]:
    """Give 539 real clips (``events``) and the means that Google's encoder gave them (``mu``)."""
    with np.load(shared / "weights" / "mel_2bar_small_reference.npz", allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}


@pytest.fixture
def notes() -> NDArray[Any]:
    """Give a scale of eight quarter notes from middle C, two bars at 120 quarters a minute."""
    tokens = np.zeros(32, dtype=np.int16)
    tokens[::4] = np.array([60, 62, 64, 65, 67, 69, 71, 72]) - 19
    return tokens_to_notes(tokens)


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Callable[..., Any]]:
    """Show a widget in a given size; it is taken apart after the test."""
    widgets: list[Any] = []

    def show(widget: QWidget, width: int = 800, height: int = 420) -> Any:
        widgets.append(widget)
        qtbot.addWidget(widget)
        widget.resize(width, height)
        with qtbot.waitExposed(widget):
            widget.show()
        return widget

    yield show
    for widget in widgets:
        widget.close_plot()


@pytest.fixture
def point() -> Point:
    """Give the pixel of the canvas at which data coordinates of a plot lie."""

    def at(panel: PlotPanel, plot: Any, x: float, y: float) -> QPoint:
        place: QPoint = panel.graphics.mapFromScene(plot.vb.mapViewToScene(QPointF(x, y)))
        return place

    return at


@pytest.fixture
def click(qtbot: QtBot, point: Point) -> Callable[..., None]:
    """Click at data coordinates of a plot."""

    def press(panel: PlotPanel, plot: Any, x: float, y: float) -> None:
        qtbot.mouseClick(panel.graphics.viewport(), Qt.MouseButton.LeftButton, pos=point(panel, plot, x, y))

    return press
