"""A square of attention that moves along a piece: so many events at most, each with its shares over those before it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

MOST_EVENTS = 128

Shares = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class AttentionBlock:
    """Who attends to whom among neighbouring events of a piece.

    Attributes
    ----------
    first : int
        The event of the first row and of the first column.
    shares : float32 [n, n]
        Row r is how event ``first + r`` shares its attention; 0 above the diagonal. What it gives to events before
        the first is not here, so that a row may sum to less than 1.
    """

    first: int = 0
    shares: Shares = field(default_factory=lambda: np.zeros((0, 0), np.float32))

    @property
    def end(self) -> int:
        """The event after the last one."""
        return self.first + len(self.shares)

    def holds(self, event: int) -> bool:
        """Whether an event has its row."""
        return self.first <= event < self.end

    def wanting(self, event: int) -> int:
        """Return how many rows, the last of which is the event's, are to be asked for so that it has its own."""
        if self.holds(event):
            return 0
        behind = event + 1 - self.end
        return behind if 0 < behind < MOST_EVENTS else min(event + 1, MOST_EVENTS)

    def with_rows(self, event: int, start: int, rows: Shares) -> AttentionBlock:
        """Return the block that ends with an event.

        Parameters
        ----------
        event : int
            Of the last row.
        start : int
            Of the first column.
        rows : float32 [k, event + 1 - start]
            They go on with this block where they begin at its end; else they are a block of their own.
        """
        begin = event + 1 - len(rows)
        kept = min(len(self.shares), max(0, MOST_EVENTS - len(rows))) if begin == self.end else 0
        first, count = begin - kept, kept + len(rows)
        shares = np.zeros((count, count), np.float32)
        shares[:kept, :kept] = self.shares[len(self.shares) - kept :, len(self.shares) - kept :]
        at = max(first, start)
        shares[kept:, at - first :] = rows[:, at - start :]
        return AttentionBlock(first, shares)
