"""The window's side of the engine: requests, their answers, and a new engine when one dies.

One supervising thread starts an engine, reads its frames until the connection ends, collects the process, and
starts the next. A second thread writes, so that a caller never waits for a busy engine; a third watches memory and
cancelled requests. Nothing here imports the framework, a model or a plugin.
"""

import logging
import queue
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from typing import Any

from innervoice.engine.child import EngineProcess, how_it_ended
from innervoice.engine.errors import EngineError, ProtocolError
from innervoice.engine.pending import Done, Failed, Pending, PendingRequests, Progressed, named
from innervoice.engine.protocol import frame_bytes, read_frame
from innervoice.engine.states import EngineState, Phase
from innervoice.engine.watch import Watch, over_limit

CANCEL_PATIENCE = 5.0
"""Seconds that a cancelled request has to stop before the engine is ended."""
DEATHS = 3
"""So many deaths within a minute are too many: then it is not worth starting another engine."""

_LOG = logging.getLogger(__name__)
_COMMAND = (sys.executable, "-m", "innervoice.engine")


class EngineClient:
    """Starts an engine, keeps one running, and carries requests to it.

    Callbacks (`on_state`, and those of `request`) come on the client's own threads; they must be short.

    Parameters
    ----------
    on_state : callable
        Told every EngineState.
    memory_limit : int
        Bytes; an engine that holds more is ended. The attribute can be set at any time.
    command : sequence of str
        The program to run as the engine.
    cancel_patience : float
        Seconds that a cancelled request has to stop.
    """

    def __init__(
        self,
        on_state: Callable[[EngineState], None],
        memory_limit: int = 12 << 30,
        *,
        command: Sequence[str] = _COMMAND,
        cancel_patience: float = CANCEL_PATIENCE,
    ) -> None:
        self._on_state, self.memory_limit = on_state, memory_limit
        self._command, self._cancel_patience = tuple(command), cancel_patience
        self._pending = PendingRequests()
        self._lock = threading.RLock()
        self._state = EngineState("stopped")
        self._process: EngineProcess | None = None
        self._outbox: queue.SimpleQueue[bytes | None] | None = None
        self._reason: str | None = None
        self._stopping = threading.Event()
        self._running = False
        self._supervisor: threading.Thread | None = None

    @property
    def state(self) -> EngineState:
        """The last state."""
        return self._state

    @property
    def pid(self) -> int | None:
        """The engine's process id, None while there is none."""
        with self._lock:
            return self._process.pid if self._process else None

    def start(self) -> None:
        """Start an engine and return at once; also after `stop`, and after too many deaths."""
        with self._lock:
            if self._running:
                return
            self._running, self._state = True, EngineState("starting")
            self._stopping.clear()
            self._supervisor = threading.Thread(target=self._supervise, name="innervoice-engine", daemon=True)
            self._supervisor.start()

    def stop(self, timeout: float = 5.0) -> None:
        """End the engine and wait for that; what does not end within `timeout` seconds is killed."""
        with self._lock:
            self._stopping.set()
            process, supervisor = self._process, self._supervisor
            listening = self._outbox is not None
            if self._outbox is not None:
                self._outbox.put(frame_bytes({"id": 0, "verb": "shutdown"}))
        # An engine that has not said a word yet does nothing that must be ended well.
        if process is not None and not (listening and process.ends_within(timeout)):
            process.kill()
        if supervisor is not None and supervisor is not threading.current_thread():
            supervisor.join()

    def request(
        self,
        verb: str,
        head: Mapping[str, Any] | None = None,
        body: bytes = b"",
        *,
        done: Done,
        failed: Failed,
        progress: Progressed | None = None,
    ) -> int:
        """Ask the engine for something and return at once.

        Parameters
        ----------
        verb : str
            One of the service's verbs.
        head : mapping
            The verb's arguments (JSON).
        body : bytes
            An array's little-endian bytes, at most 4 MiB.
        done, failed, progress : callable
            Exactly one of `done` (head, body) and `failed` (EngineError) is called, once. While no engine runs and
            none will be started, `failed` is called at once, from this thread.

        Returns
        -------
        int
            The request's number, for `cancel`.

        Raises
        ------
        EngineError
            When the message is too long to be sent.
        """
        request = self._pending.next_id()
        try:
            frame = frame_bytes({**(head or {}), "id": request, "verb": verb}, body)
        except ProtocolError as error:
            raise EngineError(str(error)) from error
        pending = Pending(request, verb, frame, done, failed, progress, named(verb, head))
        with self._lock:
            refused = not self._running and self._supervisor is not None
            if not refused:
                self._pending.add(pending)
                self._send(pending)
        if refused:
            failed(EngineError(f"The engine is stopped, so it cannot do this ({verb}); restart the engine."))
        return request

    def cancel(self, request: int) -> None:
        """Ask for the end of a request; one that has not been sent fails at once, from this thread."""
        with self._lock:
            pending = self._pending.get(request)
            if pending is None or pending.deadline is not None:
                return
            if pending.sent and self._outbox is not None:
                pending.deadline = monotonic() + self._cancel_patience
                self._outbox.put(frame_bytes({"id": 0, "verb": "cancel", "request": request}))
                return
            self._pending.take(request)
        pending.failed(EngineError(f"Cancelled ({pending.verb}).", cancelled=True))

    # On the supervising thread

    def _supervise(self) -> None:
        deaths: deque[float] = deque(maxlen=DEATHS)
        detail = ""
        self._tell(EngineState("starting"))
        while not self._stopping.is_set():
            try:
                process = EngineProcess(self._command)
            except OSError as error:
                detail = f"The engine could not be started ({error.strerror or error}); reinstall Innervoice."
                break
            detail = self._live(process)
            deaths.append(monotonic())
            too_many = len(deaths) == DEATHS and deaths[-1] - deaths[0] < 60
            if not too_many and not self._stopping.is_set():
                # Before the requests fail: who asks again by itself can tell that there is no need to complain.
                self._tell(EngineState("restarting", detail=detail))
            self._mourn(process, detail)
            if too_many and not self._stopping.is_set():
                detail = f"The engine ended {DEATHS} times within a minute, the last time so: {detail}"
                break
        self._stop_here("" if self._stopping.is_set() else detail)

    def _live(self, process: EngineProcess) -> str:
        """One engine's life; gives how it ended, as a sentence."""
        outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        writer = threading.Thread(target=process.send, args=(outbox,), name="innervoice-engine-writer", daemon=True)
        watch = Watch(lambda: self._look(process))
        with self._lock:
            self._process, self._reason = process, None
            if self._stopping.is_set():
                process.kill()
        writer.start()
        watch.start()
        broken = self._read(process, outbox)
        if broken:
            process.kill()
        with self._lock:
            self._outbox = None
        outbox.put(None)
        process.hang_up()
        writer.join()
        status = process.bury()
        watch.end()
        with self._lock:
            self._process = None
        return broken or self._why(status)

    def _read(self, process: EngineProcess, outbox: "queue.SimpleQueue[bytes | None]") -> str | None:
        """Read frames until the connection ends; a sentence when it ended in disorder."""
        try:
            while (frame := read_frame(process.reader)) is not None:
                with self._lock:
                    if self._outbox is None and not self._stopping.is_set():
                        self._outbox = outbox
                        for pending in self._pending.unsent():
                            self._send(pending)
                self._take(*frame)
        except ProtocolError as error:
            return f"The engine sent something that makes no sense: {error}"
        except OSError as error:
            _LOG.info("the connection to the engine broke: %s", error)
        return None

    def _take(self, head: dict[str, Any], body: bytes) -> None:
        kind, request = head.get("kind"), int(head.get("id", 0))
        if kind == "state":
            # A new engine says that it starts; the window has been told that it restarts.
            phase: Phase = "ready" if head["phase"] == "ready" else self._state.phase
            self._tell(EngineState(phase, head["backend"], head["device"], head["detail"]))
        elif kind == "progress":
            pending = self._pending.get(request)
            if pending is not None and pending.progress is not None:
                report = pending.estimate.progress(head["done"], head["total"], head["text"])
                _call(pending.progress, report)
        elif (pending := self._pending.take(request)) is None:
            _LOG.info("the engine answered request %s, which nobody waits for", request)
        elif kind == "done":
            _call(pending.done, head["head"], body)
        else:
            _call(pending.failed, EngineError(head["sentence"], head["detail"], head["cancelled"]))

    def _why(self, status: int) -> str:
        if self._stopping.is_set():
            return "The engine was stopped before it did this; restart the engine."
        return self._reason or f"The engine ended unexpectedly ({how_it_ended(status)})."

    def _mourn(self, process: EngineProcess, reason: str) -> None:
        for pending in self._pending.take_sent():
            cancelled = pending.deadline is not None or self._stopping.is_set()
            sentence = reason if cancelled else f"{reason} This ({pending.what}) was lost with it; try again."
            _call(pending.failed, EngineError(sentence, process.last_words(), cancelled))

    def _stop_here(self, detail: str) -> None:
        with self._lock:
            self._running, self._state = False, EngineState("stopped", detail=detail)
        for pending in self._pending.take_all():
            sentence = detail or "The engine was stopped before it did this; restart the engine."
            _call(pending.failed, EngineError(sentence, cancelled=not detail))
        self._tell(self._state)

    def _tell(self, state: EngineState) -> None:
        self._state = state
        _call(self._on_state, state)

    # On any thread

    def _send(self, pending: Pending) -> None:
        """Give a request to the engine if one listens; the caller holds the lock."""
        if self._outbox is not None:
            pending.sent = True
            self._outbox.put(pending.frame)

    def _look(self, process: EngineProcess) -> None:
        late = self._pending.overdue(monotonic())
        reason = over_limit(process, self.memory_limit)
        if late is not None:
            reason = f"The engine was ended because {late.what} did not stop when it was cancelled."
        if reason is not None:
            with self._lock:
                self._reason = reason
            process.kill()


def _call(function: Callable[..., None], *values: Any) -> None:
    """Call back; an error in the window's code must not end the connection."""
    try:
        function(*values)
    except Exception:  # noqa: BLE001 - it is logged, and no request may end the connection for the others
        _LOG.exception("a callback of an engine request failed")
