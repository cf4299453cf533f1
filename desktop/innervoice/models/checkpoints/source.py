"""What every form of checkpoint turns into: shapes that can be looked at, and tensors that can be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Weights = dict[str, NDArray[np.float32]]
Shape = tuple[int, ...]

PLAIN_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,254}")
"""A file beside the manifest: no folder, no leading dot, nothing that leads elsewhere."""


@dataclass(frozen=True)
class Hints:
    """What a checkpoint says of itself beside its tensors.

    Attributes
    ----------
    name : str
        Name of the model; the file's or folder's when it has none of its own.
    form : str
        ``innervoice``, ``magenta``, ``magenta.js`` or ``deeplearn.js``.
    path : Path
        What was opened.
    files : tuple of Path
        Files whose bytes are the weights, in a stable order; they make the model's hash.
    kind : str
        Key in `innervoice.models.kinds.KINDS`.
    steps, segments : int or None
        Where the checkpoint says them; shapes do not.
    spec : dict or None
        Sizes as written by the ``to_json`` of the kind's spec, only in Innervoice's own form.
    card : dict
        Where the model comes from and how it was made, for the user to read.
    absent : dict
        Tensors that the manifest lists but whose file is not there: name to file name.
    """

    name: str
    form: str
    path: Path
    files: tuple[Path, ...]
    kind: str = "musicvae"
    steps: int | None = None
    segments: int | None = None
    spec: dict[str, Any] | None = None
    card: dict[str, Any] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """An opened checkpoint.

    Attributes
    ----------
    hints : Hints
    shapes : dict
        Shape of each tensor by its name, known without reading the tensors.
    read : callable
        Reads all tensors as float32.
    """

    hints: Hints
    shapes: dict[str, Shape]
    read: Callable[[], Weights]
