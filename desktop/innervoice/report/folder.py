"""A result as a folder of plain files, for papers, scripts and other programs.

``result.json`` holds provenance, summary and the list of the rest; beside it lie ``tables/*.csv``, ``arrays/*.npy``,
``figures/*.svg`` and ``clips/*.mid``. The same result and provenance give the same bytes: times of day and paths are
left out.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.bar_words import clip_notes
from innervoice.music.files import atomic_write
from innervoice.music.writing import midi_bytes
from innervoice.plugin.figures import Table
from innervoice.plugin.result import Result
from innervoice.report.drawing import svg

OF_ONE_PLACE = ("started", "finished", "model_path")
"""What differs from run to run and from machine to machine; it is left out."""
ROOMS = ("figures", "tables", "arrays", "clips")
OUR_FILE = re.compile(rf"({'|'.join(ROOMS)})/[A-Za-z0-9][A-Za-z0-9_.-]*")

NUMBERS = re.compile(r"\[\n[-+.\deE,\s]+\]")
"""A list of numbers over many lines; no text is taken for one, for a line end in a text is two signs in JSON."""


def write_result(result: Result, provenance: Mapping[str, Any], folder: str | Path) -> Path:
    """Write a result into a folder, made if need be.

    Files that an earlier result left there are removed, those alone that its ``result.json`` lists. That file is
    written last, so a folder with one is whole.

    Returns
    -------
    Path
        Of ``result.json``.

    Raises
    ------
    OSError
        When the folder cannot be written.
    """
    root = Path(folder)
    root.mkdir(parents=True, exist_ok=True)
    files = files_of(result)
    index = root / "result.json"
    for stale in _listed(index) - set(files):
        (root / stale).unlink(missing_ok=True)
    index.unlink(missing_ok=True)
    for name, data in files.items():
        (root / name).parent.mkdir(exist_ok=True)
        atomic_write(root / name, data)
    described = describe(result, provenance) | {"files": list(files)}
    text = json.dumps(described, indent=2, ensure_ascii=False, allow_nan=False)
    atomic_write(index, NUMBERS.sub(_on_one_line, text).encode() + b"\n")
    return index


def describe(result: Result, provenance: Mapping[str, Any]) -> dict[str, Any]:
    """Return what ``result.json`` says: provenance without times, the summary, and what else there is."""
    names = _figure_names(result)
    return {key: value for key, value in provenance.items() if key not in OF_ONE_PLACE} | {
        "summary": dict(result.summary),
        "figures": [
            {"kind": type(figure).__name__, "title": figure.title, "caption": figure.caption, "file": name}
            for figure, name in zip(result.figures, names, strict=True)
        ],
        "names": {str(neuron): name for neuron, name in sorted(result.names.items())},
    }


def files_of(result: Result) -> dict[str, bytes]:
    """Return the files of a result besides ``result.json``, by their paths in the folder."""
    figures = {name: svg(figure) for name, figure in zip(_figure_names(result), result.figures, strict=True)}
    tables = {f"tables/{table.name}.csv": csv_bytes(table) for table in result.tables}
    arrays = {f"arrays/{name}.npy": npy_bytes(array) for name, array in result.arrays.items()}
    clips = {f"clips/{name}.mid": midi_bytes(clip_notes(tokens)) for name, tokens in result.clips.items()}
    return figures | tables | arrays | clips


def csv_bytes(table: Table) -> bytes:
    """Return a table as CSV (RFC 4180 with line feeds): UTF-8, a header row, numbers in full, nothing for None."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.rows)
    return buffer.getvalue().encode()


def npy_bytes(array: NDArray[Any]) -> bytes:
    """Return an array as a ``.npy`` file."""
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return buffer.getvalue()


def _figure_names(result: Result) -> list[str]:
    return [f"figures/{number:02}-{slug(figure.title)}.svg" for number, figure in enumerate(result.figures, start=1)]


def slug(title: str) -> str:
    """Return a title as a part of a file name: lower-case letters and digits joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60].strip("-") or "figure"


def _on_one_line(numbers: re.Match[str]) -> str:
    return re.sub(r"\s+", " ", numbers[0]).replace("[ ", "[").replace(" ]", "]")


def _listed(index: Path) -> set[str]:
    """Return the files that an earlier ``result.json`` lists, as far as they can be ours."""
    try:
        listed = json.loads(index.read_bytes()).get("files", [])
    except (FileNotFoundError, ValueError, AttributeError):
        return set()
    if not isinstance(listed, list):
        return set()
    return {name for name in listed if isinstance(name, str) and OUR_FILE.fullmatch(name)}
