"""Arrays as raw little-endian bytes with dtype and shape beside them; never pickled, always checked on the way in."""

import json
import math
from typing import Any

import numpy as np


def dtype_text(dtype: np.dtype[Any]) -> str:
    """The dtype as JSON: a string such as ``"<f4"``, or a list of [name, string] for a record.

    Raises
    ------
    ValueError
        For a dtype that holds Python objects or nested records.
    """
    if dtype.hasobject:
        raise ValueError(f"an array of dtype {dtype} holds Python objects and cannot be stored")
    if dtype.names is None:
        return json.dumps(dtype.newbyteorder("<").str)
    kinds = [(name, dtype[name]) for name in dtype.names]
    if any(kind.names is not None or kind.shape for _, kind in kinds):
        raise ValueError(f"an array of dtype {dtype} is nested and cannot be stored")
    return json.dumps([[name, kind.newbyteorder("<").str] for name, kind in kinds])


def dtype_from_text(text: str) -> np.dtype[Any]:
    """The inverse of `dtype_text`.

    Raises
    ------
    ValueError
        For anything that `dtype_text` would not have written.
    """
    value = json.loads(text)
    try:
        dtype = np.dtype(value) if isinstance(value, str) else np.dtype([(str(n), str(k)) for n, k in value])
    except TypeError as error:
        raise ValueError(f"{text} is no dtype") from error
    if dtype.hasobject or dtype_text(dtype) != text:
        raise ValueError(f"{text} is no dtype of ours")
    return dtype


def to_bytes(array: np.ndarray[Any, Any]) -> memoryview:
    """The array's bytes, row by row, little-endian."""
    little = array.dtype.newbyteorder("<")
    return np.ascontiguousarray(array, dtype=little).reshape(-1).view(np.uint8).data


def from_bytes(data: bytes | bytearray, dtype: np.dtype[Any], shape: tuple[int, ...]) -> np.ndarray[Any, Any]:
    """A writable array of this shape.

    Raises
    ------
    ValueError
        When the bytes do not fill the shape exactly.
    """
    if any(length < 0 for length in shape) or math.prod(shape) * dtype.itemsize != len(data):
        raise ValueError(f"{len(data)} bytes do not fill {shape} of {dtype}")
    return np.frombuffer(bytearray(data), dtype=dtype).reshape(shape)
