"""The life of an engine process, from its descriptor to its end."""

import ctypes
import faulthandler
import io
import os
import signal
import socket
import sys
from typing import BinaryIO, NoReturn, cast

import psutil

from innervoice.engine.dispatcher import Dispatcher
from innervoice.engine.service import Engine

SWITCH_SECONDS = 0.0005
"""A slider's thread waits so long for the interpreter when an analysis computes in pure Python (default 0.005)."""


def serve(descriptor: int, engine: Engine) -> NoReturn:
    """Serve the window at the other end of this socket, and end the process when it hangs up.

    Parameters
    ----------
    descriptor : int
        A connected stream socket.
    engine : Engine
        What answers.
    """
    die_with_parent()
    # The window decides when the engine ends, also at Ctrl-C.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    faulthandler.enable()
    sys.setswitchinterval(SWITCH_SECONDS)
    connection = socket.socket(fileno=descriptor)
    reader = cast(BinaryIO, connection.makefile("rb"))
    writer = cast(BinaryIO, connection.makefile("wb"))
    # What a plugin prints goes to the log at once, so that it is there when the plugin crashes.
    cast(io.TextIOWrapper, sys.stdout).reconfigure(line_buffering=True)
    status = Dispatcher(engine, reader, writer).serve()
    for child in psutil.Process().children(recursive=True):
        child.kill()  # a plugin's workers
    sys.stdout.flush()
    sys.stderr.flush()
    # Not the interpreter's own exit: it would wait for a plugin that hangs, and frameworks crash in it.
    os._exit(status)


def die_with_parent() -> None:
    """Let the kernel end this process with the window, even when native code holds the interpreter for good."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None, use_errno=True).prctl(set_parent_death_signal, signal.SIGKILL)
