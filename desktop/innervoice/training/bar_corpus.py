"""Folders of music as bars to train on, eight cells to a byte."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.bar_roll import CELLS, DEPTH, Rolls, in_one_key
from innervoice.music.bars import QUARTERS_PER_BAR, Bars, cut_bars
from innervoice.music.errors import MusicError
from innervoice.music.reading import find_scores, read_score
from innervoice.music.tokens import STEPS_PER_BAR
from innervoice.training.corpus import Corpus, Progress, numbered, song_name

Packed = NDArray[np.uint8]


def read_bars(folders: Sequence[Path], progress: Progress) -> Corpus:
    """Read every score below the folders; each song keeps each of its bars once, and none that is silent.

    Returns
    -------
    Corpus
        ``examples`` uint8 [bars, 312], see :func:`unpacked`; ``before`` tells the bar before, where it sounds.

    Raises
    ------
    MusicError
        When no file gave a bar.
    """
    found = [(folder, path) for folder in folders for path in find_scores([folder])]
    rolls: list[Packed] = []
    keyless: list[Packed] = []
    before: list[NDArray[np.int64]] = []
    songs: list[str] = []
    rejected: list[tuple[str, str]] = []
    for index, (folder, path) in enumerate(found):
        progress(index, len(found), f"reading {path.name}")
        name = song_name(folder, path)
        try:
            bars = cut_bars(read_score(path))
        except MusicError as error:
            rejected.append((name, str(error)))
            continue
        kept, earlier = _distinct(bars)
        if not len(kept):
            reasons = [one.reason for one in bars.rejected]
            rejected.append((name, f"it has no bar of notes: {'; '.join(reasons[:1]) or 'all are silent'}"))
            continue
        songs.append(name)
        before.append(np.where(earlier >= 0, earlier + sum(map(len, rolls)), -1))
        rolls.append(packed(bars.rolls[kept]))
        keyless.append(packed(in_one_key(bars.rolls[kept])))
    if not rolls:
        raise MusicError(f"{', '.join(map(str, folders))} gave no bar to train on; give a folder of scores in 4/4.")
    of_song = np.repeat(np.arange(len(songs), dtype=np.int32), [len(one) for one in rolls])
    shape = numbered(np.concatenate(keyless))
    return Corpus(np.concatenate(rolls), of_song, shape, tuple(songs), tuple(rejected), np.concatenate(before))


def _distinct(bars: Bars) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Places of the bars that sound and are no repetition, and for each where among them the bar before it is."""
    sounding = np.asarray(bars.rolls.any(axis=(1, 2)))
    if not sounding.any():
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    number = numbered(bars.rolls)
    _, first = np.unique(number, return_index=True)
    kept = np.sort(first[sounding[first]])
    place = np.full(int(number.max()) + 1, -1, np.int64)
    place[number[kept]] = np.arange(len(kept))
    previous = place[number[kept - 1]]
    follows = (kept > 0) & (bars.first_quarter[kept] - bars.first_quarter[kept - 1] == QUARTERS_PER_BAR)
    return kept, np.where(follows, previous, -1)


def packed(rolls: Rolls) -> Packed:
    """Pack rolls, bool [bars, 16, 156] to uint8 [bars, 312]."""
    return np.packbits(rolls.reshape(len(rolls), -1), axis=1)


def unpacked(bars: NDArray[Any]) -> Rolls:
    """Unpack rolls, uint8 [bars, 312] to bool [bars, 16, 156]."""
    cells = np.unpackbits(bars, axis=1, count=CELLS)
    return cells.view(np.bool_).reshape(len(bars), STEPS_PER_BAR, DEPTH)
