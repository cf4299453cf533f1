"""Who runs a run: a process, named so that no later process can be taken for it."""

import os
import socket

import psutil


def this_process() -> str:
    """Host, process id and start time of this process."""
    return f"{socket.gethostname()}/{os.getpid()}/{psutil.Process().create_time():.2f}"


def is_alive(owner: str) -> bool:
    """Whether that process is still there on this machine; ids are used again, start times are not."""
    host, _, rest = owner.rpartition("/")[0].partition("/")
    if host != socket.gethostname() or not rest.isdigit():
        return False
    try:
        process = psutil.Process(int(rest))
        started, ended = process.create_time(), process.status() == psutil.STATUS_ZOMBIE
    except (psutil.Error, OverflowError):
        return False
    return not ended and f"{started:.2f}" == owner.rpartition("/")[2]
