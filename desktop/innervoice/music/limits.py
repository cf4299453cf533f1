"""How much of a file is believed before it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from innervoice.music.errors import MusicError


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


def check_limits(notes: NDArray[Any], name: str, limits: Limits) -> None:
    """Refuse too many notes or too long a score.

    Raises
    ------
    MusicError
        With the name, the number and the limit.
    """
    if len(notes) > limits.notes:
        raise MusicError(f"{name} has {len(notes)} notes, above the limit of {limits.notes}; split it.")
    seconds = float(notes["end"].max(initial=0.0))
    if not seconds <= limits.seconds:
        raise MusicError(f"{name} lasts {seconds:.0f} s, above the limit of {limits.seconds:.0f} s; cut it shorter.")
