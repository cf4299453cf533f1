"""The features of the clips: computed when they are first asked for, and kept, one row of numbers for a clip.

A killed computation goes on where it stopped. When the features themselves change (their version or their list), what
was kept of the older ones is dropped and computed again; what a newer Innervoice has kept is left alone.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from innervoice.music.bar_words import steps_of_width
from innervoice.music.features import computing
from innervoice.music.features.computing import ATTRIBUTES, JSYMBOLIC
from innervoice.study.clips import RANGE, rows_by_id
from innervoice.study.database import Database
from innervoice.study.errors import StudyError

Progress = Callable[[int, int], None]
"""Told how many clips of how many are done; it may raise to stop."""


class FeatureSet(NamedTuple):
    """Features that are kept together.

    Attributes
    ----------
    name : str
    version : int
        Goes up with every change of a value.
    ids : tuple of str
        Columns, by their ids in `innervoice.music.features.registry`.
    """

    name: str
    version: int
    ids: tuple[str, ...]


MELODY = FeatureSet("melody", computing.VERSION, JSYMBOLIC + ATTRIBUTES)
"""What is kept of every clip."""


def featureless(database: Database, kept: FeatureSet = MELODY) -> NDArray[np.int64]:
    """Ids of the clips without these features, increasing."""
    found = database.rows(
        "SELECT id FROM clip WHERE id NOT IN (SELECT clip_id FROM clip_features WHERE set_id = ?) ORDER BY id",
        (_set_id(database, kept),),
    )
    return np.array([row[0] for row in found], np.int64)


def clip_features(
    database: Database,
    ids: ArrayLike | None,
    names: Sequence[str] | None = None,
    progress: Progress | None = None,
    kept: FeatureSet = MELODY,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Features of clips; those that are lacking are computed now.

    Parameters
    ----------
    ids : array_like of int, [n], or None
        The clips that are wanted (each once), None for all.
    names : sequence of str, optional
        Which features; all of the set unless given.
    progress : callable, optional
        Told of clips computed and to compute.

    Returns
    -------
    ids : ndarray of int64, [m]
        Those of the wanted clips that are in the study, in the given order.
    values : ndarray of float64, [m, features]
        NaN where a clip has no value.

    Raises
    ------
    StudyError
        For a feature that is not in the set, and when what is kept is damaged.
    """
    columns = _columns(kept, names)
    lacking = featureless(database, kept)
    if ids is not None:
        lacking = lacking[np.isin(lacking, np.asarray(ids, np.int64))]
    compute_features(database, lacking, progress, kept)
    return _read(database, ids, columns, kept)


def compute_features(
    database: Database, ids: NDArray[np.int64], progress: Progress | None = None, kept: FeatureSet = MELODY
) -> int:
    """Compute the features of these clips and keep them, a transaction for every RANGE clips; gives how many.

    Clips that are removed meanwhile are passed over.
    """
    if not len(ids):
        return 0
    _drop_older(database, kept)
    done = computed = 0
    for clip_ids, values in _blocks(database, ids, kept):
        with database.transaction():
            set_id = _added_set(database, kept)
            database.execute_many(
                "INSERT OR REPLACE INTO clip_features (set_id, clip_id, dtype, numbers)"
                " SELECT ?, id, '<f8', ? FROM clip WHERE id = ?",
                [(set_id, values[place].tobytes(), clip_id) for place, clip_id in enumerate(clip_ids)],
            )
        computed += len(clip_ids)
        done = min(done + RANGE, len(ids))
        if progress is not None:
            progress(done, len(ids))
    return computed


