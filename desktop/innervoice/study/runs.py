"""Runs of analyses: what was asked, how it ended, and the result.

A run is 'running' until its result is whole. Arrays are written in pieces before that, a transaction each, so a
large result never holds the file for long and a killed one is never taken for a result.
"""

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

import numpy as np

from innervoice.study.blobs import dtype_from_text, dtype_text, from_bytes, to_bytes
from innervoice.study.database import Database
from innervoice.study.errors import StudyError
from innervoice.study.owners import is_alive, this_process

PIECE = 4 << 20
"""Bytes of an array that one transaction writes: some 20 ms."""


LONGEST_TITLE = 120
"""Characters of a run's own name."""
_ROWS = (
    "SELECT id, analysis, state, message, owner, started, finished, provenance, coalesce(title, '')"
    " FROM run LEFT JOIN run_title ON run_id = id"
)


class RunRow(NamedTuple):
    """One run; `state` is running, done, failed, cancelled, or interrupted (its process is gone).

    `title` is what the user calls it, "" when it has no name of its own.
    """

    id: int
    analysis: str
    state: str
    message: str
    started: str
    finished: str | None
    provenance: dict[str, Any]
    title: str = ""


def start_run(database: Database, provenance: Mapping[str, Any]) -> int:
    """Note that a run has begun; `provenance` is JSON with at least "analysis"."""
    with database.transaction():
        cursor = database.execute(
            "INSERT INTO run (analysis, state, message, owner, started, provenance) VALUES (?, 'running', '', ?, ?, ?)",
            (str(provenance["analysis"]), this_process(), _now(), json.dumps(dict(provenance), sort_keys=True)),
        )
    assert cursor.lastrowid is not None  # an INSERT of one row always has one
    return cursor.lastrowid


def finish_run(
    database: Database, run_id: int, packed: Mapping[str, Any], arrays: Mapping[str, np.ndarray[Any, Any]]
) -> None:
    """Store a result and mark the run as done.

    Raises
    ------
    StudyError
        When the run has been removed meanwhile, or an array cannot be stored.
    """
    for name, array in arrays.items():
        _put_array(database, run_id, name, np.asarray(array))
    with database.transaction():
        cursor = database.execute(
            "UPDATE run SET state = 'done', finished = ?, result = ? WHERE id = ?",
            (_now(), json.dumps(dict(packed)), run_id),
        )
        if cursor.rowcount != 1:
            raise _gone(database, run_id)


def fail_run(database: Database, run_id: int, state: Literal["failed", "cancelled"], message: str) -> None:
    """Mark a run that gave no result, and drop the pieces it has left."""
    with database.transaction():
        database.execute("DELETE FROM result_array WHERE run_id = ?", (run_id,))
        database.execute(
            "UPDATE run SET state = ?, message = ?, finished = ? WHERE id = ?", (state, message, _now(), run_id)
        )


def runs(database: Database) -> list[RunRow]:
    """All runs, oldest first."""
    return [_row(database, row) for row in database.rows(f"{_ROWS} ORDER BY id")]


def run(database: Database, run_id: int) -> RunRow:
    """One run.

    Raises
    ------
    StudyError
        When there is no such run.
    """
    row = database.one(f"{_ROWS} WHERE id = ?", (run_id,))
    if row is None:
        raise _gone(database, run_id)
    return _row(database, row)


def result(database: Database, run_id: int) -> tuple[dict[str, Any], dict[str, np.ndarray[Any, Any]]]:
    """The result of a run that is done, as it was packed.

    Raises
    ------
    StudyError
        When there is no such run or it has no result.
    """
    packed = packed_result(database, run_id)
    arrays = database.rows("SELECT id, name, dtype, shape FROM result_array WHERE run_id = ? ORDER BY id", (run_id,))
    return packed, {name: _array(database, *rest) for rest, name in _split(arrays)}


