"""One SQLite connection with the promises a study makes: transactions, and errors as sentences.

WAL lets the window read while the engine writes. ``synchronous=FULL`` costs one fsync for a transaction; since
everything is written in batches (some tens of milliseconds each) that is cheap, and without a Save to forget a
power cut must not take back what the user has seen done. With NORMAL the last seconds would be lost.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from innervoice.study.errors import StudyError

WAIT_SECONDS = 10.0
"""How long a writer waits for another one; batches are short, so this is long."""

_REMEDIES = {
    sqlite3.SQLITE_BUSY: "is being written by another program; wait until it is done and try again",
    sqlite3.SQLITE_LOCKED: "is being written by another program; wait until it is done and try again",
    sqlite3.SQLITE_FULL: "could not be written because the disk is full; make room and try again",
    sqlite3.SQLITE_READONLY: "cannot be written; copy it to a folder of your own and open the copy",
    sqlite3.SQLITE_PERM: "cannot be written; copy it to a folder of your own and open the copy",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check that its folder exists and that you may write there",
    sqlite3.SQLITE_CORRUPT: "is damaged; restore it from a copy",
    sqlite3.SQLITE_NOTADB: "is not an Innervoice study; choose another file",
    sqlite3.SQLITE_IOERR: "could not be read or written by the disk; check the disk and try again",
    sqlite3.SQLITE_TOOBIG: "cannot take an array of this size; run the analysis on fewer clips",
}

# UnicodeError: SQLite quotes what it found in a damaged file, and that need not be text.
_FAILURES = (sqlite3.Error, OverflowError, UnicodeError)


class Database:
    """A connection to one study file, bound to the thread that opened it.

    Parameters
    ----------
    path : Path
        The file; SQLite makes it when it is absent.

    Raises
    ------
    StudyError
        When SQLite cannot open the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._inside = False
        try:
            self._connection = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)
        except sqlite3.Error as error:
            raise self._sentence(error) from error
        try:
            # A study may come from a stranger: its schema must not be able to call functions.
            self.execute("PRAGMA trusted_schema = OFF")
            self.execute("PRAGMA cell_size_check = ON")
            self.execute("PRAGMA foreign_keys = ON")
            self.execute("PRAGMA synchronous = FULL")
        except StudyError:
            self._connection.close()
            raise

    def close(self) -> None:
        """Close the connection; the last one to close folds the write-ahead log into the file."""
        self._connection.close()

    def execute(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Run one statement.

        Raises
        ------
        StudyError
            With the file's name and what to do.
        """
        try:
            return self._connection.execute(sql, values)
        except _FAILURES as error:
            raise self._sentence(error) from error

    def execute_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement for every row.

        Raises
        ------
        StudyError
            With the file's name and what to do.
        """
        try:
            self._connection.executemany(sql, rows)
        except _FAILURES as error:
            raise self._sentence(error) from error

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query, read at once so that no read transaction stays open behind a caller."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except _FAILURES as error:
            raise self._sentence(error) from error

    def one(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""
        found = self.rows(sql, values)
        return found[0] if found else None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; a transaction inside a transaction joins the outer one."""
        if self._inside:
            yield
            return
        self.execute("BEGIN IMMEDIATE")
        self._inside = True
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.rollback()
            raise
        finally:
            self._inside = False

    def changes(self) -> tuple[int, int]:
        """A value that differs when this or another connection has written since the last look; costs microseconds."""
        row = self.one("PRAGMA data_version")
        return (int(row[0]) if row else 0, self._connection.total_changes)

    def damaged(self, what: str) -> StudyError:
        """The error for content that cannot be right."""
        return StudyError(f"{self.path.name} is damaged ({what}); restore it from a copy.")

    def _sentence(self, error: Exception) -> StudyError:
        code = getattr(error, "sqlite_errorcode", None)
        if isinstance(code, int) and (code & 0xFF) in _REMEDIES:
            return StudyError(f"{self.path.name} {_REMEDIES[code & 0xFF]}.")
        if isinstance(error, UnicodeError):
            return self.damaged("text that is none")
        return StudyError(f"{self.path.name} could not be read or written ({error}); restore it from a copy.")
