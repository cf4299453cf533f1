"""Folders of music as bars to train on, or as frames of another length, eight cells to a byte."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.bar_roll import CELLS, DEPTH, Rolls, in_one_key
from innervoice.music.bars import Bars, cut_bars
from innervoice.music.errors import MusicError
from innervoice.music.reading import find_scores, read_score
from innervoice.music.score import Score
from innervoice.music.tokens import STEPS_PER_BAR, STEPS_PER_QUARTER
from innervoice.training.corpus import Corpus, Progress, numbered, song_name
from innervoice.training.same_tune import same_tune

Packed = NDArray[np.uint8]


def read_bars(folders: Sequence[Path], progress: Progress, length: int = STEPS_PER_BAR) -> Corpus:
    """Read every score below the folders; each song keeps each of its bars once, and none that is silent.

    Parameters
    ----------
    folders : sequence of Path
    progress : callable
    length : int
        Sixteenths of a bar, or of the frames that stand for bars: 4, 8, 16 or 32.

    Returns
    -------
    Corpus
        ``examples`` uint8 [bars, 312], see :func:`unpacked`; ``before`` tells the bar before, where it sounds. Songs
        are versions of one tune by the bars that they share, whatever the frame: any two songs share quarters of one.

    Raises
    ------
    MusicError
        When no file gave a bar.
    """
    found = [(folder, path) for folder in folders for path in find_scores([folder])]
    songs: list[str] = []
    read: list[_Song] = []
    rejected: list[tuple[str, str]] = []
    for index, (folder, path) in enumerate(found):
        progress(index, len(found), f"reading {path.name}")
        name = song_name(folder, path)
        try:
            read.append(_read_song(read_score(path), length))
        except MusicError as error:
            rejected.append((name, str(error)))
        else:
            songs.append(name)
    if not songs:
        raise MusicError(f"{', '.join(map(str, folders))} gave no bar to train on; give a folder of scores in 4/4.")
    sizes = [len(song.examples) for song in read]
    first = np.cumsum([0, *sizes[:-1]])
    before = [np.where(song.before >= 0, song.before + at, -1) for song, at in zip(read, first, strict=True)]
    return Corpus(
        np.concatenate([song.examples for song in read]),
        np.repeat(np.arange(len(read), dtype=np.int32), sizes),
        numbered(np.concatenate([song.keyless for song in read])),
        tuple(songs),
        tuple(rejected),
        np.concatenate(before),
        _tunes([song.bars for song in read]),
    )


@dataclass(frozen=True)
class _Song:
    """What one score gives: its frames, the same in one key, which comes before each, and its bars in one key."""

    examples: Packed
    keyless: Packed
    before: NDArray[np.int64]
    bars: Packed


def _read_song(score: Score, length: int) -> _Song:
    frames = cut_bars(score, length=length)
    kept, before = _distinct(frames)
    if not len(kept):
        reasons = [one.reason for one in frames.rejected]
        raise MusicError(f"it has no bar of notes: {'; '.join(reasons[:1]) or 'all are silent'}")
    keyless = packed(in_one_key(frames.rolls[kept]))
    bars = keyless if length == STEPS_PER_BAR else _whole_bars(score)
    return _Song(packed(frames.rolls[kept]), keyless, before, bars)


def _whole_bars(score: Score) -> Packed:
    """The whole bars of a score that sound, in one key."""
    bars = cut_bars(score)
    kept, _ = _distinct(bars)
    return packed(in_one_key(bars.rolls[kept])) if len(kept) else np.zeros((0, CELLS // 8), np.uint8)


def _tunes(bars: Sequence[Packed]) -> NDArray[np.int32]:
    """Number songs, each known by its bars in one key, so that versions of one tune have one number."""
    ends = np.cumsum([len(one) for one in bars])[:-1]
    marks = [np.unique(one) for one in np.split(numbered(np.concatenate(bars)), ends)]
    return same_tune(range(len(bars)), marks, len(bars))


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
    quarters = bars.rolls.shape[1] / STEPS_PER_QUARTER
    follows = (kept > 0) & (bars.first_quarter[kept] - bars.first_quarter[kept - 1] == quarters)
    return kept, np.where(follows, previous, -1)


def packed(rolls: Rolls) -> Packed:
    """Pack rolls, bool [bars, 16, 156] to uint8 [bars, 312], or frames of another length likewise."""
    return np.packbits(rolls.reshape(len(rolls), -1), axis=1)


def unpacked(bars: NDArray[Any]) -> Rolls:
    """Unpack rolls, uint8 [bars, 312] to bool [bars, 16, 156], or frames of another length likewise."""
    # The cells of any frame, a whole number of quarters, fill their bytes.
    cells = np.unpackbits(bars, axis=1)
    return cells.view(np.bool_).reshape(len(bars), cells.shape[1] // DEPTH, DEPTH)
