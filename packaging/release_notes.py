"""The versions that CHANGELOG.md tells of; the number itself stands in innervoice/__init__.py and nowhere else.

What is not released yet stands below ``## Unreleased``, and the version then ends in ``.dev0``. To release: give that
heading the number and the day, take ``.dev0`` off, and add the release to the metainfo.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

HEADING = re.compile(r"^## (?:(Unreleased)|(\d+\.\d+\.\d+) \((\d{4}-\d{2}-\d{2})\))$", flags=re.MULTILINE)


@dataclass(frozen=True)
class Release:
    """A version and the day it came out (None for both: not yet), and what was written of it."""

    version: str | None
    day: date | None
    notes: str


def releases(changelog: str) -> list[Release]:
    """Return what a changelog tells of, the newest first."""
    found = list(HEADING.finditer(changelog))
    ends = [one.start() for one in found[1:]] + [len(changelog)]
    return [
        Release(one[2], date.fromisoformat(one[3]) if one[3] else None, changelog[one.end() : end].strip())
        for one, end in zip(found, ends, strict=True)
    ]


def notes_of(version: str, changelog: str) -> Release:
    """Return the newest release, having seen that it is this version's.

    Raises
    ------
    ValueError
        When the version and the changelog tell of different things.
    """
    newest = releases(changelog)[0]
    if newest.version is None and version.endswith(".dev0"):
        return newest
    if newest.version != version:
        raise ValueError(
            f"The version is {version}, and CHANGELOG.md begins with {newest.version or 'Unreleased'}; what is "
            "not released has a version that ends in .dev0. Mend either."
        )
    return newest
