"""What every verb has at hand: where to write, progress, the engine, and whether the user wants to stop."""

import json
import signal
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

from innervoice.cli.errors import CommandError
from innervoice.cli.hush import hushed, terminal
from innervoice.cli.progress import ProgressLine

PROGRAM = "innervoice"


class Console:
    """The terminal of one command.

    Parameters
    ----------
    quiet : bool
        No progress.
    debug : bool
        Tracebacks, and whatever the libraries have to say.
    as_json : bool
        Answers as JSON.
    """

    def __init__(self, quiet: bool = False, debug: bool = False, as_json: bool = False) -> None:
        self.quiet = quiet
        self.debug = debug
        self.as_json = as_json
        self.cancelled = threading.Event()
        self.progress = ProgressLine(quiet)

    def answer(self, data: Any, text: str) -> None:
        """Write the command's answer to standard output: `data` for a program, or `text` for a person."""
        self.progress.clear()
        print(json.dumps(data, indent=2, ensure_ascii=False) if self.as_json else text)

    def note(self, sentence: str) -> None:
        """Write one line to standard error."""
        self.progress.clear()
        print(f"{PROGRAM}: {one_line(sentence)}", file=terminal(), flush=True)

    def call(self, engine: Any, verb: str, head: Mapping[str, Any], body: bytes = b"") -> tuple[dict[str, Any], bytes]:
        """Ask the engine, showing its progress, until it answers or the user stops it."""
        head, body = engine.call(verb, head, body, progress=self.progress, cancelled=self.cancelled)
        self.progress.clear()
        return dict(head), body

    def open_model(self, engine: Any, name: str) -> dict[str, Any]:
        """Let the engine load a model, which takes seconds; return its entry in the catalogue."""
        self.progress(0, 0, f"Loading {name}")
        return self.call(engine, "open_model", {"model": name})[0]

    def open_melody_model(self, engine: Any, name: str) -> dict[str, Any]:
        """Let the engine load a model that encodes and decodes melodies.

        Raises
        ------
        CommandError
            When the model is for something else.
        """
        model = self.open_model(engine, name)
        if model.get("why_not_melodies"):
            raise CommandError(
                f"{model['name']} is not for melodies: {model['why_not_melodies']}; choose a MusicVAE, see: "
                f"{PROGRAM} models"
            )
        return model

    @contextmanager
    def engine(self) -> Iterator[Any]:
        """Give an engine of this process's own; nothing inside reaches the terminal but notes and progress."""
        with hushed(self.debug):
            from innervoice.engine.service import Engine

            engine = Engine()
            try:
                yield engine
            finally:
                engine.close()

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        """Make the first Ctrl-C stop the work where it is safe, and the second at once."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = signal.signal(signal.SIGINT, self._interrupted)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    def _interrupted(self, number: int, frame: FrameType | None) -> None:
        if self.cancelled.is_set():
            raise KeyboardInterrupt
        self.cancelled.set()
        self.note("stopping; press Ctrl-C again to stop at once")


def one_line(text: str) -> str:
    """Return text without line breaks."""
    return " ".join(text.split())


def counted(number: int, thing: str) -> str:
    """Return ``1 clip``, ``2 clips``."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def columns(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return a table with aligned columns, a header line first."""
    lines = [tuple(header), *(tuple(str(cell) for cell in row) for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(header))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )
