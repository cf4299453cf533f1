"""Where the rows of a table lead: a column called ``neuron`` or ``clip`` holds whole numbers that name them."""

from __future__ import annotations

from typing import Literal

import numpy as np

from innervoice.plugin.figures import NO_LINK, Link, Table

COLUMNS: tuple[Literal["neuron", "clip"], ...] = ("neuron", "clip")
"""Of a table with both the first decides."""
MOST = 1 << 31  # more is no neuron, no clip, and no number that fits a link


def row_links(table: Table) -> Link | None:
    """Return the link of each row; None for a table without such a column."""
    kind = next((name for name in COLUMNS if name in table.columns), None)
    if kind is None:
        return None
    column = table.columns.index(kind)
    cells = [row[column] for row in table.rows]
    numbers = [cell if _is_number(cell) else NO_LINK for cell in cells]
    return Link(kind, np.array(numbers, dtype=np.int64))


def _is_number(cell: object) -> bool:
    return isinstance(cell, int) and not isinstance(cell, bool) and 0 <= cell < MOST
