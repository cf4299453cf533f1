"""What Innervoice needs when it runs, out of the pinned and hashed set of requirements/make.txt.

The set of the make environment holds the tests' tools, JAX and Magenta besides. What is asked for by Innervoice itself,
and by what that asks for, is read off the installed packages, so that no second lock file can go stale.
"""

from __future__ import annotations

import re
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements" / "make.txt"
NEVER_RUN = frozenset({"libclang"})
"""What TensorFlow names and never imports: libclang (64 MB) is for its own build."""


def needed(root: str = "innervoice", never: frozenset[str] = NEVER_RUN) -> list[str]:
    """Return the canonical names of the packages that `root` needs on this Python, without itself, in order."""
    found: set[str] = set()
    ahead = [root]
    while ahead:
        name = ahead.pop()
        if name in found or name in never:
            continue
        found.add(name)
        for line in distribution(name).requires or []:
            wish = Requirement(line)
            if wish.marker is None or wish.marker.evaluate({"extra": ""}):
                ahead.append(canonicalize_name(wish.name))
    return sorted(found - {root})


def pinned(names: list[str], lock: str) -> str:
    """Return the part of a lock file that pins these packages, hashes and markers with them.

    Raises
    ------
    ValueError
        When a package is not in the lock.
    """
    entries = re.findall(r"^[A-Za-z0-9].*(?:\n[ \t].*)*", lock, flags=re.MULTILINE)
    by_name: dict[str, list[str]] = {}
    for entry in entries:
        by_name.setdefault(canonicalize_name(entry.split("==", 1)[0]), []).append(entry)
    absent = [name for name in names if name not in by_name]
    if absent:
        raise ValueError(f"requirements/make.txt does not pin {', '.join(absent)}; run make lock.")
    return "\n".join(entry for name in names for entry in by_name[name]) + "\n"
