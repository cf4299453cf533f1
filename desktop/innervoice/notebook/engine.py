"""The engine of a notebook: one for the process, made at the first need, in this process as the command line's is."""

from __future__ import annotations

import atexit
import threading
from typing import Any

from innervoice.engine.service import Engine

_LOCK = threading.Lock()
_made: list[Engine] = []


def engine() -> Engine:
    """Return the engine; the first call imports no framework yet."""
    with _LOCK:
        if not _made:
            _made.append(Engine())
            atexit.register(close)
        return _made[0]


def close() -> None:
    """End the engine and let go of its models; the next use makes another."""
    with _LOCK:
        while _made:
            _made.pop().close()


def known_models() -> list[dict[str, Any]]:
    """Return the models that are known: name, kind, neurons, steps, whether they encode and decode."""
    found: list[dict[str, Any]] = engine().call("models", {"plugins": True})[0]["models"]
    return found


def known_analyses() -> dict[str, dict[str, Any]]:
    """Return the analyses by their id: title, summary, needs, and every parameter with its range and default."""
    answer = engine().call("analyses")[0]
    return {one["id"]: one for one in answer["analyses"]}
