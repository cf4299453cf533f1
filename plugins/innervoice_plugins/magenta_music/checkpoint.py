"""What lies in a checkpoint's folder: its files, and its sizes where they are not the published ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def find_prefix(folder: Path) -> Path:
    """Return the checkpoint in a folder, without its suffix.

    Raises
    ------
    ValueError
        When there is none.
    """
    found = sorted(folder.glob("*.index"))
    if not found:
        raise ValueError(f"{folder} holds no checkpoint (.index and .data files); unpack the archive there.")
    return found[-1].with_suffix("")


def sizes_of(folder: Path) -> dict[str, Any]:
    """Return what ``hparams.json`` says, empty where there is none.

    Raises
    ------
    ValueError
        When it is damaged.
    """
    path = folder / "hparams.json"
    try:
        found = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    except ValueError as error:
        raise ValueError(f"{path} is no JSON ({error}); correct it or remove it.") from error
    return dict(found)
