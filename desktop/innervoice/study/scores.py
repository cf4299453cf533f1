"""The scores that a study has taken in."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from innervoice.music.clips import Clips
from innervoice.study.clips import insert_clips
from innervoice.study.database import Database


class ScoreRow(NamedTuple):
    """One score: its file's name, path and sha256, the kind of clip taken from it, and how many."""

    id: int
    name: str
    path: str
    sha256: str
    kind: str
    clips: int


def add_score(
    database: Database,
    name: str,
    path: str,
    sha256: str,
    clips: Clips,
    kind: str,
    rejected: Iterable[tuple[str, str]],
) -> int:
    """Add a score with its clips in one transaction; a score that is there already keeps its id and its clips."""
    with database.transaction():
        known = database.one("SELECT id FROM score WHERE sha256 = ? AND kind = ?", (sha256, kind))
        if known is not None:
            return int(known[0])
        now = datetime.now(UTC).isoformat(timespec="seconds")
        cursor = database.execute(
            "INSERT INTO score (name, path, sha256, kind, rejected, added) VALUES (?, ?, ?, ?, ?, ?)",
            (name, path, sha256, kind, json.dumps([[what, reason] for what, reason in rejected]), now),
        )
        score_id = cursor.lastrowid
        assert score_id is not None  # an INSERT of one row always has one
        insert_clips(database, score_id, clips)
        return score_id


def has_score(database: Database, sha256: str, kind: str) -> bool:
    """Whether this file has been taken in with this kind of clip."""
    return database.one("SELECT 1 FROM score WHERE sha256 = ? AND kind = ?", (sha256, kind)) is not None


def scores(database: Database) -> list[ScoreRow]:
    """All scores in the order in which they came."""
    found = database.rows(
        "SELECT id, name, path, sha256, kind, (SELECT count(*) FROM clip WHERE score_id = score.id)"
        " FROM score ORDER BY id"
    )
    return [ScoreRow(*row) for row in found]


def rejections(database: Database, score_id: int) -> list[tuple[str, str]]:
    """What of this score was rejected, each with the reason."""
    row = database.one("SELECT rejected FROM score WHERE id = ?", (score_id,))
    if row is None:
        return []
    try:
        return [(str(what), str(reason)) for what, reason in json.loads(row[0])]
    except (ValueError, TypeError) as error:
        raise database.damaged(f"rejections of score {score_id}") from error


def remove_score(database: Database, score_id: int) -> None:
    """Take a score out, with its clips and their posteriors."""
    with database.transaction():
        database.execute("DELETE FROM score WHERE id = ?", (score_id,))
