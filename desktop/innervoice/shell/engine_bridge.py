"""The engine's client as Qt signals: what comes on its reader thread is handed to the main thread."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

BACKEND = "INNERVOICE_BACKEND"
Done = Callable[[Mapping[str, Any], bytes], None]
Failed = Callable[[Exception], None]


class EngineBridge(QObject):
    """Asks the engine and calls back on the main thread.

    Parameters
    ----------
    make_client : callable
        Takes the state callback, returns an `innervoice.engine.client.EngineClient` (or a test's fake of it).
    """

    state_changed = Signal(object)
    _arrived = Signal(object)

    def __init__(self, make_client: Callable[[Callable[[Any], None]], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._closed = False
        self._first_backend = os.environ.get(BACKEND)
        self._replacing = False
        self._replacement: threading.Thread | None = None
        self.state: Any = None
        self._arrived.connect(self._run, Qt.ConnectionType.QueuedConnection)
        self._client = make_client(self._on_state)

    def start(self) -> None:
        """Start the engine's process; returns at once."""
        self._client.start()

    def configure(self, memory_limit: int, backend: str) -> None:
        """Say how the engine runs: its limit in bytes at once, its backend (empty: any) from the next start."""
        self._client.memory_limit = memory_limit
        if backend:
            os.environ[BACKEND] = backend  # the engine is a child and inherits it
        elif self._first_backend is None:
            os.environ.pop(BACKEND, None)
        else:
            os.environ[BACKEND] = self._first_backend

    def replace(self) -> None:
        """End the engine and start another; on a thread, for the end is waited for."""
        if self._replacement is None or not self._replacement.is_alive():
            self._replacing = True
            self._replacement = threading.Thread(target=self._replace, name="innervoice-engine-replacement")
            self._replacement.start()

    def _replace(self) -> None:
        self._client.stop()
        self._client.start()

    @property
    def ready(self) -> bool:
        """Whether the engine answers; one that is being replaced does not."""
        return self.state is not None and self.state.phase == "ready" and not self._replacing

    def request(
        self,
        verb: str,
        head: Mapping[str, Any] | None = None,
        body: bytes = b"",
        *,
        done: Done | None = None,
        failed: Failed | None = None,
        progress: Callable[[Any], None] | None = None,
    ) -> int:
        """Send a request; exactly one of `done` and `failed` follows, on the main thread."""
        return int(
            self._client.request(
                verb,
                dict(head or {}),
                body,
                done=lambda answer, data: self._hand_over(lambda: done(answer, data) if done else None),
                failed=lambda error: self._hand_over(lambda: failed(error) if failed else None),
                progress=(lambda step: self._hand_over(lambda: progress(step))) if progress else None,
            )
        )

    def cancel(self, number: int) -> None:
        """Ask the engine to give up a request."""
        self._client.cancel(number)

    def stop(self) -> None:
        """End the engine; nothing is called back afterwards."""
        self._closed = True
        if self._replacement is not None:
            self._replacement.join()
        self._client.stop()

    def _on_state(self, state: Any) -> None:
        self._hand_over(lambda: self._set_state(state))

    def _hand_over(self, call: Callable[[], None]) -> None:
        if not self._closed:
            self._arrived.emit(call)

    def _set_state(self, state: Any) -> None:
        if self._replacing and state.phase == "stopped":
            state = replace(state, phase="starting", detail="")  # that end was wanted
        elif state.phase == "starting":
            self._replacing = False
        self.state = state
        self.state_changed.emit(state)

    @Slot(object)
    def _run(self, call: Callable[[], None]) -> None:
        if not self._closed:
            call()
