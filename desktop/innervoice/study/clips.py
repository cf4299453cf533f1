"""The clips of a study: one row for each, with the tokens as int16."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from innervoice.music.bar_words import steps_of_width
from innervoice.music.clips import Clips
from innervoice.study.blobs import to_bytes
from innervoice.study.database import Database
from innervoice.study.errors import StudyError

RANGE = 1000
"""How many rows are read by one statement, so that memory and read transactions stay small."""


class ClipRow(NamedTuple):
    """One clip: where it comes from (file, track, first step), its tempo, its length in steps, and its numbers."""

    id: int
    score_id: int
    source: str
    track: int
    first_step: int
    qpm: float
    steps: int
    width: int


def insert_clips(database: Database, score_id: int, clips: Clips) -> None:
    """Add the clips of one score; the caller holds the transaction."""
    tokens = np.asarray(clips.tokens, dtype="<i2")
    rows = [
        (score_id, clips.source[i], int(clips.track[i]), int(clips.first_step[i]), float(clips.qpm[i]),
         tokens.shape[1], "<i2", to_bytes(tokens[i]))
        for i in range(len(tokens))
    ]  # fmt: skip
    database.execute_many(
        "INSERT INTO clip (score_id, source, track, first_step, qpm, steps, dtype, tokens)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def clip_rows(database: Database, kind: str | None, score: int | None) -> list[ClipRow]:
    """The clips in the order in which they came, of one kind ("2bar", ...) or score if wanted."""
    found = database.rows(
        "SELECT clip.id, score_id, source, track, first_step, qpm, steps, steps FROM clip"
        " JOIN score ON score.id = score_id"
        " WHERE (?1 IS NULL OR kind = ?1) AND (?2 IS NULL OR score_id = ?2) ORDER BY clip.id",
        (kind, score),
    )
    # The column holds how many numbers a clip has, which for a bar are its words.
    rows = (ClipRow(*row) for row in found)
    return [row._replace(steps=steps_of_width(row.steps)) for row in rows]


def clip_count(database: Database) -> int:
    """How many clips there are."""
    row = database.one("SELECT count(*) FROM clip")
    return int(row[0]) if row else 0


def tokens(database: Database, ids: ArrayLike) -> NDArray[np.int16]:
    """The tokens of these clips.

    Parameters
    ----------
    ids : array_like of int, [n]
        Clips of one length, in any order, also repeated.

    Returns
    -------
    ndarray of int16, [n, steps], or [n, 156] for bars
        In the order of `ids`; [0, 0] for none.

    Raises
    ------
    StudyError
        For a clip that is not there, and for clips of different lengths.
    """
    wanted = np.asarray(ids, dtype=np.int64).reshape(-1)
    result: NDArray[np.int16] | None = None
    for start, found in rows_by_id(
        database, "SELECT id, steps, tokens FROM clip WHERE id IN (SELECT value FROM json_each(?))", wanted
    ):
        for place, clip_id in enumerate(wanted[start : start + RANGE].tolist(), start):
            if clip_id not in found:
                raise StudyError(f"Clip {clip_id} is not in {database.path.name}; it may have been removed.")
            row = np.frombuffer(found[clip_id][2], dtype="<i2")
            if result is None:
                result = np.zeros((len(wanted), len(row)), np.int16)
            if len(row) != found[clip_id][1]:
                raise database.damaged(f"clip {clip_id}")
            if len(row) != result.shape[1]:
                raise StudyError("The clips have different lengths; choose clips of one kind.")
            result[place] = row
    return np.zeros((0, 0), np.int16) if result is None else result


def rows_by_id(
    database: Database, select: str, ids: NDArray[np.int64], values: Sequence[Any] = ()
) -> Iterator[tuple[int, dict[int, tuple[Any, ...]]]]:
    """Run a query, whose last value is a JSON list of ids, RANGE ids at a time.

    Gives the place of the first of them, and the rows by their first column.
    """
    for start in range(0, len(ids), RANGE):
        part = json.dumps(ids[start : start + RANGE].tolist())
        found = database.rows(select, (*values, part))
        yield start, {row[0]: row for row in found}
