"""JSON from a stranger: bounded, without duplicate names, and always an answer in one sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from innervoice.models.checkpoints.limits import MAX_JSON
from innervoice.models.errors import ModelError


def read_json(path: Path) -> Any:
    """Read a small JSON file.

    Raises
    ------
    ModelError
        When it is missing, no plain file, larger than 4 MiB, nested too deeply, has a name twice, or is no JSON.
    """
    try:
        if not path.is_file():
            raise ModelError(f"{path} is missing; the checkpoint is not complete.")
        with path.open("rb") as file:
            data = file.read(MAX_JSON + 1)
        if len(data) > MAX_JSON:
            raise ModelError(f"{path} is larger than {MAX_JSON >> 20} MiB, which no model's description needs.")
        return json.loads(data, object_pairs_hook=_unique, parse_constant=_no_constant)
    except OSError as error:
        raise ModelError(f"{path} cannot be read ({error.strerror}); check the file's rights.") from error
    except RecursionError as error:
        raise ModelError(f"{path} is nested too deeply to be a model's description.") from error
    except ModelError:
        raise
    except ValueError as error:
        raise ModelError(f"{path} is no valid JSON ({error}); get it again.") from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _no_constant(word: str) -> float:
    raise ValueError(f"{word} is no number")