def _blocks(
    database: Database, ids: NDArray[np.int64], kept: FeatureSet
) -> Iterator[tuple[list[int], NDArray[np.float64]]]:
    """Clips RANGE at a time with their features, little-endian; clips of several lengths are taken apart."""
    select = "SELECT id, steps, qpm, tokens FROM clip WHERE id IN (SELECT value FROM json_each(?))"
    for _, found in rows_by_id(database, select, ids):
        clips = sorted(found.values(), key=lambda row: (row[1], row[0]))
        values = np.zeros((len(clips), len(kept.ids)), "<f8")
        lengths = np.array([row[1] for row in clips])
        for steps in np.unique(lengths).tolist():
            same = np.flatnonzero(lengths == steps)
            if steps_of_width(steps) != steps:
                values[same] = np.nan  # the features are of melodies, and these are bars of many voices
                continue
            tokens = np.array([np.frombuffer(clips[place][3], "<i2") for place in same], np.int16)
            tempo = np.array([clips[place][2] for place in same])
            try:
                values[same] = computing.features(tokens, tempo, kept.ids)
            except ValueError as error:
                raise database.damaged(f"a clip of {steps} steps: {error}") from error
        yield [int(row[0]) for row in clips], values


def _read(
    database: Database, ids: ArrayLike | None, columns: list[int], kept: FeatureSet
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    set_id = _set_id(database, kept)
    found = database.rows("SELECT clip_id FROM clip_features WHERE set_id = ? ORDER BY clip_id", (set_id,))
    have = np.array([row[0] for row in found], np.int64)
    asked = have if ids is None else np.asarray(ids, np.int64).reshape(-1)
    wanted = asked[np.isin(asked, have)]
    values = np.zeros((len(wanted), len(columns)))
    select = (
        "SELECT clip_id, numbers FROM clip_features WHERE set_id = ? AND clip_id IN (SELECT value FROM json_each(?))"
    )
    for start, rows in rows_by_id(database, select, wanted, (set_id,)):
        for place, clip_id in enumerate(wanted[start : start + RANGE].tolist(), start):
            if clip_id not in rows or len(rows[clip_id][1]) != 8 * len(kept.ids):
                raise database.damaged(f"features of clip {clip_id}")
            values[place] = np.frombuffer(rows[clip_id][1], "<f8")[columns]
    return wanted, values


def _columns(kept: FeatureSet, names: Sequence[str] | None) -> list[int]:
    wanted = kept.ids if names is None else tuple(names)
    if unknown := [name for name in wanted if name not in kept.ids]:
        raise StudyError(f"A study keeps no feature {unknown[0]}; it keeps {', '.join(kept.ids)}.")
    return [kept.ids.index(name) for name in wanted]


def _set_id(database: Database, kept: FeatureSet) -> int:
    """Id of the set; 0, which no row has, when nothing was kept yet."""
    row = database.one(
        "SELECT id FROM feature_set WHERE name = ? AND version = ? AND ids = ?",
        (kept.name, kept.version, json.dumps(kept.ids)),
    )
    return int(row[0]) if row else 0


def _added_set(database: Database, kept: FeatureSet) -> int:
    """Id of the set, added when it is not there; the caller holds the transaction."""
    database.execute(
        "INSERT OR IGNORE INTO feature_set (name, version, ids) VALUES (?, ?, ?)",
        (kept.name, kept.version, json.dumps(kept.ids)),
    )
    return _set_id(database, kept)


def _drop_older(database: Database, kept: FeatureSet) -> None:
    """Drop what was kept of older versions of the set, RANGE clips at a time so that nobody waits long."""
    older = database.rows(
        "SELECT id FROM feature_set WHERE name = ? AND version <= ? AND id != ?",
        (kept.name, kept.version, _set_id(database, kept)),
    )
    for (set_id,) in older:
        while database.one("SELECT 1 FROM clip_features WHERE set_id = ?", (set_id,)):
            with database.transaction():
                database.execute(
                    "DELETE FROM clip_features WHERE rowid IN"
                    " (SELECT rowid FROM clip_features WHERE set_id = ? LIMIT ?)",
                    (set_id, RANGE),
                )
        with database.transaction():
            database.execute("DELETE FROM feature_set WHERE id = ?", (set_id,))
