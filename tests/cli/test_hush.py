"""Nothing of a library's own words reaches the terminal."""

import subprocess
import sys

NOISE = """
import logging, os, sys, warnings
from innervoice.cli.hush import hushed, terminal
print("before")
with hushed(debug={debug}):
    os.write(1, b"native chatter\\n")
    os.write(2, b"native warning\\n")
    print("python chatter")
    warnings.warn("python warning")
    print("progress", file=terminal(), flush=True)
    print("library log", file=sys.stderr)
    logging.getLogger("library").warning("library log")
os.write(2, b"after\\n")
print("after")
"""


def run(debug: bool) -> tuple[list[str], list[str]]:
    code = NOISE.format(debug=debug)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.splitlines(), done.stderr.splitlines()


def test_only_what_we_say_on_standard_error_comes_through() -> None:
    assert run(debug=False) == (["before", "after"], ["progress", "after"])


def test_with_debug_everything_does() -> None:
    out, err = run(debug=True)
    assert {"native chatter", "python chatter"} <= set(out)
    assert "native warning" in err
    assert any("python warning" in line for line in err)
