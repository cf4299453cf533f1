"""The program as a process: started, watched through its log, ended as a session ends it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

DRIVEN = Path(__file__).with_name("driven.py")
PATIENCE = 120.0
"""Seconds after which a test gives up waiting; a guard against hanging, not a measure."""


class Program:
    """One run of the program."""

    def __init__(self, home: Path, *arguments: str, model: str = "toy") -> None:
        self.home = home
        home.mkdir(exist_ok=True)
        settings = home / "innervoice.ini"
        if not settings.exists() and model:
            settings.write_text(f'[General]\nmodel="{{\\"name\\": \\"{model}\\", \\"path\\": \\"{model}\\"}}"\n')
        environment = os.environ | {
            "INNERVOICE_HOME": str(home),
            "INNERVOICE_STARTED": "1",
            "INNERVOICE_CLOSE": "yes",
            "INNERVOICE_NO_FIRST_STEPS": "1",
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONFAULTHANDLER": "1",
        }
        self._errors = home / "stderr.txt"
        with self._errors.open("wb") as stderr:
            self.process = subprocess.Popen(
                [sys.executable, str(DRIVEN), *arguments], stdout=subprocess.DEVNULL, stderr=stderr, env=environment
            )

    @property
    def stderr(self) -> str:
        """What the process has written to standard error."""
        return self._errors.read_text()

    @property
    def log(self) -> str:
        """What the window has logged."""
        path = self.home / "innervoice.log"
        return path.read_text() if path.exists() else ""

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something to hold."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert self.process.poll() is None, f"ended with {self.process.returncode}: {self.stderr}"
            assert time.monotonic() < deadline, f"waited too long: {self.stderr}\n{self.log}"
            time.sleep(0.02)

    def until_written(self, text: str) -> None:
        """Wait for words on standard error."""
        self.until(lambda: text in self.stderr)

    def engines(self) -> list[psutil.Process]:
        """Return the program's children."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def end(self) -> int:
        """End it as a session does; return the exit status and make sure that no child is left."""
        children = self.engines()
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(PATIENCE)
        _gone, left = psutil.wait_procs(children, timeout=5)
        assert not left, f"left behind: {left}"
        return status

    def complaints(self) -> list[str]:
        """Return what it wrote to standard error beside the lines that the tests asked for."""
        asked = ("innervoice: started in", "driven: ")
        # The offscreen platform says this of itself for every window that a layout gives a size to.
        asked += ("Qt: This plugin does not support propagateSizeHints()",)
        return [line for line in self.stderr.splitlines() if line and not line.startswith(asked)]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Program]]:
    """Start programs; what is still running after the test is ended."""
    started: list[Program] = []

    def make(*arguments: str, model: str = "toy") -> Program:
        started.append(Program(tmp_path / "home", *arguments, model=model))
        return started[-1]

    yield make
    for program in started:
        if program.process.poll() is None:
            program.process.kill()
            program.process.wait()
