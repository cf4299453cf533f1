"""The engine and trainings stand back: window and sound never wait for them where processors are few."""

import logging
from pathlib import Path

import psutil

ENGINE, TRAINING = 5, 10
"""How nice they are, as nice(1) has it: 0 is everybody, 19 gives way to all."""
_LOG = logging.getLogger(__name__)


def stand_back(pid: int, nice: int) -> None:
    """Lower a child's priority, before it has threads that would keep theirs.

    A child with a session of its own has a share of the processors of its own too where Linux groups processes by
    session (sched(7), "The autogroup feature"): there the nice value counts among its own threads alone, and the group
    has another.

    Parameters
    ----------
    pid : int
        A process that leads its session.
    nice : int
        `ENGINE` or `TRAINING`.
    """
    group = Path(f"/proc/{pid}/autogroup")
    try:
        psutil.Process(pid).nice(nice)
    except psutil.Error as error:
        _LOG.info("process %d keeps the usual priority: %s", pid, error)
    try:
        if group.exists():
            group.write_text(str(nice), encoding="ascii")
    except OSError as error:  # Linux lets a person do it ten times a second
        _LOG.info("the session of process %d keeps the usual priority: %s", pid, error)
