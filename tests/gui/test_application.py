"""What holds for the whole process of the window."""

import sys
from typing import Any


def test_the_window_waits_shortly_for_threads_that_compute_in_python(qapp: Any) -> None:
    """Each call of Qt's gives the interpreter up: what Python waits by default would be long between the calls."""
    assert sys.getswitchinterval() <= 0.0002
