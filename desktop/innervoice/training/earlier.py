"""Trainings that were begun before: what their checkpoints say, without reading a weight."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open

from innervoice.training.kinds import KINDS

FOLDER = ".training"
STATE = "state.safetensors"
MOST = 100
"""Trainings that are told, the latest first."""


def earlier_trainings(folders: Iterable[Path]) -> list[dict[str, Any]]:
    """Find what can be resumed.

    Parameters
    ----------
    folders : iterable of Path
        Where models lie; those that are not there hold nothing.

    Returns
    -------
    list of dict
        ``out`` (the model's path without its suffix), ``name``, ``when`` (seconds since 1970), and either ``why_not``,
        a sentence, or ``kind``, ``corpora``, ``begin_from``, ``settings``, ``step`` and ``seconds``.
    """
    found = {state for folder in folders if folder.is_dir() for state in folder.glob(f"*{FOLDER}/{STATE}")}
    dated = sorted(((state.stat().st_mtime, state) for state in found), reverse=True)
    return [_told(state) | {"when": when} for when, state in dated[:MOST]]


def _told(state: Path) -> dict[str, Any]:
    name = state.parent.name.removesuffix(FOLDER)
    head: dict[str, Any] = {"out": str(state.parent.with_name(name)), "name": name}
    try:
        with safe_open(str(state), framework="numpy") as file:
            header = file.metadata()
        settings, step, seconds = dict(json.loads(header["settings"])), int(header["step"]), float(header["seconds"])
        order = dict(json.loads(header.get("order", "{}")))
        kind, corpora, begin_from = order.get("kind"), list(order.get("corpora", ())), order.get("begin_from")
    except (SafetensorError, OSError, KeyError, TypeError, ValueError, RecursionError) as error:
        return head | {"why_not": f"The checkpoint of {name} is damaged ({error}); begin anew under another name."}
    if kind not in KINDS:
        return head | {
            "why_not": f"The checkpoint of {name} does not tell its kind; innervoice train --resume goes on."
        }
    head |= {"kind": kind, "corpora": [str(one) for one in corpora], "begin_from": begin_from and str(begin_from)}
    return head | {"settings": settings, "step": step, "seconds": seconds}
