"""The scores that a study has taken in."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np

from innervoice import __version__
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
    score: tuple[str, str, str],
    clips: Clips,
    kind: str,
    rejected: Iterable[tuple[str, str]],
    rules: str,
) -> int:
    """Add a score (name, path, sha256) with its clips in one transaction, and give its id.

    A score that is there already keeps its id and its clips. Taken by other rules than before, it gains the clips
    that it lacks: five of a tune's clips can be followed by all of them.
    """
    with database.transaction():
        known = database.one("SELECT id, rules FROM score WHERE sha256 = ? AND kind = ?", (score[2], kind))
        if known is not None:
            if rules not in _rules(database, known[1]):
                _extend(database, known[0], clips, [*_rules(database, known[1]), rules])
            return int(known[0])
        now = datetime.now(UTC).isoformat(timespec="seconds")
        cursor = database.execute(
            "INSERT INTO score (name, path, sha256, kind, rules, rejected, added) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*score, kind, json.dumps([rules]), json.dumps([[what, why] for what, why in rejected]), now),
        )
        assert cursor.lastrowid is not None  # an INSERT of one row always has one
        insert_clips(database, cursor.lastrowid, clips)
        return cursor.lastrowid


def has_score(database: Database, sha256: str, kind: str, rules: str) -> bool:
    """Whether this file has been taken in with this kind of clip, by these rules."""
    known = database.one("SELECT rules FROM score WHERE sha256 = ? AND kind = ?", (sha256, kind))
    return known is not None and rules in _rules(database, known[0])


def _extend(database: Database, score_id: int, clips: Clips, rules: list[str]) -> None:
    have = set(database.rows("SELECT track, first_step, tokens FROM clip WHERE score_id = ?", (score_id,)))
    tokens = np.asarray(clips.tokens, "<i2")
    new = [
        i
        for i in range(len(tokens))
        if (int(clips.track[i]), int(clips.first_step[i]), tokens[i].tobytes()) not in have
    ]
    insert_clips(database, score_id, clips[np.array(new, np.int64)])
    database.execute("UPDATE score SET rules = ? WHERE id = ?", (json.dumps(rules), score_id))


def _rules(database: Database, text: str) -> list[str]:
    try:
        return [str(one) for one in json.loads(text)]
    except (ValueError, TypeError, RecursionError) as error:
        raise database.damaged("rules of a score") from error


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


def refuse(database: Database, sha256: str, kind: str, rules: str, reason: str) -> None:
    """Keep why a file gives no clip; the reason goes on after the file's name, which may be another one next time."""
    with database.transaction():
        database.execute(
            "INSERT OR REPLACE INTO refusal VALUES (?, ?, ?, ?, ?)", (sha256, kind, rules, __version__, reason)
        )


def refusal(database: Database, sha256: str, kind: str, rules: str) -> str | None:
    """Why this version of Innervoice takes no clip from a file by these rules; None when that is not known."""
    row = database.one(
        "SELECT reason FROM refusal WHERE sha256 = ? AND kind = ? AND rules = ? AND reader = ?",
        (sha256, kind, rules, __version__),
    )
    return None if row is None else str(row[0])
