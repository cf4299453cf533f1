"""What is known about each feature, and how one is added."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from innervoice.music.features.melodies import Melodies

Column = NDArray[Any]
"""One number for each clip of a block, int64 or float64 [clips]."""

FEATURES: dict[str, Feature] = {}
"""Every feature by its id."""


@dataclass(frozen=True)
class Feature:
    """A scalar that can be computed of every melody.

    Attributes
    ----------
    id : str
        jSymbolic's (``"P1"``), or the name of an attribute (``"contour"``).
    name : str
        What people call it.
    letter : str
        M melody, P pitch, R rhythm, T texture, I instrumentation, A attribute.
    unit : str
        What it is counted in; "" for a ratio.
    low, high : float
        Between which it always lies, both included; infinite where there is no bound.
    needs : int
        Fewest notes for which it has a value; of a clip with fewer it is NaN.
    caution : str
        In what music21 differs from the definition, and what is done about it; "" where it does not.
    compute : callable
        From `Melodies` to one number for each clip; its docstring is the formula.
    """

    id: str
    name: str
    letter: str
    unit: str
    low: float
    high: float
    needs: int
    caution: str
    compute: Callable[[Melodies], Column]

    @property
    def formula(self) -> str:
        """How it is computed, in words."""
        return " ".join((self.compute.__doc__ or "").split())


def feature(
    key: str, name: str, unit: str, low: float, high: float, *, needs: int = 1, letter: str = "", caution: str = ""
) -> Callable[[Callable[[Melodies], Column]], Callable[[Melodies], Column]]:
    """Add a function to `FEATURES`; see `Feature` for the words."""

    def add(compute: Callable[[Melodies], Column]) -> Callable[[Melodies], Column]:
        if key in FEATURES:
            raise ValueError(f"There are two features with the id {key}; rename one.")
        FEATURES[key] = Feature(key, name, letter or key[0], unit, low, high, needs, caution, compute)
        return compute

    return add
