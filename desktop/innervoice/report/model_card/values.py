"""Single values of a stranger's JSON: texts that can be printed, numbers that are numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

LONGEST = 4000
"""Characters of one text; a longer one is cut, and ends in an ellipsis."""

LARGEST = 1e100
"""A number beyond it is no measure of anything, and sums of such overflow."""


def plain_text(value: Any) -> str:
    """Return any JSON as one line of text, without signs that a terminal would obey.

    Examples
    --------
    >>> plain_text("two  lines" + chr(27) + "[31m"), plain_text([1, 2]), plain_text(True)
    ('two lines [31m', '1, 2', 'yes')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        value = ", ".join(map(plain_text, value[:LONGEST]))
    elif not isinstance(value, str):
        value = json.dumps(value, ensure_ascii=False)
    words = "".join(sign if sign.isprintable() else " " for sign in value[: LONGEST + 1]).split()
    line = " ".join(words)
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def texts(value: Any) -> tuple[str, ...]:
    """Return a list of texts; one text alone is a list of one.

    Raises
    ------
    ValueError
        When it is neither.
    """
    if isinstance(value, str):
        return (plain_text(value),)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError("no list of texts")
    return tuple(map(plain_text, value))


def whole_number(value: Any) -> int:
    """Return a count.

    Raises
    ------
    ValueError
        When it is no whole number from 0 to 2^63.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**63:
        raise ValueError("no count")
    return value


def numbers(value: Any) -> dict[str, float]:
    """Return the numbers of a JSON object by name; a null is left out.

    Raises
    ------
    ValueError
        When it is no object, or something in it is no number.
    """
    if not isinstance(value, Mapping):
        raise ValueError("no table of numbers")
    return {_name(name): one_number(one) for name, one in value.items() if one is not None}


@lru_cache(maxsize=1024)  # thousands of measurements have the same few names
def _name(name: str) -> str:
    return plain_text(name)


def one_number(value: Any) -> float:
    """Return a number.

    Raises
    ------
    ValueError
        When it is none, or is beyond :data:`LARGEST`.
    """
    if not is_number(value):
        raise ValueError("not a number that can be shown")
    return float(value)


def is_number(value: Any) -> bool:
    """Say whether a value is a number up to :data:`LARGEST`; a truth value is none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST
