"""A run in a few words: its name, what was set, when it was, how it ended; and whether words are found in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

STATES = {
    "done": "done",
    "running": "running",
    "failed": "failed",
    "cancelled": "cancelled",
    "interrupted": "interrupted",
}
LONGEST_VALUE = 24


def name_of(run: Any, title: str) -> str:
    """Return what a run is called: by its user, or its analysis and number."""
    return str(run.title) or f"{title} {run.id}"


def set_in_short(made: Mapping[str, Any], defaults: Mapping[str, Any]) -> str:
    """Return what was set: "neurons 20 · seed 3 · Twinkle"; "defaults" when nothing was.

    Parameters
    ----------
    made : mapping
        A run's provenance.
    defaults : mapping
        The analysis' defaults, empty while they are not known; then every parameter is named.
    """
    parameters = made.get("parameters")
    values = parameters if isinstance(parameters, Mapping) else {}
    parts = [
        f"{name.replace('_', ' ')} {_short(value)}" for name, value in values.items() if _set(name, value, defaults)
    ]
    if made.get("seed"):
        parts.append(f"seed {made['seed']}")
    clips = made.get("clips")
    if isinstance(clips, Mapping) and clips.get("scope") in ("tune", "matching"):
        parts.append(_short(clips.get(str(clips["scope"]), "")))
    return " · ".join(parts) or "defaults"


def when(iso: str) -> str:
    """Return a time in the person's own zone: ``21:04`` today, else ``20 Nov 21:04`` or, of another year, the day."""
    try:
        at = datetime.fromisoformat(iso).astimezone()
    except ValueError:
        return iso[:16].replace("T", " ")
    now = datetime.now(UTC).astimezone()
    if at.date() == now.date():
        return at.strftime("%H:%M")
    return at.strftime("%d %b %H:%M") if at.year == now.year else at.strftime("%Y-%m-%d")


def fits(words: str, *texts: str) -> bool:
    """Say whether all words are in the texts, in any case and order."""
    everything = " ".join(texts).casefold()
    return all(word in everything for word in words.casefold().split())


def _set(name: str, value: Any, defaults: Mapping[str, Any]) -> bool:
    return name not in defaults or value != defaults[name]


def _short(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"
