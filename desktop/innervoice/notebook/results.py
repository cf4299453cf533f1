"""An analysis' answer in a notebook: numbers, tables and arrays to work on, and pictures that show themselves."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin.figures import Figure, Table
from innervoice.plugin.result import Result


class Picture:
    """A figure that a notebook draws by itself; ``figure`` holds its numbers."""

    def __init__(self, figure: Figure) -> None:
        self.figure = figure

    def svg(self) -> bytes:
        """Return it as an SVG file, as the report has it."""
        from innervoice.report.drawing import svg

        return svg(self.figure)

    def _repr_svg_(self) -> str:
        return self.svg().decode()

    def __repr__(self) -> str:
        return f"<{type(self.figure).__name__}: {self.figure.title}>"


class Answer:
    """The result of a run.

    Attributes
    ----------
    run : int
        Its number in the study.
    result : Result
        All of it, as the plugin gave it.
    provenance : mapping
        What it was made from: parameters, seed, model, input, versions.
    """

    def __init__(self, run: int, result: Result, provenance: Mapping[str, Any]) -> None:
        self.run, self.result, self.provenance = run, result, provenance

    @property
    def summary(self) -> dict[str, Any]:
        """The few numbers that matter most."""
        return dict(self.result.summary)

    @property
    def arrays(self) -> dict[str, NDArray[Any]]:
        """Arrays by name, read-only."""
        return dict(self.result.arrays)

    @property
    def tables(self) -> dict[str, dict[str, list[Any]]]:
        """Tables by name, each a dictionary of columns: ``pandas.DataFrame(answer.tables["neurons"])``."""
        return {table.name: columns_of(table) for table in self.result.tables}

    @property
    def clips(self) -> dict[str, NDArray[Any]]:
        """Melodies that the analysis made, by name."""
        return dict(self.result.clips)

    @property
    def pictures(self) -> list[Picture]:
        """The figures; the last expression of a cell draws one."""
        return [Picture(figure) for figure in self.result.figures]

    def save(self, folder: str | Path) -> Path:
        """Write figures, tables, arrays and clips as files; return the ``result.json`` beside them."""
        from innervoice.report.folder import write_result

        return write_result(self.result, dict(self.provenance), Path(folder))

    def _repr_html_(self) -> str:
        drawn = "\n".join(f"<figure>{picture._repr_svg_()}</figure>" for picture in self.pictures)
        return f"<p>{escape(repr(self))}</p>\n{drawn}"

    def __repr__(self) -> str:
        held = {"figures": self.result.figures, "tables": self.result.tables, "arrays": self.result.arrays}
        counted = ", ".join(f"{len(things)} {name}" for name, things in held.items() if len(things))
        return f"<run {self.run} of {self.provenance.get('analysis')}: {counted or 'a summary'}>"


def columns_of(table: Table) -> dict[str, list[Any]]:
    """Return a table as its columns, by name."""
    return {name: [row[place] for row in table.rows] for place, name in enumerate(table.columns)}


def structured(rows: list[tuple[Any, ...]], kind: list[tuple[str, str]]) -> NDArray[Any]:
    """Return rows as a structured array, text columns as wide as they must be."""
    made = [
        (name, f"<U{max([1, *(len(str(row[place])) for row in rows)])}" if form == "U" else form)
        for place, (name, form) in enumerate(kind)
    ]
    return np.array(rows, np.dtype(made))
