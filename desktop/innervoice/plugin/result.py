"""What an analysis hands back: a summary, figures, tables, arrays, clips and names for neurons."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.bar_words import is_bar
from innervoice.music.score import NOTE
from innervoice.music.tokens import CLASSES
from innervoice.plugin.errors import ResultError
from innervoice.plugin.figures import KINDS, Figure, Table
from innervoice.plugin.values import Value, checked, frozen_copy, set_field, set_tuple

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
"""What tables, arrays and clips may be called: their names become file names."""

NUMBERS = "biuf"
"""Kinds of array a result may carry: truth values, integers and real numbers."""


@dataclass(frozen=True, eq=False)
class Result(Value):
    """The answer of an analysis; checked when it is made, and never changed afterwards.

    Parameters
    ----------
    summary : mapping of str to JSON
        The few numbers that a script or a table of runs wants. NumPy's numbers and arrays become Python's.
    figures : tuple of Figure
    tables : tuple of Table
        Of different names.
    arrays : mapping of str to array
        Numbers of any shape, for further work outside.
    clips : mapping of str to int16 [steps], or to NOTE [n]
        Melodies as tokens, packed bars, or the notes of any music.
    names : mapping of int to str
        What neurons were found to mean ("follows note density, 0.81"); shown wherever the neuron is.

    Raises
    ------
    ResultError
        With one sentence that says which part is wrong.
    """

    summary: Mapping[str, Json] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    arrays: Mapping[str, NDArray[Any]] = field(default_factory=dict)
    clips: Mapping[str, NDArray[Any]] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        set_field(self, "summary", {_text(key): plain_json(value, key) for key, value in self.summary.items()})
        for figure in set_tuple(self, "figures", Figure):
            if type(figure) not in KINDS:
                raise ResultError(f"{type(figure).__name__} is not a kind of figure; build one from innervoice.plugin.")
        tables = set_tuple(self, "tables", Table)
        for table in tables:
            _file_name(table.name)
        if len({table.name for table in tables}) < len(tables):
            raise ResultError("Two tables have the same name; each is written to a file of its own.")
        set_field(self, "arrays", {_file_name(name): _numbers(name, array) for name, array in self.arrays.items()})
        set_field(self, "clips", {_file_name(name): _tokens(name, clip) for name, clip in self.clips.items()})
        set_field(self, "names", {_neuron(neuron): _text(name) for neuron, name in self.names.items()})


def plain_json(value: Any, name: str) -> Json:
    """Return a value as plain JSON: NumPy's numbers and arrays as Python's, tuples as lists.

    Raises
    ------
    ResultError
        For anything that is not JSON, NaN and infinity included.
    """
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, float) and not np.isfinite(value):
        raise ResultError(f"{name!r} is not a finite number; use None for a value that is not there.")
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple):
        return [plain_json(item, name) for item in value]
    if isinstance(value, Mapping):
        return {_text(key): plain_json(item, name) for key, item in value.items()}
    raise ResultError(
        f"{name!r} holds a {type(value).__name__}, which JSON does not know; use numbers, text and lists."
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ResultError(f"A name in the result is a {type(value).__name__}; names are text.")
    return value


def _file_name(name: Any) -> str:
    if not FILE_NAME.fullmatch(_text(name)):
        raise ResultError(f"{name!r} becomes a file name: use letters, digits, hyphens, dots and underscores.")
    return str(name)


def _numbers(name: str, array: Any) -> NDArray[Any]:
    values = np.asarray(array)
    if values.dtype.kind not in NUMBERS:
        raise ResultError(f"The array {name!r} must hold numbers, not {values.dtype}.")
    return frozen_copy(values)


def _tokens(name: str, tokens: Any) -> NDArray[Any]:
    if isinstance(tokens, np.ndarray) and tokens.dtype == NOTE and tokens.ndim == 1:
        return frozen_copy(tokens)
    line = checked(f"The tokens of clip {name!r}", tokens, np.int16, (None,))
    if line.size and not is_bar(line) and (line.min() < 0 or line.max() >= CLASSES):
        raise ResultError(f"The tokens of clip {name!r} must be from 0 to {CLASSES - 1}.")
    return line


def _neuron(neuron: Any) -> int:
    if isinstance(neuron, bool) or not isinstance(neuron, int | np.integer) or neuron < 0:
        raise ResultError(f"Names belong to neurons by their index, 0 or greater, not to {neuron!r}.")
    return int(neuron)
