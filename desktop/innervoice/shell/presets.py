"""The user's own presets: named values of an analysis' parameters, kept in the settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from innervoice.shell.settings import Settings

KEY = "presets"
LONGEST_NAME = 60


class Presets:
    """Named sets of values, by analysis.

    Parameters
    ----------
    settings : Settings
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def of(self, analysis: str) -> dict[str, dict[str, Any]]:
        """Return an analysis' own presets by name; damaged ones are left out."""
        named = self._settings.record(KEY).get(analysis)
        if not isinstance(named, dict):
            return {}
        return {name: dict(values) for name, values in named.items() if isinstance(values, dict)}

    def save(self, analysis: str, name: str, values: Mapping[str, Any]) -> str:
        """Keep values under a name, in the place of what had it; return the name as it was kept."""
        kept = " ".join(name.split())[:LONGEST_NAME]
        if kept:
            self._put(analysis, self.of(analysis) | {kept: dict(values)})
        return kept

    def remove(self, analysis: str, name: str) -> None:
        """Forget a preset."""
        self._put(analysis, {other: values for other, values in self.of(analysis).items() if other != name})

    def _put(self, analysis: str, named: dict[str, dict[str, Any]]) -> None:
        everything = self._settings.record(KEY)
        everything.pop(analysis, None)
        self._settings.put(KEY, everything | ({analysis: named} if named else {}))
