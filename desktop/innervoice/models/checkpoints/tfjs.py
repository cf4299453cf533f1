"""magenta.js folders: ``config.json``, ``weights_manifest.json`` and shards, float32 or quantised.

A manifest is a list of groups; the tensors of a group lie one after the other in its concatenated shards. A quantised
tensor is ``integer * scale + min`` (uint8, uint16), or plain float16, as TensorFlow.js's weights loader defines it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite, prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.models.checkpoints.converter import converter_hints
from innervoice.models.checkpoints.json_file import read_json
from innervoice.models.checkpoints.limits import MAX_TENSORS, check_total, checked_shape
from innervoice.models.checkpoints.source import PLAIN_NAME, Hints, Shape, Source, Weights
from innervoice.models.errors import ModelError

MANIFEST = "weights_manifest.json"
CONFIG = "config.json"
_STORED = {None: "<f4", "float16": "<f2", "uint8": "<u1", "uint16": "<u2"}


@dataclass(frozen=True)
class _Entry:
    """One tensor of a group: how it is stored, and how it becomes float32."""

    name: str
    shape: Shape
    stored: np.dtype[Any]
    scale: float = 1.0
    offset: float = 0.0

    @property
    def size(self) -> int:
        return prod(self.shape) * self.stored.itemsize

    def tensor(self, data: memoryview) -> NDArray[np.float32]:
        values = np.frombuffer(data, dtype=self.stored).reshape(self.shape)
        if self.stored.kind == "f":
            return values.astype(np.float32)
        # In double precision, as JavaScript computes it.
        return (values * self.scale + self.offset).astype(np.float32)


@dataclass(frozen=True)
class _Group:
    shards: tuple[Path, ...]
    entries: tuple[_Entry, ...]


def is_tfjs(folder: Path) -> bool:
    """Whether a folder has the manifest of this form."""
    return (folder / MANIFEST).is_file()


def open_tfjs(folder: Path) -> Source:
    """Open a magenta.js folder; only the JSON and file sizes are read.

    Raises
    ------
    ModelError
        When the JSON is damaged, a shard is missing or cut, a tensor stands twice, or a storage type is unknown.
    """
    groups = tuple(_groups(folder))
    names = [entry.name for group in groups for entry in group.entries]
    if len(set(names)) != len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ModelError(f"Tensor {twice!r} stands twice in {folder / MANIFEST}; get it again.")
    shapes = {entry.name: entry.shape for group in groups for entry in group.entries}
    check_total(shapes, str(folder))
    for group in groups:
        _check_shards(group)
    steps, segments = _clip_length(folder)
    files = tuple(shard for group in groups for shard in group.shards)
    hints = Hints(folder.name, "magenta.js", folder, files, steps=steps, segments=segments)
    return Source(hints, shapes, lambda: _read(groups))


def _groups(folder: Path) -> Iterator[_Group]:
    where = folder / MANIFEST
    manifest = read_json(where)
    if not isinstance(manifest, list):
        raise ModelError(f"{where} lists no tensors; get it again.")
    for group in manifest:
        paths = group.get("paths") if isinstance(group, dict) else None
        weights = group.get("weights") if isinstance(group, dict) else None
        if not isinstance(paths, list) or not isinstance(weights, list) or len(paths) + len(weights) > 2 * MAX_TENSORS:
            raise ModelError(f"{where} has a damaged group of tensors; get it again.")
        if not all(isinstance(path, str) and PLAIN_NAME.fullmatch(path) for path in paths):
            raise ModelError(f"{where} names a shard that is no plain file beside it; get it again.")
        yield _Group(tuple(folder / path for path in paths), tuple(_entry(entry, where) for entry in weights))


def _entry(entry: Any, where: Path) -> _Entry:
    name = entry.get("name") if isinstance(entry, dict) else None
    if not isinstance(name, str):
        raise ModelError(f"{where} has a tensor without a name; get it again.")
    shape = checked_shape(name, entry.get("shape"), str(where))
    quantised = entry.get("quantization")
    if quantised is None:
        quantised = {}
    stored = quantised.get("dtype") if isinstance(quantised, dict) else "nothing"
    if entry.get("dtype") != "float32" or stored not in _STORED:
        raise ModelError(
            f"Tensor {name!r} in {where} is stored in a way that no melody model uses; convert it to float32."
        )
    if stored in (None, "float16"):
        return _Entry(name, shape, np.dtype(_STORED[stored]))
    scale, offset = quantised.get("scale"), quantised.get("min")
    if not all(type(value) in (int, float) and isfinite(value) for value in (scale, offset)):
        raise ModelError(f"Tensor {name!r} in {where} has no usable scale and min; get it again.")
    return _Entry(name, shape, np.dtype(_STORED[stored]), float(scale), float(offset))


def _check_shards(group: _Group) -> None:
    for shard in group.shards:
        if not shard.is_file():
            raise ModelError(f"{shard} is missing; the checkpoint is not complete.")
    there = sum(shard.stat().st_size for shard in group.shards)
    expected = sum(entry.size for entry in group.entries)
    if there != expected:
        last = group.shards[-1] if group.shards else "A group without shards"
        raise ModelError(f"{last} ends a group of {there} bytes that should have {expected}; get it again.")


def _read(groups: tuple[_Group, ...]) -> Weights:
    tensors: Weights = {}
    for group in groups:
        _check_shards(group)
        try:
            data = memoryview(b"".join(shard.read_bytes() for shard in group.shards))
        except OSError as error:
            raise ModelError(f"{error.filename} cannot be read ({error.strerror}); check the file's rights.") from error
        at = 0
        for entry in group.entries:
            tensors[entry.name] = entry.tensor(data[at : at + entry.size])
            at += entry.size
    return tensors


def _clip_length(folder: Path) -> tuple[int | None, int | None]:
    where = folder / CONFIG
    if not where.exists():
        return None, None
    config = read_json(where)
    if not isinstance(config, dict) or config.get("type") != "MusicVAE":
        raise ModelError(f"{where} does not describe a MusicVAE; choose another model.")
    return converter_hints(config.get("dataConverter"), where)
