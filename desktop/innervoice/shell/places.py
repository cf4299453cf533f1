"""Where the window keeps its own files: settings, log, crash note and the scratch study."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

STUDY_SUFFIX = ".innervoice"


def home() -> Path:
    """Return the folder of the user's data, made when it is missing.

    The environment variable ``INNERVOICE_HOME`` overrides it (tests, portable installations).

    Raises
    ------
    OSError
        The folder can neither be found nor made.
    """
    chosen = os.environ.get("INNERVOICE_HOME")
    folder = Path(chosen) if chosen else Path(platformdirs.user_data_dir("innervoice", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def scratch_study() -> Path:
    """Return the study that the window opens when none is named."""
    return home() / f"scratch{STUDY_SUFFIX}"


def log_file() -> Path:
    """Return the file that every log record is written to."""
    return home() / "innervoice.log"


def crash_note() -> Path:
    """Return the file that a crash is written to, and that the next start shows."""
    return home() / "crash.txt"


def settings_file() -> Path:
    """Return the INI file of the window's settings."""
    return home() / "innervoice.ini"
