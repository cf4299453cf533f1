"""The engine process's ear and mouth: frames in, threads that work on them, frames out."""

import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Any, BinaryIO

from innervoice.engine.errors import EngineError, ProtocolError
from innervoice.engine.protocol import read_frame, write_frame
from innervoice.engine.service import Engine

QUICK = frozenset(
    {"hello", "models", "open_model", "card", "encode", "decode", "analyses", "generate", "foretell", "attention"}
) | {"plugins", "switch_plugin", "panel", "sound", "clips_of", "trainings", "foretold"}
"""Verbs that must not wait behind long jobs; they have threads of their own."""
PROGRESS_SECONDS = 0.1
PATIENCE = 2.0
"""Seconds that running jobs have to stop when the engine ends; what they have written is safe in any case."""


class Dispatcher:
    """Reads requests until the window hangs up, and answers each.

    Parameters
    ----------
    engine : Engine
    reader, writer : binary streams
        The connection to the window.
    """

    def __init__(self, engine: Engine, reader: BinaryIO, writer: BinaryIO) -> None:
        self._engine, self._reader, self._writer = engine, reader, writer
        self._sending = threading.Lock()
        self._open: dict[int, threading.Event] = {}
        self._changed = threading.Condition()
        self._quick = ThreadPoolExecutor(8, thread_name_prefix="innervoice-quick")
        self._jobs = ThreadPoolExecutor(4, thread_name_prefix="innervoice-job")

    def serve(self) -> int:
        """Answer until the connection ends; gives the process's exit status."""
        self._tell("starting", "", "", "Starting.")
        self._engine.warm_up(self._tell)
        status = 0
        try:
            while (frame := read_frame(self._reader)) is not None and self._take(*frame):
                pass
        except ProtocolError as error:
            print(f"innervoice engine: the window sent something that makes no sense: {error}", file=sys.stderr)
            self._tell("stopped", "", "", str(error))
            status = 1
        except OSError:
            status = 0  # the window is gone, which is the usual end
        self._end()
        return status

    def _take(self, head: dict[str, Any], body: bytes) -> bool:
        """Act on one frame; False for the last one."""
        request, verb = head.get("id"), head.get("verb")
        if not isinstance(request, int) or not isinstance(verb, str):
            raise ProtocolError("A request has no id or no verb.")
        if verb == "shutdown":
            return False
        if verb == "cancel":
            self._cancel(head.get("request"))
            return True
        with self._changed:
            cancelled = self._open[request] = threading.Event()
        pool = self._quick if verb in QUICK else self._jobs
        pool.submit(self._work, request, verb, head, body, cancelled)
        return True

    def _work(self, request: int, verb: str, head: dict[str, Any], body: bytes, cancelled: threading.Event) -> None:
        last = 0.0

        def progress(done: int, total: int, text: str) -> None:
            nonlocal last
            now = monotonic()
            if now - last >= PROGRESS_SECONDS or done >= total:
                last = now
                self._send({"id": request, "kind": "progress", "done": done, "total": total, "text": text})

        try:
            answer, data = self._engine.call(verb, head, body, progress, cancelled)
            self._send({"id": request, "kind": "done", "head": answer}, data)
        except EngineError as error:
            self._fail(request, error)
        except (ProtocolError, ValueError, TypeError) as error:
            self._fail(request, EngineError(f"The answer to {verb} cannot be sent: {error}"))
        finally:
            with self._changed:
                del self._open[request]
                self._changed.notify_all()

    def _fail(self, request: int, error: EngineError) -> None:
        head = {"id": request, "kind": "failed", "sentence": error.sentence[:4000], "cancelled": error.cancelled}
        self._send({**head, "detail": error.detail[-100_000:]})

    def _tell(self, phase: str, backend: str, device: str, detail: str) -> None:
        state = {"phase": phase, "backend": backend, "device": device, "detail": detail}
        self._send({"id": 0, "kind": "state", **state})

    def _send(self, head: dict[str, Any], body: bytes = b"") -> None:
        with self._sending:
            try:
                write_frame(self._writer, head, body)
            except OSError:
                return  # nobody listens any more; the reader notices too and ends the engine

    def _cancel(self, request: object) -> None:
        with self._changed:
            if isinstance(request, int) and request in self._open:
                self._open[request].set()

    def _end(self) -> None:
        """Stop what runs; queued requests meet their cancelled event as soon as they start."""
        with self._changed:
            for cancelled in self._open.values():
                cancelled.set()
            self._changed.wait_for(lambda: not self._open, PATIENCE)
        self._engine.close()
        self._quick.shutdown(wait=False, cancel_futures=True)
        self._jobs.shutdown(wait=False, cancel_futures=True)
