"""What the page about a study says: read on a worker thread, put into words here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from innervoice.shell.background import Desk
from innervoice.shell.words import said

SIDE_FILES = ("", "-wal", "-shm")
UNITS = ("kB", "MB", "GB")


@dataclass(frozen=True)
class StudyFacts:
    """A study's file and what is in it.

    Attributes
    ----------
    size : int
        Bytes, side files of the database included.
    changed : str
        When the file was last written, local time.
    summary : innervoice.study.summary.Summary
        The counts.
    """

    path: Path
    size: int
    changed: str
    summary: Any


def read_facts(desk: Desk, path: Path) -> StudyFacts:
    """Read the facts of an open study; on a worker thread."""
    files = [path.with_name(path.name + side) for side in SIDE_FILES]
    states = [file.stat() for file in files if file.exists()]
    changed = max((state.st_mtime for state in states[:2]), default=0.0)
    return StudyFacts(path, sum(state.st_size for state in states), _local(changed), desk.study(path).summary())


def rows(facts: StudyFacts) -> list[tuple[str, str]]:
    """Return the lines of the page: what, and how much."""
    held = facts.summary
    clips = [f"{count:,} × {kind}" for kind, count in held.clips.items()]
    runs = [f"{count:,} {said(state)}" for state, count in held.runs.items()]
    return [
        (said("Size"), size_text(facts.size)),
        (said("Begun"), _local_text(held.begun)),
        (said("Last written"), facts.changed),
        (said("Scores"), f"{held.scores:,}"),
        (said("Clips"), ", ".join(clips) or said("none")),
        (said("Runs"), ", ".join(runs) or said("none")),
        (said("Bookmarks"), f"{held.bookmarks:,}"),
    ]


def size_text(size: int) -> str:
    """Return a size for people.

    Examples
    --------
    >>> size_text(900), size_text(2_500_000)
    ('900 bytes', '2.5 MB')
    """
    if size < 1000:
        return f"{size} bytes"
    power = min(3, (len(str(size)) - 1) // 3)
    return f"{size / 1000**power:.1f} {UNITS[power - 1]}"


def _local(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds):%Y-%m-%d %H:%M}" if seconds else said("not yet")


def _local_text(moment: str) -> str:
    """Return a stored moment (ISO 8601, UTC) as local time."""
    try:
        return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return said("not yet")
