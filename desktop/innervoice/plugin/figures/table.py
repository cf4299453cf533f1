"""Tables: named columns and rows of plain values, as data and as a figure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from innervoice.plugin.errors import ResultError
from innervoice.plugin.figures.parts import Figure, check_type
from innervoice.plugin.values import Value, checked, set_field, set_tuple

Cell = str | int | float | bool | None
PLAIN = {str, int, float, bool, type(None)}


@dataclass(frozen=True, eq=False)
class Table(Value):
    """Rows of text, numbers, truth values or nothing.

    Parameters
    ----------
    name : str
        Also the name of the file it is written to: letters, digits, hyphens.
    columns : tuple of str
    rows : tuple of tuple
        As many cells each as there are columns. NumPy's numbers become Python's; NaN becomes None (no value).
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        check_type(self, "name", str)
        columns = set_tuple(self, "columns", str)
        rows = tuple(map(tuple, self.rows))
        if not _are_plain(rows, len(columns)):
            rows = tuple(tuple(_cell(cell, self.name) for cell in row) for row in rows)
        for number, row in enumerate(rows):
            if len(row) != len(columns):
                raise ResultError(
                    f"Row {number} of table {self.name!r} has {len(row)} cells for {len(columns)} columns."
                )
        set_field(self, "rows", rows)


@dataclass(frozen=True, eq=False, kw_only=True)
class TableFigure(Figure):
    """A table shown among the figures.

    Parameters
    ----------
    table : Table
    marked : tuple of (int, int)
        Rows and columns, from 0, of the cells that are shaded, such as the p-values below a level.
    """

    table: Table
    marked: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        check_type(self, "table", Table)
        cells = checked("A TableFigure's marked cells", self.marked or np.zeros((0, 2)), np.int64, (None, 2))
        if cells.size and (cells.min() < 0 or (cells >= (len(self.table.rows), len(self.table.columns))).any()):
            raise ResultError(f"A marked cell is outside the table {self.table.name!r}.")
        set_field(self, "marked", tuple((int(row), int(column)) for row, column in cells))


def _are_plain(rows: tuple[tuple[Any, ...], ...], width: int) -> bool:
    """Whether all cells can stay as they are: asked by column, since a table may have tens of thousands."""
    if not set(map(len, rows)) <= {width}:
        return False
    for column in zip(*rows, strict=True):
        kinds = set(map(type, column))
        if not kinds <= PLAIN:
            return False
        if float in kinds and not all(map(math.isfinite, (cell for cell in column if type(cell) is float))):
            return False
    return True


def _cell(value: Any, table: str) -> Cell:
    plain = value.item() if isinstance(value, np.generic) else value
    if plain is None or isinstance(plain, bool | str | int):
        return plain
    if not isinstance(plain, float):
        raise ResultError(f"A cell of table {table!r} is a {type(value).__name__}; use text, a number or None.")
    if math.isinf(plain):
        raise ResultError(f"A cell of table {table!r} is infinite; use None for a value that is not there.")
    return None if math.isnan(plain) else plain
