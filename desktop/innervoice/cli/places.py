"""Looking at where a command will write before it works for an hour."""

import os
from pathlib import Path

from innervoice.cli.errors import CommandError


def writable_file(path: Path) -> Path:
    """Return `path` if a file can be written there.

    Raises
    ------
    CommandError
        When it is a folder, or its folder is missing or cannot be written.
    """
    if path.is_dir():
        raise CommandError(f"--out {path} is a folder; name a file in it")
    if not path.absolute().parent.is_dir():
        raise CommandError(f"--out {path}: its folder does not exist; make it first")
    if not os.access(path.absolute().parent, os.W_OK):
        raise CommandError(f"--out {path}: its folder cannot be written; choose another place")
    return path


def writable_folder(path: Path) -> Path:
    """Return `path` as a folder that exists and can be written; it is made if need be.

    Raises
    ------
    CommandError
        When it cannot be.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(
            f"--out {path}: this folder cannot be made ({error.strerror}); choose another place"
        ) from error
    if not os.access(path, os.W_OK):
        raise CommandError(f"--out {path}: this folder cannot be written; choose another place")
    return path
