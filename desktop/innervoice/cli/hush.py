"""Keeping a framework's own words off the terminal.

TensorFlow's C++ code writes to descriptor 2 while it is imported, before any logging can be configured; libraries log
to `sys.stderr`; a plugin may print. Standard output belongs to the answer of a command, standard error to its progress
and its one error.
"""

import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

_ours: list[TextIO] = []


def terminal() -> TextIO:
    """Return standard error for the command's own words, which are heard inside `hushed` too."""
    return _ours[-1] if _ours else sys.stderr


@contextmanager
def hushed(debug: bool = False) -> Iterator[None]:
    """Let nothing but what is written to `terminal()` reach the terminal inside; with `debug`, let everything."""
    if debug:
        yield
        return
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    streams = sys.stdout, sys.stderr
    for stream in streams:
        stream.flush()
    kept = os.dup(1), os.dup(2)
    private = os.fdopen(os.dup(2), "w", encoding="utf-8", errors="backslashreplace", buffering=1)
    # A test's stream is no file and stays what it is.
    _ours.append(private if _leads_to(sys.stderr, 2) else sys.stderr)
    with private, open(os.devnull, "w", encoding="utf-8") as nowhere, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sys.stdout = sys.stderr = nowhere
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        try:
            yield
        finally:
            _ours.pop()
            sys.stdout, sys.stderr = streams
            for descriptor, before in enumerate(kept, start=1):
                os.dup2(before, descriptor)
                os.close(before)


def _leads_to(stream: TextIO, descriptor: int) -> bool:
    try:
        return stream.fileno() == descriptor
    except OSError:
        return False
