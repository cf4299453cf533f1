"""A training in a process of its own: ``python -m innervoice.engine.training_child --fd N``, started by the window.

It reads one frame, the order: ``{"kind", "corpora", "out", "settings", "resume", "begin_from", "backend"}``. A second
one, or the end of the connection, stops it at the next step, after a checkpoint. It writes ``{"kind": "progress",
"done", "total", "text", "seconds_left"}``, ``{"kind": "curve", "part", "entry"}``, and at the end one of ``done``,
``stopped`` and ``failed``.
"""

import argparse
import faulthandler
import os
import signal
import socket
import threading
from collections.abc import Mapping
from pathlib import Path
from time import monotonic, sleep
from typing import Any, BinaryIO, cast

from innervoice.engine.errors import EngineError, ProtocolError
from innervoice.engine.protocol import read_frame, write_frame
from innervoice.engine.states import Estimate
from innervoice.engine.translating import in_words

EVERY_SECONDS = 0.2
"""Between two words about progress."""
PATIENCE = 120.0
"""Seconds for the step in hand and the checkpoint, once the window is gone: nothing may be left behind for good."""


class _Stopped(Exception):
    """The window wants the training to end; the checkpoint is on the disk."""


class TrainingChild:
    """Does one order, and tells the window how far it is.

    Parameters
    ----------
    reader, writer : binary streams
        The connection to the window.
    """

    def __init__(self, reader: BinaryIO, writer: BinaryIO) -> None:
        self._reader, self._writer = reader, writer
        self._stop = threading.Event()
        self._estimate = Estimate()
        self._told = 0.0

    def work(self) -> None:
        """Read the order, train, and say how it ended."""
        frame = read_frame(self._reader)
        if frame is None:
            return
        threading.Thread(target=self._listen, name="innervoice-training-ear", daemon=True).start()
        self._tell({"kind": "progress", "done": 0, "total": 0, "text": "", "seconds_left": None})
        try:
            _refuse_to_overwrite(frame[0])
            card = self._train(frame[0])
        except _Stopped:
            self._tell({"kind": "stopped"})
        except Exception as error:  # noqa: BLE001 - whatever it is, the window says it in a sentence
            failure = in_words(error, "training")
            self._tell({"kind": "failed", "sentence": failure.sentence[:4000], "detail": failure.detail[-100_000:]})
        else:
            figures = {name: card[name] for name in ("steps", "seconds", "songs", "clips", "held_out")}
            self._tell({"kind": "done", "card": figures})

    def _train(self, order: Mapping[str, Any]) -> dict[str, Any]:
        from innervoice.training.backend import choose_training_backend

        if order.get("backend"):
            os.environ["INNERVOICE_BACKEND"] = str(order["backend"])
        choose_training_backend()
        from innervoice.training.train import train

        out = Path(order["out"])
        out.parent.mkdir(parents=True, exist_ok=True)
        settings = {str(name): str(value) for name, value in order["settings"].items()}
        corpora = [Path(path) for path in order["corpora"]]
        begin_from = order.get("begin_from") or None
        return train(
            order["kind"], corpora, out, settings, bool(order["resume"]), begin_from, self._report, self._follow
        )

    def _report(self, done: int, total: int, text: str) -> None:
        if self._stop.is_set():
            raise _Stopped
        now = monotonic()
        left = self._estimate.progress(done, total, text, now).seconds_left
        if now - self._told >= EVERY_SECONDS or done >= total:
            self._told = now
            self._tell({"kind": "progress", "done": done, "total": total, "text": text, "seconds_left": left})

    def _follow(self, part: str, entry: Mapping[str, float]) -> None:
        self._tell({"kind": "curve", "part": part, "entry": dict(entry)})

    def _listen(self) -> None:
        """Wait for the word to stop, or for the window's end."""
        try:
            while read_frame(self._reader) is not None:
                self._stop.set()
        except (ProtocolError, OSError) as error:
            print(f"innervoice training: the connection broke: {error}", flush=True)
        self._stop.set()
        sleep(PATIENCE)
        os._exit(1)

    def _tell(self, head: dict[str, Any]) -> None:
        try:
            write_frame(self._writer, head)
        except OSError:
            self._stop.set()  # nobody listens any more: stop at the next step, and keep what was learned


def _refuse_to_overwrite(order: Mapping[str, Any]) -> None:
    out = Path(order["out"])
    if order["resume"]:
        return
    if out.with_name(f"{out.name}.training").exists():
        raise EngineError(f"A training of {out.name} was begun here before; go on with it, or give another name.")
    if out.with_name(f"{out.name}.safetensors").exists():
        raise EngineError(f"There is a model {out.name} in {out.parent} already; give another name.")


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(prog="innervoice.engine.training_child", description=__doc__)
    parser.add_argument("--fd", type=int, required=True, help="descriptor of the socket to the window")
    options = parser.parse_args()
    # The window decides when the training ends, also at Ctrl-C.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    faulthandler.enable()
    connection = socket.socket(fileno=options.fd)
    child = TrainingChild(cast(BinaryIO, connection.makefile("rb")), cast(BinaryIO, connection.makefile("wb")))
    child.work()
    # Not the interpreter's own exit: frameworks crash in it.
    os._exit(0)


if __name__ == "__main__":
    main()
