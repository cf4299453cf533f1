"""The engine as a child process: starting it, and ending it for certain."""

import logging
import os
import queue
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import monotonic, sleep
from typing import BinaryIO, cast

import platformdirs

from innervoice.engine.priority import ENGINE, stand_back

LOG_LIMIT = 4 << 20
"""Bytes of log that are kept before they move to the second file."""

_LOG = logging.getLogger(__name__)


def log_path(name: str = "engine") -> Path:
    """The file that takes what the engine (and a plugin in it) prints, and its last words when it crashes."""
    return Path(platformdirs.user_log_dir("innervoice", ensure_exists=True)) / f"{name}.log"


def turn_log(path: Path) -> None:
    """Move a log that has grown too large aside; the engine appends, so it goes on at the new start."""
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        older = path.with_suffix(".old.log")
        with path.open("rb") as stream:
            stream.seek(-LOG_LIMIT // 4, os.SEEK_END)
            older.write_bytes(stream.read())
        os.truncate(path, 0)


class EngineProcess:
    """One engine. It is spawned (never forked), talks on a private descriptor, and dies with its parent.

    Parameters
    ----------
    command : sequence of str
        What to run; ``--fd N`` is added.
    name : str
        What its log is called.
    nice : int
        How far it stands back behind the window.

    Raises
    ------
    OSError
        When the process cannot be started.
    """

    def __init__(
        self,
        command: Sequence[str] = (sys.executable, "-m", "innervoice.engine"),
        name: str = "engine",
        nice: int = ENGINE,
    ) -> None:
        ours, theirs = socket.socketpair()
        self.log = log_path(name)
        try:
            turn_log(self.log)
            with theirs, self.log.open("ab") as log:
                self._log_start = self.log.stat().st_size
                self._process = subprocess.Popen(
                    [*command, "--fd", str(theirs.fileno())],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    pass_fds=(theirs.fileno(),),
                    # A session of its own: Ctrl-C in the terminal is the window's business, and killing the
                    # group takes along what a plugin may have started.
                    start_new_session=True,
                )
        except BaseException:
            ours.close()
            raise
        stand_back(self._process.pid, nice)
        self._socket = ours
        self.reader = cast(BinaryIO, ours.makefile("rb"))
        self._writer = cast(BinaryIO, ours.makefile("wb"))

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def send(self, outbox: "queue.SimpleQueue[bytes | None]") -> None:
        """Write frames as they come, until None comes or the engine is gone."""
        try:
            while (frame := outbox.get()) is not None:
                self._writer.write(frame)
                self._writer.flush()
        except OSError as error:
            _LOG.info("the engine no longer listens: %s", error)

    def hang_up(self) -> None:
        """Close the connection; the engine ends by itself when it notices."""
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # the other side was first

    def ends_within(self, seconds: float) -> bool:
        """Wait for the end, but leave the status uncollected: until then its number belongs to it alone."""
        deadline = monotonic() + seconds
        while not self._has_ended():
            if monotonic() > deadline:
                return False
            sleep(0.01)
        return True

    def _has_ended(self) -> bool:
        try:
            return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
        except ChildProcessError:
            return True  # collected already

    def kill(self) -> None:
        """End the process and all it has started, now."""
        if self._process.returncode is None:
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                return  # nobody of the group is left, or only the dead one that `bury` will collect

    def bury(self, patience: float = 1.0) -> int:
        """Make sure that the process and what it has started are gone, collect its status, and give it."""
        self.ends_within(patience)
        self.kill()
        self._process.wait()
        for stream in (self.reader, self._writer):
            try:
                stream.close()
            except OSError:
                continue  # a last write that found no reader
        self._socket.close()
        return self._process.returncode

    def last_words(self, limit: int = 4000) -> str:
        """The end of what this engine has printed, for a report."""
        with self.log.open("rb") as stream:
            size = stream.seek(0, os.SEEK_END)
            begin = self._log_start if self._log_start <= size else 0
            stream.seek(max(begin, size - limit))
            return stream.read().decode(errors="replace").strip()


def how_it_ended(status: int) -> str:
    """The exit status in words."""
    if status >= 0:
        return f"exit status {status}"
    try:
        return f"signal {-status}, {signal.Signals(-status).name}"
    except ValueError:
        return f"signal {-status}"
