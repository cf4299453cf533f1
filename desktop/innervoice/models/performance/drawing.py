"""How the next event is drawn, and the chance it is drawn by. Importing this imports no framework."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from innervoice.models.errors import ModelError

_WORD = (1 << 64) - 1


@dataclass(frozen=True)
class Drawing:
    """How the next event is drawn.

    Attributes
    ----------
    temperature : float
        0 takes the likeliest event; above 0 draws from softmax(logits / temperature).
    top_k : int
        Only so many of the likeliest events can be drawn (Fan et al. 2018); 0 for all.
    nucleus : float
        Only the likeliest events that together reach this probability can be drawn (Holtzman et al. 2020); 1 for all.
    seed : int
        Of the drawing.
    may_end : bool
        Whether the model may end the piece (EOS), where its vocabulary has an end.
    """

    temperature: float = 1.0
    top_k: int = 0
    nucleus: float = 1.0
    seed: int = 0
    may_end: bool = False

    def __post_init__(self) -> None:
        if not (isfinite(self.temperature) and self.temperature >= 0.0):
            raise ModelError(f"The temperature is {self.temperature}; it must be 0 or a positive number.")
        if self.top_k < 0:
            raise ModelError(f"top-k is {self.top_k}; it must be 0 (all events) or a number of events.")
        if not 0.0 < self.nucleus <= 1.0:
            raise ModelError(f"The nucleus is {self.nucleus}; it must be a probability above 0 and up to 1.")

    def numbers(self, classes: int) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        """What `possible` takes: temperature and nucleus, and top-k as a number of events."""
        kept = min(self.top_k, classes) or classes
        return np.array([self.temperature, self.nucleus], np.float32), np.array(kept, np.int32)


def noise(seed: int, classes: int, first: int = 0) -> Iterator[NDArray[np.float32]]:
    """Gumbel noise for one event after the other, float32 [classes].

    Parameters
    ----------
    seed : int
    first : int
        Number of the first event in the whole piece: its noise does not go by how the piece is cut into requests.
    """
    while True:
        stream = np.random.Generator(np.random.Philox(key=(first & _WORD) << 64 | seed & _WORD))
        yield stream.gumbel(size=classes).astype(np.float32)
        first += 1
