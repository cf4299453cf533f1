"""Keeping a framework's own words off the terminal.

TensorFlow's C++ code writes to descriptor 2 while it is imported, before any logging can be configured, and a plugin
may print. Standard output belongs to the answer of a command and standard error to its progress and its one error.
"""

import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def hushed(debug: bool = False) -> Iterator[None]:
    """Let nobody but `sys.stderr`'s own users write to the terminal inside; with `debug`, let everybody.

    Descriptors 1 and 2 lead nowhere inside. `sys.stderr` goes on to lead where it led; what a library prints to
    `sys.stdout` is dropped.
    """
    if debug:
        yield
        return
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    before = sys.stdout, sys.stderr
    sys.stdout.flush()
    sys.stderr.flush()
    kept = os.dup(1), os.dup(2)
    with open(os.devnull, "w", encoding="utf-8") as nowhere, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if _leads_to(sys.stderr, 2):
            sys.stderr = os.fdopen(os.dup(2), "w", encoding="utf-8", errors="backslashreplace", buffering=1)
        sys.stdout = nowhere
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        try:
            yield
        finally:
            private = sys.stderr
            sys.stdout, sys.stderr = before
            os.dup2(kept[0], 1)
            os.dup2(kept[1], 2)
            os.close(kept[0])
            os.close(kept[1])
            if private is not before[1]:
                private.close()


def _leads_to(stream: object, descriptor: int) -> bool:
    try:
        return bool(stream.fileno() == descriptor)  # type: ignore[attr-defined]
    except (OSError, AttributeError):  # a test's stream, which is no file
        return False
