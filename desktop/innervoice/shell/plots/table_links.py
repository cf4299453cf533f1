"""Where the rows of a table lead: a column that is called ``neuron`` and holds whole numbers names neurons."""

from __future__ import annotations

import numpy as np

from innervoice.plugin.figures import NO_LINK, Link, Table

COLUMN = "neuron"
MOST = 1 << 31  # more is no neuron, and no number that fits a link


def row_links(table: Table) -> Link | None:
    """Return the link of each row; None for a table without a column of neurons."""
    if COLUMN not in table.columns:
        return None
    column = table.columns.index(COLUMN)
    cells = [row[column] for row in table.rows]
    numbers = [cell if _names_neuron(cell) else NO_LINK for cell in cells]
    return Link("neuron", np.array(numbers, dtype=np.int64))


def _names_neuron(cell: object) -> bool:
    return isinstance(cell, int) and not isinstance(cell, bool) and 0 <= cell < MOST
