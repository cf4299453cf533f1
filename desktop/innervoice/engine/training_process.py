"""The window's side of a training: it starts the process, hears how far it is, stops it, and sees it end.

One thread for each training starts the process, reads its frames until the connection ends, and collects it. Nothing
here imports the framework or the training.
"""

import logging
import queue
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from innervoice.engine.child import EngineProcess, how_it_ended
from innervoice.engine.errors import ProtocolError
from innervoice.engine.priority import TRAINING
from innervoice.engine.protocol import frame_bytes, read_frame

COMMAND = (sys.executable, "-m", "innervoice.engine.training_child")
LOG = "training"
LAST = ("done", "stopped", "failed")
"""Kinds of frames after which nothing follows."""

_LOG = logging.getLogger(__name__)


class TrainingProcess:
    """One training.

    Parameters
    ----------
    order : mapping
        See :mod:`innervoice.engine.training_child`.
    told : callable
        Gets every frame's head, on the thread of this training; exactly one of the kinds `LAST` comes, as the last.
    command : sequence of str
        The program that trains.
    """

    def __init__(
        self, order: Mapping[str, Any], told: Callable[[dict[str, Any]], None], command: Sequence[str] = COMMAND
    ) -> None:
        self._told, self._command = told, tuple(command)
        self._outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._outbox.put(frame_bytes(order))
        self._lock = threading.Lock()
        self._process: EngineProcess | None = None
        self._killed = False
        self._thread = threading.Thread(target=self._live, name="innervoice-training", daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int | None:
        """The process id, None before it is started and after its end."""
        with self._lock:
            return self._process.pid if self._process is not None else None

    def stop(self) -> None:
        """Ask it to end after the step in hand, with a checkpoint; returns at once."""
        self._outbox.put(frame_bytes({"verb": "stop"}))

    def end(self, patience: float) -> None:
        """Stop it and wait; what does not end within `patience` seconds is killed: its last checkpoint holds."""
        self.stop()
        self._thread.join(patience)
        with self._lock:
            self._killed = True
            if self._process is not None:
                self._process.kill()
        self._thread.join()

    def _live(self) -> None:
        try:
            process = EngineProcess(self._command, LOG, TRAINING)
        except OSError as error:
            self._tell(
                {"kind": "failed", "sentence": f"The training could not be started ({error.strerror or error})."}
            )
            return
        with self._lock:
            self._process = process
            if self._killed:
                process.kill()
        writer = threading.Thread(target=process.send, args=(self._outbox,), name="innervoice-training-writer")
        writer.start()
        last = self._read(process)
        self._outbox.put(None)
        process.hang_up()
        writer.join()
        with self._lock:
            self._process = None
        # A process that has said its last word has written everything.
        status = process.bury(0.0 if last else 1.0)
        if not last:
            last = self._broken(status)
            last["detail"] = process.last_words()
        self._tell(last)

    def _read(self, process: EngineProcess) -> dict[str, Any]:
        """Hand on what comes; return the last word, empty where there was none."""
        try:
            while (frame := read_frame(process.reader)) is not None:
                if frame[0].get("kind") in LAST:
                    return frame[0]
                self._tell(frame[0])
        except (ProtocolError, OSError) as error:
            _LOG.info("the connection to the training broke: %s", error)
        return {}

    def _broken(self, status: int) -> dict[str, Any]:
        if self._killed:
            return {"kind": "stopped"}
        sentence = (
            f"The training ended unexpectedly ({how_it_ended(status)}); go on from its last checkpoint with Resume."
        )
        return {"kind": "failed", "sentence": sentence}

    def _tell(self, head: dict[str, Any]) -> None:
        try:
            self._told(head)
        except Exception:  # noqa: BLE001 - an error in the window's code must not end the training
            _LOG.exception("a callback of the training failed")
