"""Tables: numbers sort as numbers and stand under each other, and what is selected can be copied."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from innervoice.plugin.figures import Table, TableFigure
from innervoice.shell.plots.figures import figure_view
from innervoice.shell.plots.table_model import cell_text
from innervoice.shell.theme import Theme


def test_tables_sort_numbers_as_numbers(shown: Any) -> None:
    table = Table("t", ("name", "value"), (("b", 10.0), ("a", None), ("c", 9.0)))
    view = shown(figure_view(TableFigure("Table", table=table), Theme()))

    def column(number: int) -> list[str]:
        model = view.canvas.model()
        return [model.index(row, number).data() for row in range(model.rowCount())]

    assert column(0) == ["b", "a", "c"]
    view.canvas.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert column(1) == ["9.00", "10.00", ""]
    view.canvas.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert column(1) == ["10.00", "9.00", ""]
    view.canvas.show_all()
    assert column(0) == ["b", "a", "c"]


def test_a_sorted_table_keeps_its_selection_and_copies_it(shown: Any, qtbot: QtBot) -> None:
    table = Table("t", ("name", "value"), (("b", 10.0), ("a", None), ("c", 9.0)))
    canvas = shown(figure_view(TableFigure("Table", table=table), Theme())).canvas
    canvas.selectRow(0)
    canvas.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert [index.row() for index in canvas.selectedIndexes()] == [1, 1]
    canvas.selectRow(2)
    qtbot.keyClick(canvas, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "a\t"


def test_marked_cells_stay_marked_when_sorted(shown: Any) -> None:
    table = Table("p", ("pair", "p"), (("b", 0.5), ("a", 0.01)))
    canvas = shown(figure_view(TableFigure("Table", table=table, marked=((1, 1),)), Theme())).canvas

    def shaded() -> list[tuple[int, int]]:
        model, role = canvas.model(), Qt.ItemDataRole.BackgroundRole
        return [(row, column) for row in (0, 1) for column in (0, 1) if model.index(row, column).data(role) is not None]

    assert shaded() == [(1, 1)]
    canvas.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert shaded() == [(0, 1)]


@pytest.mark.parametrize(
    ("cell", "places", "text"),
    [(0.164, 4, "0.1640"), (-0.00001, 4, "-1e-05"), (0.0, 2, "0.00"), (None, 3, ""), (True, 3, "yes"), (7, 3, "7")],
)
def test_cells_are_aligned_and_never_rounded_away(cell: Any, places: int, text: str) -> None:
    assert cell_text(cell, places) == text
