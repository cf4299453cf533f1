"""Points of a model's space that a run has decoded so far, so that one that was interrupted goes on where it stopped.

They go as soon as the run is done, whose result has what it needs of them; of runs that never end well the last few
are kept.
"""

from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from innervoice.study.database import Database
from innervoice.study.errors import StudyError

KEPT = 4
"""Decodings that a study holds at most; a new one drops the oldest."""


def decoded(database: Database, key: str, steps: int) -> NDArray[np.int16]:
    """What is there of a decoding from its first point on without a gap, int16 [n, steps].

    Parameters
    ----------
    key : str
        Says which points, which model, temperature and seed.
    steps : int
        Of each clip.

    Raises
    ------
    StudyError
        When a piece is not of this length.
    """
    parts, count = [np.zeros((0, steps), np.int16)], 0
    for first, length, tokens in database.rows(
        "SELECT first, steps, tokens FROM decoded_piece JOIN decoding ON decoding.id = decoding_id"
        " WHERE key = ? ORDER BY first",
        (key,),
    ):
        if length != steps:
            raise database.damaged(f"decoding {key[:12]}")
        if first != count:
            break
        parts.append(np.frombuffer(tokens, "<i2").astype(np.int16).reshape(-1, steps))
        count += len(parts[-1])
    return np.concatenate(parts)


def put_decoded(database: Database, key: str, first: int, tokens: NDArray[np.int16]) -> None:
    """Keep the next piece of a decoding, int16 [n, steps], in one transaction; a piece that is there stays.

    Raises
    ------
    StudyError
        When the tokens are no clips.
    """
    if tokens.ndim != 2 or not tokens.size:
        raise StudyError(f"Tokens of shape {list(tokens.shape)} are no clips and cannot be kept.")
    with database.transaction():
        row = database.one("SELECT id FROM decoding WHERE key = ?", (key,))
        if row is None:
            made = datetime.now(UTC).isoformat(timespec="seconds")
            row = (database.execute("INSERT INTO decoding (key, made) VALUES (?, ?)", (key, made)).lastrowid,)
            database.execute(
                "DELETE FROM decoding WHERE id NOT IN (SELECT id FROM decoding ORDER BY id DESC LIMIT ?)", (KEPT,)
            )
        database.execute(
            "INSERT OR IGNORE INTO decoded_piece VALUES (?, ?, ?, ?)",
            (row[0], first, tokens.shape[1], np.ascontiguousarray(tokens, "<i2").tobytes()),
        )


def forget_decoded(database: Database, key: str) -> None:
    """Let a decoding go that is not needed any more."""
    with database.transaction():
        database.execute("DELETE FROM decoding WHERE key = ?", (key,))
