"""Folders of performances as rows of events to train on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from innervoice.music.errors import MusicError
from innervoice.music.performance.encoding import EncodingRules, encode
from innervoice.music.performance.vocabulary import PERFORMANCE
from innervoice.music.reading import find_scores, read_score
from innervoice.training.corpus import Corpus, Progress, numbered, song_name
from innervoice.training.versions import lines, tunes

ROW = 1024
"""Events that a row predicts; it has one more, for the first has nothing before it. No window is longer."""

FEWEST_NOTES = 16
"""What has fewer is no performance."""

RULES = EncodingRules(sustain="events", trim=True)

Rows = NDArray[np.int16]


def read_performances(folders: Sequence[Path], progress: Progress) -> Corpus:
    """Read every score below the folders: all its tracks merged, pedal as events, from its first note to its end.

    Rows never reach across songs. Songs that are versions of each other have one shape, so that they are parted from
    the rest together.

    Raises
    ------
    MusicError
        When no file gave a row.
    """
    found = [(folder, path) for folder in folders for path in find_scores([folder])]
    rows: list[Rows] = []
    voices: list[list[NDArray[np.int64]]] = []
    songs: list[str] = []
    rejected: list[tuple[str, str]] = []
    for index, (folder, path) in enumerate(found):
        progress(index, len(found), f"reading {path.name}")
        name = song_name(folder, path)
        try:
            score = read_score(path)
            events = encode(score, RULES)
        except MusicError as error:
            rejected.append((name, str(error)))
            continue
        if np.count_nonzero(~score.notes["drum"]) < FEWEST_NOTES:
            rejected.append((name, f"it has fewer than {FEWEST_NOTES} notes"))
            continue
        songs.append(name)
        voices.append(lines(score))
        rows.append(cut(events))
    if not rows:
        raise MusicError(
            f"{', '.join(map(str, folders))} gave no performance to train on; give a folder of MIDI files."
        )
    song = np.repeat(np.arange(len(songs), dtype=np.int32), [len(one) for one in rows])
    examples = np.concatenate(rows)
    return Corpus(examples, song, _shapes(examples, song, tunes(voices)), tuple(songs), tuple(rejected))


def cut(events: Rows) -> Rows:
    """Rows [n, ROW + 1] of one song, each beginning with the event that the one before ends with, the last padded."""
    count = max(1, -(-(len(events) - 1) // ROW))
    padded = np.full(count * ROW + 1, PERFORMANCE.padding, np.int16)
    padded[: len(events)] = events
    return np.lib.stride_tricks.sliding_window_view(padded, ROW + 1)[::ROW].copy()


def _shapes(examples: Rows, song: NDArray[np.int32], tune: NDArray[np.int32]) -> NDArray[np.int64]:
    """What each row is in any key; of a tune that several songs are versions of, the same for all rows."""
    shape = numbered(in_one_key(examples))
    several = np.bincount(tune, minlength=len(tune))[tune] > 1
    return np.where(several[song], shape.max() + 1 + tune[song], shape)


def in_one_key(rows: Rows) -> Rows:
    """Move each row [n, events] so that its lowest key is 0: transpositions become equal."""
    keys = rows < PERFORMANCE.velocity
    pitch = np.where(keys, rows % PERFORMANCE.pitches, PERFORMANCE.pitches - 1)
    return np.where(keys, rows - pitch.min(axis=1, keepdims=True), rows).astype(np.int16)
