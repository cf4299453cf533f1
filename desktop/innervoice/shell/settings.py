"""The window's settings: an INI file that can be deleted at any time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

from innervoice.shell.settings_writer import SettingsWriter

RECENT_LIMIT = 10
LAYOUT_VERSION = 2


class Settings:
    """Typed access to the INI file; a damaged value is the same as no value.

    The file is read once; what is put holds at once, and is written by a thread.

    Parameters
    ----------
    path : Path
        The INI file; made on the first write.
    """

    def __init__(self, path: Path) -> None:
        store = QSettings(str(path), QSettings.Format.IniFormat)
        self._values: dict[str, Any] = {key: store.value(key) for key in store.allKeys() if key}
        self._writer = SettingsWriter(path)

    def text(self, key: str, default: str = "") -> str:
        """Return a stored text."""
        value = self._values.get(key, default)
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
        value = self._values.get(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def record(self, key: str) -> dict[str, Any]:
        """Return a stored JSON object, empty when there is none or it cannot be read."""
        try:
            value = json.loads(self.text(key, "{}"))
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}

    def put(self, key: str, value: str | bool | QByteArray | dict[str, Any]) -> None:
        """Keep a value; the file is written soon, and atomically."""
        if isinstance(value, bool):
            value = "yes" if value else "no"
        elif isinstance(value, dict):
            value = json.dumps(value)
        self._values[key] = value
        self._writer.put(key, value)

    def remove(self, key: str) -> None:
        """Forget a value."""
        self._values.pop(key, None)
        self._writer.put(key, None)

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
        self.put("recent", json.dumps(files[:RECENT_LIMIT]))

    def clear_recent(self) -> None:
        """Forget the recent files."""
        self.put("recent", "[]")

    def sync(self) -> None:
        """Return once everything is written."""
        self._writer.flush()
