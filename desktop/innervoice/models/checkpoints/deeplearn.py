"""deeplearn.js folders, Magenta's first form for browsers: ``manifest.json`` and one raw float32 file per tensor."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.models.checkpoints.converter import converter_hints
from innervoice.models.checkpoints.json_file import read_json
from innervoice.models.checkpoints.limits import check_total, checked_shape, float32_bytes
from innervoice.models.checkpoints.source import PLAIN_NAME, Hints, Shape, Source
from innervoice.models.errors import ModelError

MANIFEST = "manifest.json"
CONVERTER = "converter.json"


def open_deeplearn(folder: Path) -> Source:
    """Open a deeplearn.js folder; only the manifest and file sizes are read.

    A file that the manifest lists and the folder lacks is no error here: the model may do without it (a decoder needs
    no encoder). It is kept in :attr:`Hints.absent`.

    Raises
    ------
    ModelError
        When the manifest is damaged, a file name leads out of the folder, or a file has not the bytes of its shape.
    """
    manifest = read_json(folder / MANIFEST)
    if not isinstance(manifest, dict):
        raise ModelError(f"{folder / MANIFEST} lists no tensors; get it again.")
    shapes: dict[str, Shape] = {}
    files: dict[str, Path] = {}
    absent: dict[str, str] = {}
    for name, entry in manifest.items():
        file, shape = _entry(name, entry, folder)
        if not file.exists():
            absent[name] = file.name
            continue
        _check_size(name, file, shape)
        files[name], shapes[name] = file, shape
    check_total(shapes, str(folder))
    steps, segments = _clip_length(folder)
    ordered = tuple(files[name] for name in sorted(files))
    hints = Hints(folder.name, "deeplearn.js", folder, ordered, steps=steps, segments=segments, absent=absent)
    return Source(hints, shapes, lambda: {name: _read(files[name], shapes[name]) for name in shapes})


def _entry(name: str, entry: Any, folder: Path) -> tuple[Path, Shape]:
    filename = entry.get("filename") if isinstance(entry, dict) else None
    if not isinstance(filename, str) or not PLAIN_NAME.fullmatch(filename):
        raise ModelError(f"Tensor {name!r} in {folder / MANIFEST} names no plain file beside it; get it again.")
    return folder / filename, checked_shape(name, entry.get("shape"), str(folder / MANIFEST))


def _check_size(name: str, file: Path, shape: Shape) -> None:
    expected = float32_bytes([shape])
    if not file.is_file() or file.stat().st_size != expected:
        raise ModelError(f"{file} should be a file of {expected} bytes for tensor {name!r}; get it again.")


def _clip_length(folder: Path) -> tuple[int | None, int | None]:
    beside = folder / CONVERTER
    return converter_hints(read_json(beside), beside) if beside.exists() else (None, None)


def _read(file: Path, shape: Shape) -> NDArray[np.float32]:
    expected = float32_bytes([shape])
    try:
        with file.open("rb") as stream:
            data = stream.read(expected + 1)
    except OSError as error:
        raise ModelError(f"{file} cannot be read ({error.strerror}); check the file's rights.") from error
    if len(data) != expected:
        raise ModelError(f"{file} changed while it was read; open the model again.")
    return np.frombuffer(data, dtype="<f4").astype(np.float32).reshape(shape)


def is_deeplearn(folder: Path) -> bool:
    """Whether a folder has the manifest of this form."""
    return (folder / MANIFEST).is_file()
