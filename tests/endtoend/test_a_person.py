"""A person at the real program: a display, its pointer and its keyboard, and nothing of the program's own."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

WATCHED = Path(__file__).with_name("watched.py")
PATIENCE = 120.0
SETTLED = 0.4
"""Seconds without news after which the window has come to rest."""

pytestmark = pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("xdotool")),
    reason="Xvfb and xdotool, the display and its hand, are needed",
)


class Person:
    """Sees what the program says of itself, moves the pointer, presses keys."""

    def __init__(self, home: Path, display: str) -> None:
        self._errors = home / "stderr.txt"
        self._environment = os.environ | {
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "INNERVOICE_HOME": str(home),
            "INNERVOICE_CLOSE": "yes",
            "INNERVOICE_NO_FIRST_STEPS": "1",
        }
        (home / "innervoice.ini").write_text('[General]\nmodel="{\\"name\\": \\"toy\\", \\"path\\": \\"toy\\"}"\n')
        with self._errors.open("wb") as stderr:
            self.process = subprocess.Popen(
                [sys.executable, str(WATCHED)], stdout=subprocess.DEVNULL, stderr=stderr, env=self._environment
            )

    @property
    def sees(self) -> dict[str, Any]:
        """What the program said last; empty before its first word."""
        lines = [line for line in self._errors.read_text().splitlines(keepends=True) if line.startswith("watched: ")]
        whole = [line for line in lines if line.endswith("\n")]
        seen: dict[str, Any] = json.loads(whole[-1].removeprefix("watched: ")) if whole else {}
        return seen

    def until(self, condition: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait until what is seen fulfils a condition."""
        deadline = time.monotonic() + PATIENCE
        while not ((seen := self.sees) and condition(seen)):
            assert self.process.poll() is None, self._errors.read_text()
            assert time.monotonic() < deadline, f"waited too long: {seen}\n{self._errors.read_text()[-2000:]}"
            time.sleep(0.05)
        return seen

    def rest(self) -> dict[str, Any]:
        """Wait until nothing changes any more."""
        seen, since = self.sees, time.monotonic()
        while time.monotonic() - since < SETTLED:
            time.sleep(0.05)
            if self.sees != seen:
                seen, since = self.sees, time.monotonic()
        return seen

    def hand(self, *words: str) -> None:
        """Move the pointer, press a button or a key of the display."""
        subprocess.run(["xdotool", *words], env=self._environment, check=True, capture_output=True)

    def click(self, place: list[int], right: int = 0) -> None:
        """Click on a place of the screen, so many pixels to its right."""
        self.hand("mousemove", str(place[0] + right), str(place[1]), "click", "1")

    def press(self, keys: str) -> None:
        """Press keys, named as X names them, in the window: a display without a window manager forgets the focus."""
        self.hand("search", "--onlyvisible", "--name", "Innervoice", "windowfocus")
        self.hand("key", "--clearmodifiers", keys)


@pytest.fixture
def display(tmp_path: Path) -> Iterator[str]:
    """Give the name of a display that is this test's alone."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1440x900x24", "-nolisten", "tcp"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as answer:
        number = answer.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(10)


@pytest.fixture
def person(tmp_path: Path, display: str) -> Iterator[Person]:
    """Sit down before a window with a tune, a model and live sliders."""
    one = Person(tmp_path, display)
    one.until(lambda seen: seen["decoded"] and seen["slider"] and seen["clip"] == 0)
    one.rest()
    yield one
    if one.process.poll() is None:
        one.process.kill()
        one.process.wait()


def test_the_main_job_by_pointer_and_keys(person: Person) -> None:
    seen = person.sees
    person.click(seen["slider"], right=40)
    turned = person.until(lambda now: now["moved"] != seen["moved"] and now["decoded"])
    person.click(turned["roll"])
    person.press("ctrl+z")
    person.until(lambda now: now["moved"] == seen["moved"])
    person.press("ctrl+Right")
    person.until(lambda now: now["clip"] == 1 and now["decoded"])
    person.press("ctrl+shift+d")
    person.until(lambda now: now["dark"])
    # The palette: find an analysis by its name and run it.
    person.until(lambda now: now["ranking"])
    person.press("ctrl+shift+p")
    person.rest()
    person.hand("type", "sigma ranking")
    person.rest()
    person.hand("key", "Return")
    person.until(lambda now: now["results"] == 1)
    person.press("ctrl+w")
    person.until(lambda now: now["results"] == 0)
    person.press("ctrl+q")
    assert person.process.wait(60) == 0


def test_the_keyboard_alone_turns_a_neuron(person: Person) -> None:
    before = person.sees
    for _ in range(12):
        person.press("F6")
        if person.rest()["panel"] == "neurons":
            break
    for _ in range(15):
        person.press("Tab")
        person.press("Right")
        if person.rest()["undo"]:
            break
    assert person.sees["moved"] != before["moved"]
    assert person.sees["clip"] == before["clip"]
    assert person.sees["undo"]
