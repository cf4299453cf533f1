"""One door to every form of checkpoint: the form is told by content, names are made Magenta's, numbers are checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np

from innervoice.models.checkpoints.archive import is_archive
from innervoice.models.checkpoints.deeplearn import is_deeplearn, open_deeplearn
from innervoice.models.checkpoints.magenta import find_prefix, open_magenta
from innervoice.models.checkpoints.native import find_native, open_native
from innervoice.models.checkpoints.source import Hints, Source, Weights
from innervoice.models.checkpoints.tfjs import is_tfjs, open_tfjs
from innervoice.models.errors import ModelError

FORMS = (
    "a Magenta checkpoint (.tar, .tgz, folder or prefix), a magenta.js or deeplearn.js folder, or a .safetensors file"
)

INDEX_FILES = frozenset({"manifest.json", "weights_manifest.json", "config.json", "checkpoint"})


@contextmanager
def open_checkpoint(path: str | Path) -> Iterator[Source]:
    """Open any known form; only headers are read until :attr:`Source.read` is called.

    Raises
    ------
    ModelError
        When nothing is there, the content is of no known form, or the form's own reader refuses it.
    """
    given = Path(path)
    if given.name in INDEX_FILES and given.is_file():
        # A file dialog gives files: these stand for the folder they describe.
        given = given.parent
    if (tensors := find_native(given)) is not None:
        yield _checked(open_native(tensors))
    elif given.is_dir() and is_tfjs(given):
        yield _checked(open_tfjs(given))
    elif given.is_dir() and is_deeplearn(given):
        yield _checked(open_deeplearn(given))
    else:
        with open_magenta(_tensorflow_path(given)) as source:
            yield _checked(source)


def read_checkpoint(path: str | Path) -> tuple[Weights, Hints]:
    """Read all tensors of a checkpoint.

    Returns
    -------
    weights : dict
        float32 tensors by Magenta's names.
    hints : Hints

    Raises
    ------
    ModelError
        As :func:`open_checkpoint`, and when a tensor holds NaN or infinity.
    """
    with open_checkpoint(path) as source:
        return source.read(), source.hints


def _tensorflow_path(path: Path) -> Path:
    try:
        if path.is_file() and is_archive(path):
            return path
    except OSError as error:
        raise ModelError(f"{path} cannot be read ({error.strerror}); check the file's rights.") from error
    prefix = find_prefix(path)
    if prefix is not None:
        return prefix
    if path.exists():
        raise ModelError(f"{path} is no model that is known here; choose {FORMS}.")
    raise ModelError(f"There is no model at {path}; choose {FORMS}.")


def _checked(source: Source) -> Source:
    names = {name: _canonical(name) for name in source.shapes}
    if len(set(names.values())) != len(names):
        raise ModelError(f"{source.hints.path} holds one tensor under two names; get it again.")

    def read() -> Weights:
        weights: Weights = {}
        for name, tensor in source.read().items():
            if tensor.shape != source.shapes[name]:
                raise ModelError(f"Tensor {name!r} in {source.hints.path} changed while it was read; open it again.")
            if not np.isfinite(tensor).all():
                raise ModelError(f"Tensor {name!r} in {source.hints.path} holds NaN or infinity; get it again.")
            weights[names[name]] = tensor
        return weights

    return replace(source, shapes={names[name]: shape for name, shape in source.shapes.items()}, read=read)


def _canonical(name: str) -> str:
    """Magenta's name for a tensor: the conductor's cells stand directly in their scope."""
    return re.sub(r"^(decoder/hierarchical_level_0/)multi_rnn_cell/(cell_\d+/)", r"\1\2", name)
