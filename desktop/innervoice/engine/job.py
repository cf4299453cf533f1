"""One request inside the engine: its arguments, checked as they are read, its progress, and whether to stop."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from innervoice.engine.errors import EngineError
from innervoice.plugin.context import Cancelled

Report = Callable[[int, int, str], None]
Answer = tuple[dict[str, Any], bytes]


def silent(done: int, total: int, text: str) -> None:
    """For a caller who does not want to know."""


@dataclass(frozen=True)
class Job:
    """What a verb works on."""

    verb: str
    head: Mapping[str, Any]
    body: bytes = b""
    report: Report = silent
    cancelled: threading.Event = field(default_factory=threading.Event)

    def text(self, name: str, default: str | None = None) -> str:
        """An argument that is text, EngineError when it is missing or something else."""
        value = self.head.get(name, default)
        if not isinstance(value, str):
            raise self._wrong(name, "text")
        return value

    def whole(self, name: str, default: int | None = None) -> int:
        """An argument that is a whole number."""
        value = self.head.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._wrong(name, "a whole number")
        return value

    def number(self, name: str, default: float) -> float:
        """An argument that is a number."""
        value = self.head.get(name, default)
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise self._wrong(name, "a number")
        return float(value)

    def mapping(self, name: str) -> dict[str, Any]:
        """An argument that is a JSON object; empty when it is absent."""
        value = self.head.get(name, {})
        if not isinstance(value, dict):
            raise self._wrong(name, "an object")
        return value

    def texts(self, name: str) -> list[str]:
        """An argument that is a list of texts."""
        value = self.head.get(name)
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self._wrong(name, "a list of texts")
        return value

    def wholes(self, name: str) -> list[int]:
        """An argument that is a list of whole numbers."""
        value = self.head.get(name)
        if not isinstance(value, list) or not all(isinstance(one, int) and not isinstance(one, bool) for one in value):
            raise self._wrong(name, "a list of whole numbers")
        return value

    def has(self, name: str) -> bool:
        """Whether an argument is there and not null."""
        return self.head.get(name) is not None

    def _wrong(self, name: str, kind: str) -> EngineError:
        return EngineError(f"{self.verb} needs {name} ({kind}); {self.head.get(name)!r} was given.")

    def check(self) -> None:
        """Stop here if the user wants it.

        Raises
        ------
        Cancelled
            The plugin interface's, so that an analysis lets it pass.
        """
        if self.cancelled.is_set():
            raise Cancelled(f"Cancelled ({self.verb}).")

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Tell how far the job is, and stop here if the user wants it."""
        self.check()
        self.report(done, total, text)
