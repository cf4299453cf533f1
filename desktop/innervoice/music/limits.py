"""How much of a file is believed before it is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Upper bounds on what one music file may ask of memory and time.

    Attributes
    ----------
    bytes : int
        Largest file that is opened, in bytes (also of what a compressed file unpacks to).
    notes : int
        Most notes in one score.
    seconds : float
        Longest score, in seconds.
    cells : int
        Most grid cells (steps times clips) that one score may be turned into.
    tracks : int
        Most tracks that a file may declare.
    """

    bytes: int = 20_000_000
    notes: int = 500_000
    seconds: float = 4 * 3600.0
    cells: int = 50_000_000
    tracks: int = 1024
