"""Magenta's TensorFlow checkpoints: ``.tar``, ``.tgz``, a folder, or the prefix of ``PREFIX.index`` and its data files.

Tensors are read by TensorFlow's checkpoint reader alone; no graph, meta file or SavedModel is ever opened. A gzipped
checkpoint from Magenta's site reads as it was downloaded.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.models.checkpoints.archive import is_archive, unpack_checkpoint
from innervoice.models.checkpoints.limits import check_total, checked_shape, float32_bytes
from innervoice.models.checkpoints.source import Hints, Shape, Source, Weights
from innervoice.models.errors import ModelError

_OF_TRAINING = re.compile(
    r"(^|.*/)(global_step|beta[12]_power|Adam(_1)?|Momentum|RMSProp(_1)?|ExponentialMovingAverage)$"
)
_DATA = re.compile(r"^(?P<prefix>.+)\.(index|data-\d{5}-of-\d{5})$")


def find_prefix(path: Path) -> Path | None:
    """Prefix of the checkpoint meant by a path: itself, its index or data file, or a folder with one or more.

    Of several in a folder the one with the highest step (``model.ckpt-STEP``) is taken, as Magenta takes the latest.

    Raises
    ------
    ModelError
        When a folder holds several that no step number orders.
    """
    if path.is_dir():
        return _latest(path, path)
    if match := _DATA.match(path.name):
        path = path.with_name(match["prefix"])
    return path if _index_of(path).is_file() else None


@contextmanager
def open_magenta(path: Path) -> Iterator[Source]:
    """Open a checkpoint prefix or an archive; an archive is unpacked for as long as the context lasts.

    Raises
    ------
    ModelError
        When the archive is refused, holds no single checkpoint, or TensorFlow cannot read it or is not installed.
    """
    if path.is_file() and is_archive(path):
        with tempfile.TemporaryDirectory(prefix="innervoice-") as folder:
            unpack_checkpoint(path, Path(folder))
            prefix = _latest(Path(folder), path)
            if prefix is None:
                raise ModelError(
                    f"{path} holds no TensorFlow checkpoint (an .index and data files); choose another file."
                )
            yield _open_prefix(prefix, _plain_stem(path.name), path, (path,))
    else:
        files = (_index_of(path), *sorted(path.parent.glob(f"{_escaped(path.name)}.data-*-of-*")))
        yield _open_prefix(path, _name_of(path), path, files)


def _open_prefix(prefix: Path, name: str, path: Path, files: tuple[Path, ...]) -> Source:
    reader = _reader(prefix, path)
    dtypes = reader.get_variable_to_dtype_map()
    shapes: dict[str, Shape] = {}
    for key, shape in sorted(reader.get_variable_to_shape_map().items()):
        if _OF_TRAINING.match(key):
            continue
        if dtypes[key].name != "float32":
            raise ModelError(f"Tensor {key!r} in {path} is {dtypes[key].name}, not float32; it is no melody MusicVAE.")
        shapes[key] = checked_shape(key, list(shape), str(path))
    check_total(shapes, str(path))
    _check_data(prefix, shapes, path)
    return Source(Hints(name, "magenta", path, files), shapes, lambda: _read(reader, shapes, path))


def _reader(prefix: Path, path: Path) -> Any:
    try:
        import tensorflow as tf
    except ImportError as error:
        raise ModelError(f"{path} is a TensorFlow checkpoint; install tensorflow to read it.") from error
    try:
        return tf.train.load_checkpoint(str(prefix))
    except (tf.errors.OpError, ValueError, RuntimeError) as error:
        raise ModelError(f"{path} is a damaged TensorFlow checkpoint ({error}); get it again.") from error


def _check_data(prefix: Path, shapes: dict[str, Shape], path: Path) -> None:
    """Tensors in a bundle are not compressed: more of them than bytes means that they overlap or that data is cut."""
    there = sum(file.stat().st_size for file in prefix.parent.glob(f"{_escaped(prefix.name)}.data-*-of-*"))
    if float32_bytes(shapes.values()) > there:
        raise ModelError(f"{path} claims more tensors than its {there} bytes of data can hold; get it again.")


def _read(reader: Any, shapes: dict[str, Shape], path: Path) -> Weights:
    import tensorflow as tf

    tensors: dict[str, NDArray[np.float32]] = {}
    for key in shapes:
        try:
            tensors[key] = np.asarray(reader.get_tensor(key), dtype=np.float32)
        except (tf.errors.OpError, ValueError, RuntimeError) as error:
            raise ModelError(f"Tensor {key!r} in {path} cannot be read ({error}); get it again.") from error
    return tensors


def _latest(folder: Path, where: Path) -> Path | None:
    prefixes = [index.with_name(index.name.removesuffix(".index")) for index in sorted(folder.glob("*.index"))]
    if len(prefixes) < 2:
        return prefixes[0] if prefixes else None
    steps = [re.search(r"-(\d{1,18})$", prefix.name) for prefix in prefixes]
    if not all(steps):
        raise ModelError(f"{where} holds {len(prefixes)} checkpoints; name one of them, such as {prefixes[0].name}.")
    return max(prefixes, key=lambda prefix: int(prefix.name.rsplit("-", 1)[1]))


def _index_of(prefix: Path) -> Path:
    return prefix.with_name(prefix.name + ".index")


def _name_of(prefix: Path) -> str:
    """A prefix such as ``…/cat-mel_2bar_big/model.ckpt-3000`` is best known by its folder."""
    general = prefix.name.startswith("model.ckpt")
    return prefix.absolute().parent.name if general else _plain_stem(prefix.name)


def _plain_stem(name: str) -> str:
    return re.sub(r"(\.ckpt(-\d+)?|\.tar|\.tgz|\.gz)+$", "", name) or name


def _escaped(name: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", name)
