"""How large a page may become: what does not fit any more is left out, and the page says so."""

from __future__ import annotations

MEGABYTE = 1_000_000
MOST = 40 * MEGABYTE
"""Bytes of figures, files and sound inside one page; browsers open that in a moment."""


class Room:
    """Counts what goes into a page.

    Parameters
    ----------
    most : int
        Bytes that fit.
    """

    def __init__(self, most: int = MOST) -> None:
        self.left = most
        self.left_out: dict[str, int] = {}

    def take(self, what: str, size: int) -> bool:
        """Say whether a part of so many bytes fits; what does not is remembered by its kind ("tables as CSV")."""
        if size > self.left:
            self.left_out[what] = self.left_out.get(what, 0) + 1
            return False
        self.left -= size
        return True
