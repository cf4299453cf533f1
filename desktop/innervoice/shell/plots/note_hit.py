"""Which note of a roll was clicked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray


@dataclass(frozen=True)
class NoteHit:
    """A clicked note.

    Parameters
    ----------
    layer : str
        ``"original"`` or ``"decoded"``.
    index : int
        Its place in that layer.
    note : ndarray of NOTE [1]
    """

    layer: str
    index: int
    note: NDArray[Any]
