"""Innervoice's own form: ``NAME.safetensors`` (float32 or float16) and ``NAME.json`` beside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from innervoice.models.checkpoints.json_file import read_json
from innervoice.models.checkpoints.limits import MAX_BYTES, check_total, checked_shape
from innervoice.models.checkpoints.source import PLAIN_NAME, Hints, Source, Weights
from innervoice.models.errors import ModelError
from innervoice.models.kinds import Spec, kind_of
from innervoice.music.files import atomic_write

FORMAT = "innervoice-1"
SUFFIX = ".safetensors"
_DTYPES = ("F32", "F16")
_REQUIRED = ("name", "spec")


def find_native(path: Path) -> Path | None:
    """Tensor file meant by a path: the file itself, its JSON, the common stem, or a folder with just one."""
    if path.is_dir():
        found = sorted(path.glob(f"*{SUFFIX}"))
        return found[0] if len(found) == 1 else None
    stem = path.with_suffix("") if path.suffix in (SUFFIX, ".json") else path
    tensors = stem.with_name(stem.name + SUFFIX)
    return tensors if tensors.is_file() else None


def open_native(path: Path) -> Source:
    """Open a model of our own form; only headers are read.

    Parameters
    ----------
    path : Path
        The tensor file, as :func:`find_native` gives it.

    Raises
    ------
    ModelError
        When header, offsets or shapes do not fit the file (safetensors checks them), the JSON is missing, of another
        format or kind, or tensors are neither float32 nor float16.
    """
    about = read_json(path.with_suffix(".json"))
    _check_format(about, path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ModelError(f"{path} is larger than {MAX_BYTES >> 30} GiB; it is no music model.")
        with safe_open(path, framework="numpy") as file:
            parts = {name: file.get_slice(name) for name in file.keys()}  # noqa: SIM118, no mapping
            shapes = {name: checked_shape(name, part.get_shape(), str(path)) for name, part in parts.items()}
            foreign = [name for name, part in parts.items() if part.get_dtype() not in _DTYPES]
    except (SafetensorError, OSError) as error:
        raise ModelError(f"{path} is no valid safetensors file ({error}); get it again.") from error
    if foreign:
        raise ModelError(f"Tensor {foreign[0]!r} in {path} is neither float32 nor float16; convert the model.")
    check_total(shapes, str(path))
    card = about.get("card", {})
    hints = Hints(about["name"], "innervoice", path, (path,), kind=about["kind"], spec=about["spec"], card=card)
    return Source(hints, shapes, lambda: _read(path, about.get("sha256")))


def plain_name(path: Path) -> str:
    """Name of the model that :func:`write_native` writes to a path.

    Raises
    ------
    ModelError
        When it is no plain name.
    """
    name = path.name.removesuffix(SUFFIX)
    if not PLAIN_NAME.fullmatch(name):
        raise ModelError(f"{name!r} cannot be a model's name; use letters, digits, dots, dashes and underscores.")
    return name


def write_native(
    path: Path,
    weights: Mapping[str, NDArray[Any]],
    spec: Spec,
    card: Mapping[str, Any] | None = None,
    half: bool = False,
) -> Path:
    """Write a model in our own form, atomically, tensors first.

    Parameters
    ----------
    path : Path
        ``…/NAME`` or ``…/NAME.safetensors``; the folder is made if need be, NAME is the model's name.
    weights : mapping
        Tensors by the names of ``spec.shapes()`` (of a MusicVAE, Magenta's names).
    spec : Spec
        Of any kind.
    card : mapping, optional
        Origin, licence, how it was trained: any JSON.
    half : bool
        Store float16: half the size, for shipping.

    Returns
    -------
    Path
        The tensor file.

    Raises
    ------
    ModelError
        When the name is not plain, tensors are missing, have other shapes, or do not stay finite in float16.
    """
    name = plain_name(path)
    tensors = _converted(weights, spec, np.dtype(np.float16 if half else np.float32), name)
    data = save(tensors)
    about = {"format": FORMAT, "kind": spec.kind, "name": name, "spec": spec.to_json(), "card": dict(card or {})}
    about["sha256"] = hashlib.sha256(data).hexdigest()
    text = json.dumps(about, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    target = path.with_name(name + SUFFIX)
    atomic_write(target, data)
    atomic_write(path.with_name(name + ".json"), text.encode())
    return target


def _check_format(about: Any, path: Path) -> None:
    beside = path.with_suffix(".json")
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise ModelError(f"{beside} does not describe a model of format {FORMAT}; get it again.")
    kind_of(about.get("kind"), beside)
    for key, type_ in {"name": str, "spec": dict, "card": dict, "sha256": str}.items():
        if (key in about or key in _REQUIRED) and not isinstance(about.get(key), type_):
            raise ModelError(f"{beside} has no usable {key!r}; get it again.")


def _read(path: Path, sha256: str | None) -> Weights:
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        # A write killed between the two files leaves new tensors beside the old description.
        if sha256 is not None and sha256 != digest:
            raise ModelError(f"{path} and its JSON do not belong together; write or get it again.")
        with safe_open(path, framework="numpy") as file:
            return {name: np.asarray(file.get_tensor(name), dtype=np.float32) for name in file.keys()}  # noqa: SIM118
    except (SafetensorError, OSError) as error:
        raise ModelError(f"{path} cannot be read ({error}); get it again.") from error


def _converted(
    weights: Mapping[str, NDArray[Any]], spec: Spec, dtype: np.dtype[Any], name: str
) -> dict[str, NDArray[Any]]:
    expected = spec.shapes()
    strange = sorted(set(expected) ^ set(weights))
    if strange:
        raise ModelError(
            f"Model {name} cannot be written: tensor {strange[0]!r} is missing or belongs to no such {spec.kind}."
        )
    tensors: dict[str, NDArray[Any]] = {}
    for key, shape in expected.items():
        with np.errstate(over="ignore"):
            tensor = np.ascontiguousarray(weights[key], dtype=dtype)
        if tensor.shape != shape:
            raise ModelError(f"Model {name} cannot be written: tensor {key!r} is {tensor.shape}, expected {shape}.")
        if not np.isfinite(tensor).all():
            raise ModelError(f"Model {name} cannot be written: tensor {key!r} is not finite as {dtype.name}.")
        tensors[key] = tensor
    return tensors
