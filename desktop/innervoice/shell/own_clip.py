"""A clip of other music than melodies and bars, as a plugin's model read it from a file: no study could hold it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class OwnClip:
    """One clip of a file.

    Attributes
    ----------
    name : str
        The file's.
    number, count : int
        Which one of how many, from 1.
    notes : ndarray of NOTE
    mu, sigma : float32 [neurons], or None
        Where the model can encode.
    """

    name: str
    number: int
    count: int
    notes: NDArray[Any]
    mu: NDArray[np.float32] | None = None
    sigma: NDArray[np.float32] | None = None

    @property
    def title(self) -> str:
        """Return what it is called, for people."""
        return self.name if self.count == 1 else f"{self.name}, {self.number}/{self.count}"
