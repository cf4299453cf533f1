"""Music as training examples, each with the song it comes from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Corpus:
    """Examples of one kind of model.

    Attributes
    ----------
    examples : ndarray [examples, ...]
        A song may hold the same one as another.
    song : int32 [examples]
        Index into ``songs``.
    shape : int64 [examples]
        Number of what an example is in any key: equal numbers are transpositions of each other.
    songs : tuple of str
        One name per file, such as ``cre-irish/12.mid``.
    rejected : tuple of (str, str)
        Files that gave no example, with the reason.
    before : int64 [examples] or None
        Index of the example that is heard before each in its song, -1 where there is none; None where it is not told.
    tune : int32 [songs] or None
        Equal numbers are versions of one tune; None where the shapes that songs share tell it.
    """

    examples: NDArray[Any]
    song: NDArray[np.int32]
    shape: NDArray[np.int64]
    songs: tuple[str, ...]
    rejected: tuple[tuple[str, str], ...]
    before: NDArray[np.int64] | None = None
    tune: NDArray[np.int32] | None = None


def song_name(folder: Path, path: Path) -> str:
    """Name a file below a folder of music: by both, alike on every system, and of nothing that no text can hold."""
    within = folder.name if folder.name not in ("", "..") else folder.resolve().name
    name = path.name if path == folder else f"{within}/{path.relative_to(folder).as_posix()}"
    return name.encode(errors="replace").decode()


def corpus_of(song: str) -> str:
    """The folder that a song's name begins with."""
    return song.split("/", maxsplit=1)[0]


def numbered(rows: NDArray[Any]) -> NDArray[np.int64]:
    """Number rows [n, ...] so that equal rows, and only those, have equal numbers [n]."""
    flat = np.ascontiguousarray(rows).reshape(len(rows), prod(rows.shape[1:]))
    whole = flat.view(np.dtype((np.void, flat.dtype.itemsize * flat.shape[1]))).ravel()
    return np.unique(whole, return_inverse=True)[1].astype(np.int64)
