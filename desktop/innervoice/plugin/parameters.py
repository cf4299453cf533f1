"""Parameters of an analysis: a frozen dataclass whose annotations say ranges, choices and help.

Form, command line and provenance are all derived from the dataclass::

    @dataclass(frozen=True)
    class Parameters:
        neurons: Annotated[int, Range(1, 512), Help("How many neurons are drawn.")] = 100
        ranking: Annotated[str, Choice("median", "mean"), Help("What of sigma is compared.")] = "median"

        presets: ClassVar[Presets] = {"as in the paper": {"neurons": 100}}
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

from innervoice.plugin.errors import ParameterError

Scalar = str | int | float | bool
Presets = dict[str, dict[str, Scalar]]
"""Values of parameters by the name of the preset; what is not named stays at its default."""
P = TypeVar("P")

TYPES: dict[type, str] = {int: "int", float: "float", bool: "bool", str: "str"}
SEED = "seed"
"""What a preset calls the seed of the run."""

TRUTH = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


@dataclass(frozen=True)
class Range:
    """The smallest and the greatest value allowed, both included; None for no bound."""

    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, init=False)
class Choice:
    """The values allowed."""

    values: tuple[Scalar, ...]

    def __init__(self, *values: Scalar) -> None:
        object.__setattr__(self, "values", values)


@dataclass(frozen=True)
class Help:
    """One sentence that says what the parameter does."""

    text: str


@dataclass(frozen=True)
class Unit:
    """The unit of the number, shown behind it."""

    text: str


def schema(cls: type) -> dict[str, Any]:
    """Describe a parameters dataclass as JSON.

    Returns
    -------
    dict
        ``{"fields": [{"name", "type", "default", "minimum", "maximum", "choices", "help", "unit"}, ...]}``; type is
        "int", "float", "bool" or "str"; minimum, maximum and choices are None where there are none.

    Raises
    ------
    ParameterError
        When the class is not a dataclass, or a field has no default, another type, or a default outside its range.
    """
    return {"fields": [_describe(cls, field, hints) for field, hints in _annotated(cls)]}


def presets(cls: type) -> Presets:
    """Return the class's named sets of values, each checked by `parse`.

    A preset may name a "seed" for the run beside the parameters, a whole number of 0 or more.
    """
    named: Mapping[str, Mapping[str, Scalar]] = getattr(cls, "presets", {})
    names = {entry["name"] for entry in schema(cls)["fields"]}
    for preset, values in named.items():
        parse(cls, {name: value for name, value in values.items() if name in names or name != SEED})
        seed = values.get(SEED, 0) if SEED not in names else 0
        if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
            raise ParameterError(f"The seed of the preset {preset!r} must be a whole number of 0 or more.")
    return {name: dict(values) for name, values in named.items()}


def parse(cls: type[P], values: Mapping[str, Scalar]) -> P:
    """Make parameters from a mapping of names to values, as text (command line) or typed (form, JSON).

    Raises
    ------
    ParameterError
        One sentence that names the parameter and what it may be.
    """
    described = {entry["name"]: entry for entry in schema(cls)["fields"]}
    for name in values:
        if name not in described:
            known = ", ".join(described) or "none"
            raise ParameterError(f"There is no parameter {name!r}; the parameters are: {known}.")
    return cls(**{name: _value(described[name], value) for name, value in values.items()})


def values_of(parameters: Any) -> dict[str, Scalar]:
    """Return the values of parameters by name, for provenance."""
    return {field.name: getattr(parameters, field.name) for field in fields(parameters)}


def _annotated(cls: type) -> list[tuple[Field[Any], Any]]:
    if not is_dataclass(cls):
        raise ParameterError(f"The parameters {cls!r} must be a dataclass.")
    try:
        hints = get_type_hints(cls, include_extras=True)
    except (NameError, TypeError) as error:
        raise ParameterError(f"The annotations of {cls.__name__} cannot be read: {error}.") from error
    return [(field, hints[field.name]) for field in fields(cls)]


def _describe(cls: type, field: Field[Any], hint: Any) -> dict[str, Any]:
    base, *extras = get_args(hint) if get_origin(hint) is Annotated else (hint,)
    if base not in TYPES:
        raise ParameterError(f"The parameter {field.name!r} of {cls.__name__} must be int, float, bool or str.")
    if field.default is MISSING:
        raise ParameterError(f"The parameter {field.name!r} of {cls.__name__} needs a default.")
    found = {type(extra): extra for extra in extras}
    bounds: Range = found.get(Range, Range())
    entry = {
        "name": field.name,
        "type": TYPES[base],
        "default": field.default,
        "minimum": bounds.minimum,
        "maximum": bounds.maximum,
        "choices": list(found[Choice].values) if Choice in found else None,
        "help": found[Help].text if Help in found else "",
        "unit": found[Unit].text if Unit in found else "",
    }
    _value(entry, field.default)
    return entry


def _value(entry: Mapping[str, Any], given: Any) -> Scalar:
    value: Scalar | None = _CONVERTERS[entry["type"]](given)
    if value is None:
        raise ParameterError(f"{entry['name']} must be {_allowed(entry)}, not {given!r}.")
    low, high, choices = entry["minimum"], entry["maximum"], entry["choices"]
    if choices is not None and value not in choices:
        raise ParameterError(f"{entry['name']} must be {_allowed(entry)}, not {given!r}.")
    if isinstance(value, int | float) and ((low is not None and value < low) or (high is not None and value > high)):
        raise ParameterError(f"{entry['name']} must be {_allowed(entry)}, not {given!r}.")
    return value


def _allowed(entry: Mapping[str, Any]) -> str:
    if entry["choices"] is not None:
        return "one of " + ", ".join(str(choice) for choice in entry["choices"])
    kind = {"int": "a whole number", "float": "a number", "bool": "true or false", "str": "text"}[entry["type"]]
    low, high = entry["minimum"], entry["maximum"]
    if low is not None and high is not None:
        return f"{kind} from {low} to {high}"
    if low is not None:
        return f"{kind} of {low} or more"
    return kind if high is None else f"{kind} of {high} or less"


def _whole(given: Any) -> int | None:
    if isinstance(given, bool):
        return None
    try:
        return int(given) if isinstance(given, str) or given == int(given) else None
    except (TypeError, ValueError, OverflowError):
        return None


def _real(given: Any) -> float | None:
    if isinstance(given, bool):
        return None
    try:
        value = float(given)
    except (TypeError, ValueError, OverflowError):
        return None
    return value if math.isfinite(value) else None


def _truth(given: Any) -> bool | None:
    return given if isinstance(given, bool) else TRUTH.get(str(given).strip().lower())


def _words(given: Any) -> str | None:
    return given if isinstance(given, str) else None


_CONVERTERS: dict[str, Any] = {"int": _whole, "float": _real, "bool": _truth, "str": _words}
