"""Folders of music as training clips, each with the song it comes from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from innervoice.music.errors import MusicError
from innervoice.music.melody import MelodyRules, extract_melodies
from innervoice.music.reading import find_scores, read_score
from innervoice.music.score import Score
from innervoice.training.pop909 import melody_score, parts_file

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Corpus:
    """Distinct clips of one length.

    Attributes
    ----------
    tokens : int16 [clips, steps]
    song : int32 [clips]
        Index into ``songs``.
    songs : tuple of str
        One name per file, such as ``cre-irish/12.mid``.
    rejected : tuple of (str, str)
        Files that gave no clip, with the reason.
    """

    tokens: NDArray[np.int16]
    song: NDArray[np.int32]
    songs: tuple[str, ...]
    rejected: tuple[tuple[str, str], ...]

    def held_out(self, share: float, seed: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Mark what training never sees: songs [songs], and the clips [clips] that are theirs.

        Where the songs cannot be parted (there is one, or they share their clips) no song is marked, and single clips
        are held out.

        Raises
        ------
        MusicError
            When there are not two clips.
        """
        songs = held_out(len(self.songs), share, seed)
        clips = songs[self.song]
        if clips.any() and not clips.all():
            return songs, clips
        if len(self.tokens) < 2:
            raise MusicError(f"{self.songs[0]} gave one clip alone; give more music to train on.")
        return np.zeros_like(songs), held_out(len(self.tokens), share, seed)


def read_corpus(folders: Sequence[Path], rules: MelodyRules, progress: Progress) -> Corpus:
    """Read every score below the folders and keep each distinct clip once, with the first song that has it."""
    found = [(folder, path) for folder in folders for path in find_scores([folder])]
    tokens: list[NDArray[np.int16]] = []
    owners: list[NDArray[np.int32]] = []
    songs: list[str] = []
    rejected: list[tuple[str, str]] = []
    for index, (folder, path) in enumerate(found):
        progress(index, len(found), f"reading {path.name}")
        name = f"{folder.name}/{path.relative_to(folder)}" if path != folder else path.name
        try:
            clips = extract_melodies(_score(path), rules).clips
        except MusicError as error:
            rejected.append((name, str(error)))
            continue
        if len(clips) == 0:
            rejected.append((name, "it has no clip of this length in 4/4"))
            continue
        owners.append(np.full(len(clips), len(songs), dtype=np.int32))
        tokens.append(clips.tokens)
        songs.append(name)
    if not tokens:
        raise MusicError(f"{', '.join(map(str, folders))} gave no clip to train on; give a folder of 4/4 melodies.")
    unique, song = _distinct(np.concatenate(tokens), np.concatenate(owners))
    return Corpus(unique, song, tuple(songs), tuple(rejected))


def _score(path: Path) -> Score:
    parts = parts_file(path)
    return melody_score(path, parts) if parts else read_score(path)


def _distinct(tokens: NDArray[np.int16], owners: NDArray[np.int32]) -> tuple[NDArray[np.int16], NDArray[np.int32]]:
    _, first = np.unique(tokens, axis=0, return_index=True)
    first.sort()
    return tokens[first], owners[first]


def held_out(number: int, share: float, seed: int) -> NDArray[np.bool_]:
    """Mark a share of so many songs [number], drawn with the seed: at least one, but never all."""
    rng = np.random.default_rng(seed)
    marked = np.zeros(number, dtype=bool)
    count = min(max(1, round(share * number)), number - 1)
    marked[rng.permutation(number)[:count]] = True
    return marked


def transpose(tokens: NDArray[np.int16], semitones: NDArray[np.int16]) -> NDArray[np.int16]:
    """Move every note of each clip by its number of semitones, clips that would leave the keyboard by none.

    Parameters
    ----------
    tokens : int16 [clips, steps]
    semitones : int16 [clips]
    """
    notes = tokens >= 2
    moved = np.where(notes, tokens + semitones[:, None], tokens)
    outside = np.logical_and(notes, (moved < 2) | (moved > 89))
    stay = np.any(outside, axis=1)
    return np.where(stay[:, None], tokens, moved).astype(np.int16)
