"""Places the user wants to find again, and the names that neurons have been given."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from innervoice.study.database import Database
from innervoice.study.posteriors import model_row


class Bookmark(NamedTuple):
    """A place: `kind` says of what ("clip", "neuron", "latent", ...), `target` (JSON) which one, `note` why."""

    id: int
    kind: str
    target: Any
    note: str
    made: str


def add_bookmark(database: Database, kind: str, target: Any, note: str) -> int:
    """Keep a place; gives its id."""
    with database.transaction():
        cursor = database.execute(
            "INSERT INTO bookmark (kind, target, note, made) VALUES (?, ?, ?, ?)",
            (kind, json.dumps(target), note, datetime.now(UTC).isoformat(timespec="seconds")),
        )
    assert cursor.lastrowid is not None  # an INSERT of one row always has one
    return cursor.lastrowid


def bookmarks(database: Database) -> list[Bookmark]:
    """All bookmarks, oldest first."""
    rows = database.rows("SELECT id, kind, target, note, made FROM bookmark ORDER BY id")
    try:
        return [Bookmark(row[0], row[1], json.loads(row[2]), row[3], row[4]) for row in rows]
    except (ValueError, RecursionError) as error:
        raise database.damaged("bookmarks") from error


def note_bookmark(database: Database, bookmark_id: int, note: str) -> None:
    """Write another note to a place."""
    with database.transaction():
        database.execute("UPDATE bookmark SET note = ? WHERE id = ?", (note, bookmark_id))


def restore_bookmark(database: Database, bookmark: Bookmark) -> None:
    """Put a place back that was forgotten, with its old id and date; one that is there stays as it is."""
    with database.transaction():
        database.execute(
            "INSERT OR IGNORE INTO bookmark (id, kind, target, note, made) VALUES (?, ?, ?, ?, ?)",
            (bookmark.id, bookmark.kind, json.dumps(bookmark.target), bookmark.note, bookmark.made),
        )


def remove_bookmark(database: Database, bookmark_id: int) -> None:
    """Forget a place."""
    with database.transaction():
        database.execute("DELETE FROM bookmark WHERE id = ?", (bookmark_id,))


def neuron_names(database: Database, model_sha: str) -> dict[int, str]:
    """The names that neurons of this model have, by neuron."""
    rows = database.rows(
        "SELECT neuron, neuron_name.name FROM neuron_name JOIN model ON model.id = model_id WHERE sha256 = ?"
        " ORDER BY neuron",
        (model_sha,),
    )
    return {int(neuron): str(name) for neuron, name in rows}


def put_neuron_names(database: Database, model_sha: str, model_name: str, names: Mapping[int, str]) -> None:
    """Give neurons names; an empty name takes one away."""
    with database.transaction():
        model_id = model_row(database, model_sha, model_name, None)
        for neuron, name in names.items():
            key = (model_id, int(neuron))
            if name:
                database.execute("INSERT OR REPLACE INTO neuron_name VALUES (?, ?, ?)", (*key, name))
            else:
                database.execute("DELETE FROM neuron_name WHERE model_id = ? AND neuron = ?", key)
