"""The command that makes a run again, from its provenance."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any

HASH = 12
"""Characters of a tune's sha256 that name it."""


def command_line(provenance: Mapping[str, Any], study: str) -> str:
    """Return ``innervoice run …`` with every parameter, quoted for a shell.

    Parameters
    ----------
    provenance : mapping
        As :func:`innervoice.host.provenance.provenance` describes a run; what it lacks is left out.
    study : str
        The study as the command is to name it.
    """
    analysis, model = str(provenance.get("analysis", "")), mapping(provenance, "model")
    words = ["innervoice", "run", analysis, "--study", study]
    words += ["--model", str(provenance.get("model_path") or model.get("name", ""))]
    words += _clips(mapping(provenance, "clips"))
    for name, value in mapping(provenance, "parameters").items():
        words += ["--set", f"{name}={_text(value)}"]
    words += ["--seed", str(provenance.get("seed", 0)), "--out", f"{analysis}-again"]
    return " ".join(shlex.quote(word) for word in words)


def mapping(provenance: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return a part of provenance that should be an object; empty where it is not."""
    found = provenance.get(name)
    return found if isinstance(found, Mapping) else {}


def _clips(clips: Mapping[str, Any]) -> list[str]:
    if clips.get("scope") == "tune":
        return ["--tune", str(clips.get("sha256", ""))[:HASH] or str(clips.get("tune", ""))]
    return ["--matching", str(clips.get("matching", ""))] if clips.get("scope") == "matching" else []


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
