"""The requests that the window waits for."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from innervoice.engine.errors import EngineError
from innervoice.engine.states import Estimate, Progress

Done = Callable[[dict[str, Any], bytes], None]
Failed = Callable[[EngineError], None]
Progressed = Callable[[Progress], None]
OF_A_MODEL = frozenset({"decode", "sound", "clips_of"})


@dataclass
class Pending:
    """One request: its frame, whom to tell, how far it is, and what it is called when it is lost."""

    id: int
    verb: str
    frame: bytes
    done: Done
    failed: Failed
    progress: Progressed | None
    what: str = ""
    sent: bool = False
    deadline: float | None = None
    estimate: Estimate = field(default_factory=Estimate)


def named(verb: str, head: Mapping[str, Any] | None) -> str:
    """What a request is called: the analysis or the model, and the plugin that brought it where the caller knows."""
    given = head or {}
    model, plugin = given.get("model"), given.get("plugin")
    by = f" of the plugin {plugin}" if plugin else ""
    if verb == "open_model" and model:
        return f"opening the model {model}{by}"
    if verb in OF_A_MODEL and model:
        return f"{verb} with {model}"
    if verb != "run" or not given.get("analysis"):
        return verb
    return f"the analysis {given['analysis']}{by}" + (f", with the model {model}" if model else "")


class PendingRequests:
    """The open requests, by id; safe to use from every thread. Whoever takes one out must answer it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[int, Pending] = {}
        self._last = 0

    def next_id(self) -> int:
        """A number no request had before."""
        with self._lock:
            self._last += 1
            return self._last

    def add(self, pending: Pending) -> None:
        """Keep a request."""
        with self._lock:
            self._open[pending.id] = pending

    def get(self, request: int) -> Pending | None:
        """Look at a request."""
        with self._lock:
            return self._open.get(request)

    def take(self, request: int) -> Pending | None:
        """Take a request out."""
        with self._lock:
            return self._open.pop(request, None)

    def take_sent(self) -> list[Pending]:
        """Take out those that an engine has been given; the others can still go to the next one."""
        with self._lock:
            taken = [pending for pending in self._open.values() if pending.sent]
            self._open = {key: pending for key, pending in self._open.items() if not pending.sent}
            return taken

    def take_all(self) -> list[Pending]:
        """Take all out."""
        with self._lock:
            taken, self._open = list(self._open.values()), {}
            return taken

    def unsent(self) -> list[Pending]:
        """Those that no engine has been given, oldest first."""
        with self._lock:
            return [pending for pending in self._open.values() if not pending.sent]

    def overdue(self, now: float) -> Pending | None:
        """One that was cancelled and has not stopped in time."""
        with self._lock:
            late = [one for one in self._open.values() if one.deadline is not None and one.deadline < now]
            return late[0] if late else None
