"""A look at the engine from outside, twice a second: its memory, its log, and requests that do not stop."""

import logging
import threading
from collections.abc import Callable

import psutil

from innervoice.engine.child import EngineProcess, turn_log

INTERVAL = 0.5

_LOG = logging.getLogger(__name__)


def memory_of(pid: int) -> int:
    """Bytes of memory that a process holds; 0 when it is gone."""
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0


class Watch:
    """Calls `look` until it is ended; one thread."""

    def __init__(self, look: Callable[[], None]) -> None:
        self._look = look
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="innervoice-engine-watch", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def end(self) -> None:
        """End the thread, and wait for that."""
        self._ended.set()
        if self._thread is not threading.current_thread():
            self._thread.join()

    def _run(self) -> None:
        while not self._ended.wait(INTERVAL):
            try:
                self._look()
            except Exception:  # noqa: BLE001 - one look that fails (a log that cannot be turned) must not be the last
                _LOG.exception("the look at the engine failed")


def over_limit(process: EngineProcess, limit: int) -> str | None:
    """Why this engine must end, or None; also keeps its log short."""
    turn_log(process.log)
    used = memory_of(process.pid)
    if used <= limit:
        return None
    return (
        f"The engine used {used / 2**30:.1f} GiB of memory, more than the limit of {limit / 2**30:.1f} GiB,"
        " and was ended; try with fewer clips or raise the limit in the settings."
    )
