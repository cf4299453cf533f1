"""What a study holds, in numbers: one query a table, no clip and no posterior is read."""

from typing import NamedTuple

from innervoice.study.database import Database


class ModelShare(NamedTuple):
    """A model that the study knows, and how many clips it has encoded."""

    name: str
    sha256: str
    neurons: int
    encoded: int


class Summary(NamedTuple):
    """A study in numbers.

    Attributes
    ----------
    scores, bookmarks : int
        How many there are.
    clips : dict
        Clips by their kind, ``2bar`` and so on.
    models : tuple of ModelShare
        In the order in which they came.
    runs : dict
        Runs by their state, ``done`` and so on.
    begun : str
        When the oldest entry was made, ISO 8601; empty for a study without any.
    """

    scores: int
    clips: dict[str, int]
    models: tuple[ModelShare, ...]
    runs: dict[str, int]
    bookmarks: int
    begun: str


def summarise(database: Database) -> Summary:
    """Count what a study holds."""
    clips = database.rows(
        "SELECT kind, count(*) FROM clip JOIN score ON score.id = clip.score_id GROUP BY kind ORDER BY kind"
    )
    models = database.rows(
        "SELECT name, sha256, ifnull(model.neurons, 0), count(clip_id) FROM model"
        " LEFT JOIN posterior ON model_id = model.id GROUP BY model.id ORDER BY model.id"
    )
    runs = database.rows("SELECT state, count(*) FROM run GROUP BY state ORDER BY state")
    begun = database.one(
        "SELECT min(at) FROM (SELECT min(added) AS at FROM score UNION ALL SELECT min(started) FROM run"
        " UNION ALL SELECT min(made) FROM bookmark)"
    )
    return Summary(
        _count(database, "SELECT count(DISTINCT sha256) FROM score"),
        {str(kind): int(count) for kind, count in clips},
        tuple(ModelShare(str(name), str(sha), int(neurons), int(count)) for name, sha, neurons, count in models),
        {str(state): int(count) for state, count in runs},
        _count(database, "SELECT count(*) FROM bookmark"),
        str(begun[0]) if begun and begun[0] else "",
    )


def _count(database: Database, query: str) -> int:
    row = database.one(query)
    return int(row[0]) if row else 0
