"""What a study file looks like, how an older one is brought up to date, and how a foreign one is told apart.

Every study is made by running all migrations from nothing, so two studies of one version have the same schema,
letter by letter. A file whose schema differs was not made by us (or is damaged) and is refused: this keeps out
triggers and views that a stranger may have hidden in it.
"""

import sqlite3

from innervoice.study.database import Database
from innervoice.study.errors import StudyError

APPLICATION_ID = 0x494E5643
"""'INVC', in the file's header; ``file`` and we know a study by it."""

_FIRST = (
    """CREATE TABLE score (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL,
        kind TEXT NOT NULL, rules TEXT NOT NULL, rejected TEXT NOT NULL, added TEXT NOT NULL,
        UNIQUE (sha256, kind)) STRICT""",
    """CREATE TABLE clip (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        score_id INTEGER NOT NULL REFERENCES score ON DELETE CASCADE,
        source TEXT NOT NULL, track INTEGER NOT NULL, first_step INTEGER NOT NULL, qpm REAL NOT NULL,
        steps INTEGER NOT NULL, dtype TEXT NOT NULL CHECK (dtype = '<i2'),
        tokens BLOB NOT NULL CHECK (length(tokens) = 2 * steps)) STRICT""",
    "CREATE INDEX clip_of_score ON clip (score_id)",
    "CREATE INDEX clip_of_steps ON clip (steps)",
    """CREATE TABLE model (
        id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
        neurons INTEGER CHECK (neurons > 0)) STRICT""",
    """CREATE TABLE posterior (
        model_id INTEGER NOT NULL REFERENCES model,
        clip_id INTEGER NOT NULL REFERENCES clip ON DELETE CASCADE,
        neurons INTEGER NOT NULL, dtype TEXT NOT NULL CHECK (dtype = '<f4'),
        mu_sigma BLOB NOT NULL CHECK (length(mu_sigma) = 8 * neurons)) STRICT""",
    "CREATE UNIQUE INDEX posterior_of_clip ON posterior (model_id, clip_id)",
    "CREATE INDEX clip_of_posterior ON posterior (clip_id)",
    """CREATE TABLE neuron_name (
        model_id INTEGER NOT NULL REFERENCES model, neuron INTEGER NOT NULL, name TEXT NOT NULL,
        PRIMARY KEY (model_id, neuron)) STRICT""",
    """CREATE TABLE run (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        analysis TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'cancelled')),
        message TEXT NOT NULL, owner TEXT NOT NULL, started TEXT NOT NULL, finished TEXT,
        provenance TEXT NOT NULL, result TEXT) STRICT""",
    """CREATE TABLE result_array (
        id INTEGER PRIMARY KEY, run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
        name TEXT NOT NULL, dtype TEXT NOT NULL, shape TEXT NOT NULL, UNIQUE (run_id, name)) STRICT""",
    """CREATE TABLE result_piece (
        array_id INTEGER NOT NULL REFERENCES result_array ON DELETE CASCADE,
        place INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (array_id, place)) STRICT""",
    """CREATE TABLE bookmark (
        id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, target TEXT NOT NULL,
        note TEXT NOT NULL, made TEXT NOT NULL) STRICT""",
)

_TITLES = (
    """CREATE TABLE run_title (
        run_id INTEGER PRIMARY KEY REFERENCES run ON DELETE CASCADE, title TEXT NOT NULL) STRICT""",
)
"""What the user calls a run."""

_FEATURES = (
    """CREATE TABLE feature_set (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, version INTEGER NOT NULL, ids TEXT NOT NULL,
        UNIQUE (name, version, ids)) STRICT""",
    """CREATE TABLE clip_features (
        set_id INTEGER NOT NULL REFERENCES feature_set,
        clip_id INTEGER NOT NULL REFERENCES clip ON DELETE CASCADE,
        dtype TEXT NOT NULL CHECK (dtype = '<f8'),
        numbers BLOB NOT NULL CHECK (length(numbers) % 8 = 0)) STRICT""",
    "CREATE UNIQUE INDEX features_of_clip ON clip_features (set_id, clip_id)",
    "CREATE INDEX clip_of_features ON clip_features (clip_id)",
)
"""Features of the clips: which, and one row of numbers for each clip and set."""

_REFUSALS = (
    """CREATE TABLE refusal (
        sha256 TEXT NOT NULL, kind TEXT NOT NULL, rules TEXT NOT NULL, reader TEXT NOT NULL, reason TEXT NOT NULL,
        PRIMARY KEY (sha256, kind, rules, reader)) STRICT""",
)
"""Files that gave no clip, so that the next import need not read them again; a newer Innervoice may read them."""

_DECODINGS = (
    "CREATE TABLE decoding (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, made TEXT NOT NULL) STRICT",
    """CREATE TABLE decoded_piece (
        decoding_id INTEGER NOT NULL REFERENCES decoding ON DELETE CASCADE,
        first INTEGER NOT NULL CHECK (first >= 0), steps INTEGER NOT NULL CHECK (steps > 0),
        tokens BLOB NOT NULL CHECK (length(tokens) % (2 * steps) = 0),
        PRIMARY KEY (decoding_id, first)) STRICT""",
)
"""What a run that has not ended has decoded so far."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST, _TITLES, _FEATURES, _REFUSALS, _DECODINGS)
"""The statements that lead from version n to n + 1; never edit one that has been released, add another."""

VERSION = len(MIGRATIONS)


def prepare(database: Database, *, new: bool) -> None:
    """Make the schema in an empty file, or check and update that of an existing one.

    Parameters
    ----------
    database : Database
        The open file.
    new : bool
        True where an empty file may become a study.

    Raises
    ------
    StudyError
        For a file that is not a study, is damaged, or was made by a newer Innervoice.
    """
    version = _version(database, new=new)
    if version < VERSION:
        with database.transaction():
            # Another process may have been first while this one waited for the lock.
            version = _version(database, new=new)
            for statement in (line for step in MIGRATIONS[version:] for line in step):
                database.execute(statement)
            database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            database.execute(f"PRAGMA user_version = {VERSION}")
    if _statements(database) != _expected():
        raise StudyError(f"{database.path.name} has a foreign or damaged layout; restore it from a copy.")
    _use_write_ahead_log(database)


def _version(database: Database, *, new: bool) -> int:
    name = database.path.name
    application, version = _number(database, "application_id"), _number(database, "user_version")
    if application == 0 and version == 0 and new and not _statements(database):
        return 0
    if application != APPLICATION_ID or version < 1:
        raise StudyError(f"{name} is not an Innervoice study; choose another file.")
    if version > VERSION:
        raise StudyError(f"{name} was made by a newer Innervoice (layout {version}); update Innervoice to open it.")
    return version


def _use_write_ahead_log(database: Database) -> None:
    mode = database.one("PRAGMA journal_mode = WAL")
    if mode is None or mode[0] != "wal":
        raise StudyError(
            f"{database.path.name} lies on a disk that cannot share it between programs; copy it to a local disk."
        )


def _number(database: Database, pragma: str) -> int:
    row = database.one(f"PRAGMA {pragma}")
    return int(row[0]) if row else 0


_LAYOUT = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"


def _statements(database: Database) -> list[tuple[object, ...]]:
    return database.rows(_LAYOUT)


def _expected() -> list[tuple[object, ...]]:
    connection = sqlite3.connect(":memory:")
    try:
        for statement in (line for step in MIGRATIONS for line in step):
            connection.execute(statement)
        return connection.execute(_LAYOUT).fetchall()
    finally:
        connection.close()
