"""A result as JSON and arrays, and back: how it is stored in a study and sent to the window.

Lists in the JSON are tuples; ``{"array": key}`` is an array; ``{"is": kind, ...}`` is a figure or a part of one. The
summary needs no marks, for it is JSON already. Unpacking checks everything anew, so a damaged study cannot bring
in a figure that a plugin could not have made.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin.errors import ResultError
from innervoice.plugin.figures import (
    KINDS,
    Arcs,
    Axis,
    Bin,
    Line,
    Link,
    NoteLayer,
    Remark,
    Span,
    Strip,
    Surface,
    Table,
)
from innervoice.plugin.result import Result
from innervoice.plugin.values import field_names

FORMAT = 1

PACKED: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (*KINDS, Arcs, Axis, Bin, Line, Link, NoteLayer, Remark, Span, Strip, Surface, Table)
}

Arrays = dict[str, NDArray[Any]]


def pack(result: Result) -> tuple[dict[str, Any], Arrays]:
    """Return a result as a JSON object and the arrays it refers to.

    `unpack` is the exact inverse: ``unpack(*pack(result)) == result``, to the last bit.
    """
    arrays: Arrays = {}
    packed = {
        "format": FORMAT,
        "summary": dict(result.summary),
        "figures": _pack(result.figures, arrays),
        "tables": _pack(result.tables, arrays),
        "arrays": {name: _pack(array, arrays) for name, array in result.arrays.items()},
        "clips": {name: _pack(clip, arrays) for name, clip in result.clips.items()},
        "names": {str(neuron): name for neuron, name in result.names.items()},
    }
    return packed, arrays


def unpack(packed: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> Result:
    """Return the result that `pack` was given.

    Raises
    ------
    ResultError
        When the JSON is of a newer format, or does not describe a well-formed result.
    """
    if packed.get("format") != FORMAT:
        raise ResultError(f"The result is of format {packed.get('format')!r}, not {FORMAT}; use a newer Innervoice.")
    try:
        return Result(
            summary=packed["summary"],
            figures=_unpack(packed["figures"], arrays),
            tables=_unpack(packed["tables"], arrays),
            arrays={name: _unpack(value, arrays) for name, value in packed["arrays"].items()},
            clips={name: _unpack(value, arrays) for name, value in packed["clips"].items()},
            names={int(neuron): name for neuron, name in packed["names"].items()},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ResultError(f"The stored result is damaged ({error}); run the analysis again.") from error


def _pack(value: Any, arrays: Arrays) -> Any:
    if isinstance(value, np.ndarray):
        # Links of several figures may share their points, which are many.
        known = next((key for key, one in arrays.items() if one is value), None)
        if known is not None:
            return {"array": known}
        key = f"a{len(arrays)}"
        arrays[key] = value
        return {"array": key}
    if isinstance(value, tuple):
        return [_pack(item, arrays) for item in value]
    if type(value).__name__ in PACKED:
        return {"is": type(value).__name__} | {name: _pack(getattr(value, name), arrays) for name in field_names(value)}
    return value


def _unpack(value: Any, arrays: Mapping[str, NDArray[Any]]) -> Any:
    if isinstance(value, list):
        return tuple(_unpack(item, arrays) for item in value)
    if not isinstance(value, Mapping):
        return value
    if "array" in value:
        return arrays[value["array"]]
    content = {name: _unpack(item, arrays) for name, item in value.items() if name != "is"}
    return PACKED[value["is"]](**content)
