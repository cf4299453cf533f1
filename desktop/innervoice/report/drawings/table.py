"""Table: its first rows as a picture; the whole of it is in the CSV file."""

from __future__ import annotations

from itertools import accumulate

from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle

from innervoice.plugin.figures import TableFigure
from innervoice.plugin.figures.table import Cell
from innervoice.report.drawings.style import FAINT, GREY, INK, MARKED, WIDTH

MOST_ROWS = 30
GUTTER = 3.0
"""Characters between two columns."""

ROW = 0.21
"""Height of a row in inches."""


def draw_table(figure: TableFigure, canvas: Canvas) -> None:
    """Write the rows with rules above and below, numbers to the right, as journals set tables."""
    table = figure.table
    rows = table.rows[:MOST_ROWS]
    lines = len(rows) + 2
    canvas.set_size_inches(WIDTH, 0.5 + ROW * lines)
    axes = canvas.add_subplot()
    axes.set_title(figure.title, pad=8)
    axes.set_axis_off()
    cells = [table.columns, *(tuple(shown(cell) for cell in row) for row in rows)]
    places = _places(cells)
    axes.set_xlim(0, max(places[-1], 1))
    axes.set_ylim(lines - 0.5, -0.6)
    for column in range(len(table.columns)):
        right = any(is_number(row[column]) for row in rows)
        place = places[column + 1] - GUTTER if right else places[column]
        for number, texts in enumerate(cells):
            weight = "bold" if number == 0 else "normal"
            axes.text(
                place, number, texts[column], ha="right" if right else "left", va="center", weight=weight, clip_on=True
            )
    for row, column in figure.marked:
        if row < len(rows):
            width = places[column + 1] - places[column] - GUTTER / 2
            axes.add_patch(Rectangle((places[column] - GUTTER / 2, row + 0.5), width, 1, color=MARKED, linewidth=0))
    axes.axhline(-0.5, color=INK, linewidth=1.0)
    axes.axhline(0.5, color=INK, linewidth=0.6)
    for line in range(5, len(rows), 5):
        axes.axhline(line + 0.5, color=FAINT, linewidth=0.5)
    axes.axhline(len(rows) + 0.5, color=INK, linewidth=1.0)
    left_out = len(table.rows) - len(rows)
    if left_out:
        axes.text(0, len(rows) + 1, f"and {left_out:,} more rows in {table.name}.csv", va="center", color=GREY)


def shown(cell: Cell) -> str:
    """Write a cell for reading: four significant digits, yes and no, a dash for nothing."""
    if cell is None:
        return "–"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return f"{cell:.4g}".replace("-", "−") if isinstance(cell, float) else str(cell)


def is_number(cell: Cell) -> bool:
    """Say whether a cell is set to the right."""
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _places(cells: list[tuple[str, ...]]) -> list[float]:
    """Return where each column begins, and the end: as wide as its longest text, with a gutter."""
    widths = [max(len(text) for text in column) + GUTTER for column in zip(*cells, strict=True)]
    return [0.0, *accumulate(widths)]