def packed_result(database: Database, run_id: int) -> dict[str, Any]:
    """The JSON of the result of a run that is done: everything but its arrays, which may be large.

    Raises
    ------
    StudyError
        When there is no such run or it has no result.
    """
    row = database.one("SELECT state, result FROM run WHERE id = ?", (run_id,))
    if row is None:
        raise _gone(database, run_id)
    if row[0] != "done" or row[1] is None:
        raise StudyError(f"Run {run_id} of {database.path.name} has no result; run the analysis again.")
    return _object(database, row[1], run_id)


def result_array(database: Database, run_id: int, name: str) -> np.ndarray[Any, Any]:
    """One array of the result of a run, by the name that its JSON calls it.

    Raises
    ------
    StudyError
        When there is no such array.
    """
    row = database.one("SELECT id, dtype, shape FROM result_array WHERE run_id = ? AND name = ?", (run_id, name))
    if row is None:
        raise _gone(database, run_id)
    return _array(database, *row)


def rename_run(database: Database, run_id: int, title: str) -> None:
    """Give a run a name of its own, at most `LONGEST_TITLE` characters of it; an empty one takes it away.

    Raises
    ------
    StudyError
        When there is no such run.
    """
    name = " ".join(title.split())[:LONGEST_TITLE]
    with database.transaction():
        if database.one("SELECT id FROM run WHERE id = ?", (run_id,)) is None:
            raise _gone(database, run_id)
        if name:
            database.execute("INSERT OR REPLACE INTO run_title VALUES (?, ?)", (run_id, name))
        else:
            database.execute("DELETE FROM run_title WHERE run_id = ?", (run_id,))


def remove_run(database: Database, run_id: int) -> None:
    """Take a run and its result out."""
    with database.transaction():
        database.execute("DELETE FROM run WHERE id = ?", (run_id,))


def _split(rows: list[tuple[Any, ...]]) -> list[tuple[tuple[int, str, str], str]]:
    return [((row[0], row[2], row[3]), row[1]) for row in rows]


def _put_array(database: Database, run_id: int, name: str, array: np.ndarray[Any, Any]) -> None:
    try:
        dtype = dtype_text(array.dtype)
    except ValueError as error:
        raise StudyError(f"Array {name} of run {run_id} cannot be stored: {error}.") from error
    with database.transaction():
        cursor = database.execute(
            "INSERT INTO result_array (run_id, name, dtype, shape) VALUES (?, ?, ?, ?)",
            (run_id, name, dtype, json.dumps(array.shape)),
        )
    data = to_bytes(array)
    for place, start in enumerate(range(0, len(data), PIECE)):
        with database.transaction():
            database.execute(
                "INSERT INTO result_piece VALUES (?, ?, ?)", (cursor.lastrowid, place, data[start : start + PIECE])
            )


def _array(database: Database, array_id: int, dtype_json: str, shape_json: str) -> np.ndarray[Any, Any]:
    pieces = database.rows("SELECT bytes FROM result_piece WHERE array_id = ? ORDER BY place", (array_id,))
    try:
        dtype, shape = dtype_from_text(dtype_json), tuple(int(length) for length in json.loads(shape_json))
        if math.prod(shape) == 0 and pieces:
            raise ValueError("an empty array has no bytes")
        return from_bytes(b"".join(piece[0] for piece in pieces), dtype, shape)
    except (ValueError, TypeError) as error:
        raise database.damaged(f"array {array_id}: {error}") from error


def _row(database: Database, row: tuple[Any, ...]) -> RunRow:
    run_id, analysis, state, message, owner, started, finished, provenance, title = row
    if state == "running" and not is_alive(owner):
        state, message = "interrupted", "The engine ended before this run did; run the analysis again."
    return RunRow(run_id, analysis, state, message, started, finished, _object(database, provenance, run_id), title)


def _object(database: Database, text: str, run_id: int) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise database.damaged(f"run {run_id}") from error
    if not isinstance(value, dict):
        raise database.damaged(f"run {run_id}")
    return value


def _gone(database: Database, run_id: int) -> StudyError:
    return StudyError(f"Run {run_id} is not in {database.path.name}; it may have been removed.")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
