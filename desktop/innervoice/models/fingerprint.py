"""The hash that says which weights a result was made with."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from innervoice.models.errors import ModelError


def fingerprint(files: tuple[Path, ...]) -> str:
    """SHA-256 of a model's weight files.

    Of one file it is what ``sha256sum`` prints; of several, the hash of such lines, one for each.

    Raises
    ------
    ModelError
        When a file cannot be read.
    """
    try:
        hashes = [_hash(file, file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    except OSError as error:
        raise ModelError(f"{error.filename} cannot be read ({error.strerror}); check the file's rights.") from error
    if len(hashes) == 1:
        return hashes[0]
    lines = "".join(f"{digest}  {file.name}\n" for digest, file in zip(hashes, files, strict=True))
    return hashlib.sha256(lines.encode()).hexdigest()


@lru_cache(maxsize=1024)
def _hash(file: Path, size: int, changed: int) -> str:
    """Size and time of change are only there to forget the hash of a file that was written anew."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
