"""Folders of music as melody clips to train on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from innervoice.music.errors import MusicError
from innervoice.music.melody import MelodyRules, extract_melodies
from innervoice.music.reading import find_scores, read_score
from innervoice.music.score import Score
from innervoice.music.tokens import CLASSES, FIRST_PITCH
from innervoice.training.corpus import Corpus, Progress, numbered, song_name
from innervoice.training.pop909 import melody_score, parts_file


def read_melodies(folders: Sequence[Path], rules: MelodyRules, progress: Progress) -> Corpus:
    """Read every score below the folders; each song keeps each of its clips once.

    Raises
    ------
    MusicError
        When no file gave a clip.
    """
    found = [(folder, path) for folder in folders for path in find_scores([folder])]
    tokens: list[NDArray[np.int16]] = []
    songs: list[str] = []
    rejected: list[tuple[str, str]] = []
    for index, (folder, path) in enumerate(found):
        progress(index, len(found), f"reading {path.name}")
        name = song_name(folder, path)
        try:
            clips = extract_melodies(_score(path), rules).clips
        except MusicError as error:
            rejected.append((name, str(error)))
            continue
        if len(clips) == 0:
            rejected.append((name, "it has no clip of this length in 4/4"))
            continue
        songs.append(name)
        tokens.append(np.unique(clips.tokens, axis=0))
    if not tokens:
        raise MusicError(f"{', '.join(map(str, folders))} gave no clip to train on; give a folder of 4/4 melodies.")
    clips_of = np.repeat(np.arange(len(songs), dtype=np.int32), [len(one) for one in tokens])
    examples = np.concatenate(tokens)
    return Corpus(examples, clips_of, numbered(in_one_key(examples)), tuple(songs), tuple(rejected))


def _score(path: Path) -> Score:
    parts = parts_file(path)
    return melody_score(path, parts) if parts else read_score(path)


def in_one_key(tokens: NDArray[np.int16]) -> NDArray[np.int16]:
    """Move each clip [clips, steps] so that its lowest note is the same in all: transpositions become equal."""
    notes = tokens >= FIRST_PITCH
    lowest = np.where(notes, tokens, CLASSES).min(axis=1, keepdims=True)
    return np.where(notes, tokens - lowest + FIRST_PITCH, tokens).astype(np.int16)


def transpose(tokens: NDArray[np.int16], semitones: NDArray[np.int16]) -> NDArray[np.int16]:
    """Move every note of each clip by its number of semitones, clips that would leave the keyboard by none.

    Parameters
    ----------
    tokens : int16 [clips, steps]
    semitones : int16 [clips]
    """
    notes = tokens >= FIRST_PITCH
    moved = np.where(notes, tokens + semitones[:, None], tokens)
    outside = np.logical_and(notes, (moved < FIRST_PITCH) | (moved >= CLASSES))
    stay = np.any(outside, axis=1)
    return np.where(stay[:, None], tokens, moved).astype(np.int16)
