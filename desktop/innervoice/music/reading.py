"""Files into scores."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from innervoice.music.errors import MusicError
from innervoice.music.foreign import score_from_note_sequence, score_from_pretty_midi
from innervoice.music.limits import Limits
from innervoice.music.midi import score_from_midi
from innervoice.music.notation import FORMATS, score_from_notation
from innervoice.music.score import Score

MIDI_SUFFIXES = (".mid", ".midi")
NOTATION_SUFFIXES = tuple(FORMATS)
SUFFIXES = MIDI_SUFFIXES + NOTATION_SUFFIXES

__all__ = ["find_scores", "read_score", "score_from_midi", "score_from_note_sequence", "score_from_pretty_midi"]


def read_score(path: str | Path, limits: Limits | None = None) -> Score:
    """Read one music file.

    Parameters
    ----------
    path : str or Path
        A `.mid` or `.midi` file, or `.musicxml`, `.mxl`, `.abc` or `.krn` (read by music21).
    limits : Limits, optional
        What is refused; the size is looked at before the file is opened.

    Raises
    ------
    MusicError
        If the file cannot be read, is damaged, of an unknown kind or above a limit.
    """
    place, bounds = Path(path), limits or Limits()
    data, name, suffix = read_bytes(place, bounds), place.name, place.suffix.lower()
    if suffix in MIDI_SUFFIXES:
        return score_from_midi(data, name, str(place), bounds)
    if suffix in NOTATION_SUFFIXES:
        return score_from_notation(data, suffix, name, str(place), bounds)
    raise MusicError(f"{name} is of no kind that is read; give one of {', '.join(SUFFIXES)}.")


def read_bytes(path: Path, limits: Limits) -> bytes:
    """Bytes of a file that is not larger than the limit, never more than the limit in memory."""
    try:
        state = os.stat(path)
        if not stat.S_ISREG(state.st_mode):
            raise MusicError(f"{path.name} is not a file; give a music file.")
        if state.st_size > limits.bytes:
            raise MusicError(f"{path.name} has {state.st_size} bytes, above the limit of {limits.bytes}; split it.")
        with open(path, "rb", buffering=0) as stream:
            return stream.read(limits.bytes) or b""
    except OSError as error:
        raise MusicError(f"{path.name} cannot be opened ({error.strerror}); check the path.") from error


def find_scores(paths: Iterable[str | Path]) -> Iterator[Path]:
    """Music files among files and folders, folders walked in sorted order; named files come as they are."""
    for path in map(Path, paths):
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
        else:
            yield path
