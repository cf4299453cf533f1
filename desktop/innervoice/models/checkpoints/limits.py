"""How much a checkpoint may claim before a byte of it is believed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import prod
from typing import Any

from innervoice.models.errors import ModelError

MAX_BYTES = 4 << 30
"""Most bytes of float32 tensors, and of an unpacked archive (flat-mel_16bar: 0.9 GB, with optimizer slots 2.7 GB)."""

MAX_JSON = 4 << 20
MAX_TENSORS = 4096
MAX_DIMENSIONS = 8
FLOAT32_BYTES = 4


def checked_shape(name: str, shape: Any, where: str) -> tuple[int, ...]:
    """Turn a shape from a file into a tuple, or refuse it.

    Raises
    ------
    ModelError
        When it is not a short list of whole numbers, or one tensor of it would pass :data:`MAX_BYTES`.
    """
    whole = isinstance(shape, list | tuple) and all(type(size) is int and size >= 0 for size in shape)
    if not whole or len(shape) > MAX_DIMENSIONS:
        raise ModelError(f"Tensor {name!r} in {where} has no usable shape; get it again.")
    if prod(max(size, 1) for size in shape) * FLOAT32_BYTES > MAX_BYTES:
        raise ModelError(f"Tensor {name!r} in {where} claims more than {MAX_BYTES >> 30} GiB; it is no music model.")
    return tuple(shape)


def check_total(shapes: Mapping[str, tuple[int, ...]], where: str) -> None:
    """Refuse a checkpoint whose tensors together are too many or too large.

    Raises
    ------
    ModelError
    """
    if not shapes:
        raise ModelError(f"{where} holds no tensors; choose the file or folder of a model.")
    if len(shapes) > MAX_TENSORS:
        raise ModelError(f"{where} claims {len(shapes)} tensors, more than the {MAX_TENSORS} that are read.")
    if float32_bytes(shapes.values()) > MAX_BYTES:
        raise ModelError(f"{where} claims more than {MAX_BYTES >> 30} GiB of tensors; it is no music model.")


def float32_bytes(shapes: Iterable[tuple[int, ...]]) -> int:
    """Bytes that tensors of these shapes take in memory."""
    return sum(prod(shape) * FLOAT32_BYTES for shape in shapes)
