"""What is selected anywhere is marked in every kind of figure that links to it, and nothing is announced for it."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from innervoice.plugin.figures import (
    Axis,
    Bars,
    BoxPlot,
    Figure,
    HeatMap,
    Link,
    Scatter,
    Strip,
    Strips,
    Table,
    TableFigure,
)
from innervoice.shell.plots.figures import figure_view
from innervoice.shell.theme import Theme

X = Axis("x")
IDS = np.array([7, 3, 9])
NEURONS, CLIPS = Link("neuron", IDS), Link("clip", np.array([20, 21, 20]))


def shown_marks(canvas: Any) -> Any:
    """Say what a canvas marks, in the terms of its kind."""
    match type(canvas.figure).__name__:
        case "Scatter":
            return sorted(canvas._rings.places[:, 0].tolist())
        case "HeatMap":
            return [mark.place if mark.isVisible() else None for mark in (canvas._row, canvas._column)]
        case "Strips":
            return canvas._selected_rank()
        case "Bars":
            return canvas._bars.selected
        case "BoxPlot":
            return canvas.selected if canvas._band.isVisible() else None
    return sorted(canvas._model.marked)


POINTS = np.array([[0.0, 1.0], [1.0, 2.0], [2.0, 0.5]])
FIGURES: list[tuple[Figure, str, int, Any, Any]] = [
    (Scatter("D", x=X, y=X, points=POINTS, links=CLIPS), "clip", 20, [0.0, 2.0], []),
    (Bars("B", x=X, y=X, labels=("a", "b", "c"), values=np.ones(3), links=NEURONS), "neuron", 9, 2, None),
    (BoxPlot("P", x=X, y=X, boxes=np.ones((3, 5)), positions=np.arange(3.0), links=NEURONS), "neuron", 3, 1, None),
    (
        HeatMap("M", x=X, y=X, values=np.eye(3, dtype=np.float32), row_links=CLIPS, column_links=NEURONS),
        "clip", 21, [1, None], [None, None],
    ),
    (Strips("S", panels=(Strip("mu", "", np.ones(3)),), neurons=IDS), "neuron", 9, 2, None),
    (TableFigure("T", table=Table("t", ("rank", "neuron"), ((1, 7), (2, 3), (3, 7)))), "neuron", 7, [0, 2], []),
    (TableFigure("C", table=Table("c", ("bar", "clip"), ((1, 21), (2, 20), (3, 21)))), "clip", 21, [0, 2], []),
]  # fmt: skip


@pytest.mark.parametrize("case", FIGURES, ids=lambda case: type(case[0]).__name__)
def test_a_target_is_marked_and_unmarked_in_silence(shown: Any, case: Any) -> None:
    figure, kind, target, marked, unmarked = case
    view, followed = shown(figure_view(figure, Theme())), []
    view.link_activated.connect(followed.append)
    view.select_target("latent", target)
    assert shown_marks(view.canvas) == unmarked
    before = view.grab().toImage()
    view.select_target(kind, target)
    assert shown_marks(view.canvas) == marked
    assert view.grab().toImage() != before
    view.select_target(kind, -1)
    assert shown_marks(view.canvas) == unmarked
    view.select_target(kind, 4711)
    assert shown_marks(view.canvas) == unmarked
    assert followed == []
    view.close_plot()
    view.select_target(kind, target)


@pytest.mark.parametrize("kind", ["neuron", "clip"])
def test_a_row_of_a_table_leads_to_its_neuron_or_clip(shown: Any, kind: str) -> None:
    figure = TableFigure("T", table=Table("t", ("rank", kind), ((1, 7), (2, None), (3, 4))))
    view, got = shown(figure_view(figure, Theme())), []
    view.link_activated.connect(lambda link: got.append((link.kind, link.ids.tolist())))
    table = view.canvas
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    for row in (0, 2):
        spot = table.visualRect(table.model().index(row, 0)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert got == [(kind, [4])]  # the row without one leads nowhere
