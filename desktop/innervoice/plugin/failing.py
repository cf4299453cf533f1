"""How a check of a plugin fails."""

from __future__ import annotations

from typing import Any

import numpy as np

from innervoice.plugin.packing import pack
from innervoice.plugin.result import Result


class ConformanceError(AssertionError):
    """A promise that is not kept: one sentence for the plugin's author."""


def expect(kept: bool, sentence: str) -> None:
    """Fail with a sentence unless something holds."""
    if not kept:
        raise ConformanceError(sentence)


def refuses_in_words(error: BaseException, when: str) -> None:
    """See that an error is a ValueError with one sentence for people.

    Raises
    ------
    ConformanceError
        When it is anything else.
    """
    said = str(error)
    if not isinstance(error, ValueError) or not said.strip().endswith(".") or "\n" in said:
        raise ConformanceError(
            f"{when} it raised {type(error).__name__} ({said}); return a result, or raise ValueError with one sentence."
        ) from error


def content(result: Result) -> tuple[Any, dict[str, tuple[str, tuple[int, ...], bytes]]]:
    """Return a result as JSON and bytes, to be compared to the last bit."""
    packed, arrays = pack(result)
    return packed, {name: (str(a.dtype), a.shape, np.ascontiguousarray(a).tobytes()) for name, a in arrays.items()}
