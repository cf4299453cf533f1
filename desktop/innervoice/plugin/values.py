"""Values of a result: frozen, compared by content, their arrays checked and read-only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin.errors import ResultError

Array = NDArray[Any]


class Value:
    """Equality by content for dataclasses that hold arrays: same type, same fields, same bytes in the arrays."""

    __hash__ = None  # type: ignore[assignment]  # arrays inside

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return all(same(getattr(self, name), getattr(other, name)) for name in field_names(self))


def field_names(value: Any) -> tuple[str, ...]:
    """Return the names of a dataclass's fields, in their order."""
    return tuple(field.name for field in fields(value))


def same(one: Any, other: Any) -> bool:
    """Say whether two values are the same to the last bit, arrays included (so that NaN equals NaN)."""
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    return type(one) is type(other) and bool(one == other)


def frozen_copy(values: Array) -> Array:
    """Return a contiguous copy that nobody can write to."""
    copy = np.array(values, order="C")
    copy.setflags(write=False)
    return copy


def checked(owner: str, values: Any, dtype: type, shape: tuple[int | None, ...], missing: bool = True) -> Array:
    """Return numbers as a read-only array of the asked type and shape.

    Parameters
    ----------
    owner : str
        What the numbers are, for the error ("a heat map's values").
    values : array_like
    dtype : numpy type
    shape : tuple
        One length per dimension; None where any length will do.
    missing : bool
        Whether NaN may stand for "no value". Infinity is never taken.

    Raises
    ------
    ResultError
        When the values are not numbers, not of the shape, not finite, or would be rounded to fit an integer type.
    """
    try:
        given = np.asarray(values)
        with np.errstate(invalid="ignore"):  # a number that does not fit is found below
            array: Array = np.array(given, dtype=dtype, order="C")
    except (TypeError, ValueError) as error:
        raise ResultError(f"{owner} must be numbers.") from error
    if array.ndim != len(shape) or any(want not in (None, got) for want, got in zip(shape, array.shape, strict=True)):
        wanted = ", ".join("any" if length is None else str(length) for length in shape)
        raise ResultError(f"{owner} must have shape [{wanted}], not {list(array.shape)}.")
    if np.issubdtype(array.dtype, np.integer) and given.size and not np.array_equal(array, given):
        raise ResultError(f"{owner} must be whole numbers.")
    if np.issubdtype(array.dtype, np.floating):
        _check_finite(owner, array, missing)
    array.setflags(write=False)
    return array


def _check_finite(owner: str, array: Array, missing: bool) -> None:
    if np.isinf(array).any():
        raise ResultError(f"{owner} must not be infinite; use NaN for a value that is not there.")
    if not missing and np.isnan(array).any():
        raise ResultError(f"{owner} must not be NaN.")


def set_field(owner: object, name: str, value: object) -> None:
    """Set a field of a frozen dataclass from its own ``__post_init__``."""
    object.__setattr__(owner, name, value)


def set_array(owner: object, name: str, dtype: type, shape: tuple[int | None, ...], missing: bool = True) -> Array:
    """Check a field's numbers and put the read-only array in their place; see `checked`."""
    article = "A " if type(owner).__name__[0] not in "AEIOU" else "An "
    array = checked(f"{article}{type(owner).__name__}'s {name}", getattr(owner, name), dtype, shape, missing)
    set_field(owner, name, array)
    return array


def set_tuple(owner: object, name: str, of: type) -> tuple[Any, ...]:
    """Make a field a tuple and check the type of what is in it."""
    items = tuple(getattr(owner, name))
    for item in items:
        if not isinstance(item, of):
            raise ResultError(
                f"{type(owner).__name__}.{name} takes {of.__name__} only, but one item is a {type(item).__name__}."
            )
    set_field(owner, name, items)
    return items


def set_number(owner: object, name: str) -> None:
    """Make an optional field a finite Python float."""
    value = getattr(owner, name)
    if value is not None:
        set_field(owner, name, float(checked(f"{type(owner).__name__}.{name}", value, np.float64, (), missing=False)))
