"""What magenta.js writes of a model's music (``dataConverter``): the length of a clip, which tensors do not tell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from innervoice.models.errors import ModelError
from innervoice.models.specs import MOST_STEPS

SUPPORTED = "cat-mel_2bar_small, cat-mel_2bar_big, flat-mel_16bar and hierdec-mel_16bar, of any layer sizes"
"""Magenta's configurations that run here, for error sentences."""

_LOWEST_PITCH = 21


def converter_hints(converter: Any, where: Path) -> tuple[int | None, int | None]:
    """Steps and segments from a converter's description.

    Parameters
    ----------
    converter : any JSON
        ``{"type": "MelodyConverter", "args": {"numSteps": …, "numSegments": …}}``

    Raises
    ------
    ModelError
        When it describes something other than a melody from MIDI pitch 21, or its numbers are out of range.
    """
    kind = converter.get("type") if isinstance(converter, dict) else None
    if kind != "MelodyConverter":
        raise ModelError(f"{where} describes a {kind!r} model; those that run here are {SUPPORTED}.")
    arguments = converter.get("args") or {}
    if not isinstance(arguments, dict):
        raise ModelError(f"{where} has a damaged dataConverter; get it again.")
    lowest = arguments.get("minPitch", _LOWEST_PITCH)
    if lowest != _LOWEST_PITCH:
        raise ModelError(f"{where} starts at MIDI pitch {lowest!r}; melodies here start at {_LOWEST_PITCH}.")
    return _count(arguments, "numSteps", where), _count(arguments, "numSegments", where)


def _count(arguments: dict[str, Any], key: str, where: Path) -> int | None:
    value = arguments.get(key)
    if value is None:
        return None
    if type(value) is not int or not 1 <= value <= MOST_STEPS:
        raise ModelError(f"{key} in {where} is {value!r}; it must be a whole number from 1 to {MOST_STEPS}.")
    return value
