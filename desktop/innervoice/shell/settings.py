"""The window's settings: an INI file that can be deleted at any time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

RECENT_LIMIT = 10
LAYOUT_VERSION = 2


class Settings:
    """Typed access to the INI file; a damaged value is the same as no value.

    Parameters
    ----------
    path : Path
        The INI file; made on the first write.
    """

    def __init__(self, path: Path) -> None:
        self._store = QSettings(str(path), QSettings.Format.IniFormat)

    def text(self, key: str, default: str = "") -> str:
        """Return a stored text."""
        value = self._store.value(key, default)
        return value if isinstance(value, str) else default

    def flag(self, key: str, default: bool = False) -> bool:
        """Return a stored yes or no."""
        return self.text(key, "yes" if default else "no") == "yes"

    def number(self, key: str, default: int, least: int, most: int) -> int:
        """Return a stored whole number between `least` and `most`."""
        try:
            value = int(self.text(key, str(default)))
        except ValueError:
            return default
        return value if least <= value <= most else default

    def blob(self, key: str) -> QByteArray:
        """Return stored bytes, empty when there are none."""
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def record(self, key: str) -> dict[str, Any]:
        """Return a stored JSON object, empty when there is none or it cannot be read."""
        try:
            value = json.loads(self.text(key, "{}"))
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}

    def put(self, key: str, value: str | bool | QByteArray | dict[str, Any]) -> None:
        """Store a value; Qt writes the file atomically."""
        if isinstance(value, bool):
            value = "yes" if value else "no"
        elif isinstance(value, dict):
            value = json.dumps(value)
        self._store.setValue(key, value)

    def remove(self, key: str) -> None:
        """Forget a value."""
        self._store.remove(key)

    def recent(self) -> list[str]:
        """Return the files opened last, newest first."""
        try:
            files = json.loads(self.text("recent", "[]"))
        except ValueError:
            return []
        return [name for name in files if isinstance(name, str)] if isinstance(files, list) else []

    def add_recent(self, path: str) -> None:
        """Put a file on top of the recent ones."""
        files = [path, *(name for name in self.recent() if name != path)]
        self._store.setValue("recent", json.dumps(files[:RECENT_LIMIT]))

    def clear_recent(self) -> None:
        """Forget the recent files."""
        self._store.setValue("recent", "[]")

    def sync(self) -> None:
        """Write what is pending to the disk."""
        self._store.sync()
