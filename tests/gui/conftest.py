"""A window with a toy engine of its own process, and ways to wait for what a person would wait for."""

import gc
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from innervoice.music.writing import write_midi
from innervoice.shell.application import make_application, tear_down
from innervoice.shell.places import settings_file
from innervoice.shell.preloading import import_pages
from innervoice.shell.settings import Settings
from innervoice.shell.window import Window
from innervoice.shell.workspace import Workspace

TOY = Path(__file__).with_name("toy_engine.py")
PATIENCE = 60_000
"""Milliseconds after which a test gives up waiting; a guard against hanging, not a measure."""


class SilentPlayer:
    """The player without a sound card: it keeps what it was asked to play."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self.problem: str | None = None
        self.refusal: str | None = None
        self.playing = False
        self.news = changed
        self.asked: list[tuple[Any, bool, float]] = []
        self.cues: list[Any] = []
        self.changes: list[Any] = []
        self.chosen: list[int] = []
        self.taps: list[tuple[int, int, int]] = []
        self.volumes: list[float] = []
        self.fonts: list[Path] = []

    def perform(self, cue: Any) -> None:
        self.cues.append(cue)
        self.asked.append((cue.voices[cue.heard], cue.loop, cue.start))
        self.playing = True

    def change(self, cue: Any) -> None:
        self.changes.append(cue)

    def choose(self, heard: int) -> None:
        self.chosen.append(heard)

    def tap(self, key: int, velocity: int, program: int = 0) -> None:
        self.taps.append((key, velocity, program))

    def set_volume(self, volume: float) -> None:
        self.volumes.append(volume)

    def use_soundfont(self, path: Path) -> None:
        self.fonts.append(path)

    def stop(self) -> None:
        self.playing = False

    def position(self) -> float | None:
        return 0.5 if self.playing else None

    def close(self) -> None:
        self.playing = False


class SharedEngine:
    """One toy engine for all windows of the session: a start tells the state, a stop leaves it running."""

    def __init__(self) -> None:
        from innervoice.engine.client import EngineClient

        self._told: Callable[[Any], None] = lambda state: None
        self.client = EngineClient(self._tell, command=(sys.executable, str(TOY)))
        self.request, self.cancel = self.client.request, self.client.cancel

    def _tell(self, state: Any) -> None:
        self._told(state)

    def for_window(self, told: Callable[[Any], None]) -> "SharedEngine":
        """Serve another window."""
        self._told = told
        return self

    def start(self) -> None:
        self.client.start()
        self._told(self.client.state)

    def stop(self) -> None:
        self._told = lambda state: None


class Desktop:
    """A window, what is behind it, and patience."""

    def __init__(self, window: Window, bot: QtBot) -> None:
        self.window = window
        self.work: Workspace = window.workspace
        self.session = window.workspace.session
        self._bot = bot

    def until(self, condition: Callable[[], bool]) -> None:
        """Let the window live until something holds."""
        self._bot.waitUntil(condition, timeout=PATIENCE)

    def until_alive(self) -> None:
        """Wait until a clip is shown, encoded and decoded, and nothing is running."""
        self.until(lambda: self.session.clip is not None and self.work.bridge.ready)
        self.until(lambda: self.session.decoded is not None and self.work.decoder.settled)
        self.until(lambda: not self.work.jobs.running and self.session.ranking.clips > 0)

    def wear(self, dark: bool) -> None:
        """Put the dark or the light theme on, and wait until all that is seen wears it."""
        self.window.set_dark(dark)
        self.until(lambda: self.window.dressing.settled)

    def until_settled(self) -> None:
        """Wait until what is decoded belongs to the sliders."""
        self.until(lambda: self.work.decoder.settled)

    def until_said(self, part: str) -> str:
        """Wait for a notice that holds these words; return the whole sentence."""
        self.until(lambda: any(part in notice.text for notice in self.work.notifications.kept))
        return next(notice.text for notice in self.work.notifications.kept if part in notice.text)

    def said(self) -> list[str]:
        """Return everything that was said."""
        return [notice.text for notice in self.work.notifications.kept]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test its own data folder."""
    home = tmp_path / "home"
    monkeypatch.setenv("INNERVOICE_HOME", str(home))
    # One tune is enough for most tests, and quick to encode.
    monkeypatch.setattr("innervoice.shell.workspace.FIRST_TUNES", ("twinkle",))
    home.mkdir()
    return home


@pytest.fixture(scope="session")
def qapp() -> Any:
    """The application as the program makes it."""
    return make_application()


@pytest.fixture(scope="session")
def engine() -> Iterator[SharedEngine]:
    """The engine of all windows."""
    made = SharedEngine()
    made.start()
    deadline = time.monotonic() + PATIENCE / 1000
    while made.client.state.phase != "ready":  # its threads must be there before a test counts threads
        assert time.monotonic() < deadline, made.client.state
        time.sleep(0.05)
    yield made
    made.client.stop()


@pytest.fixture(scope="module")
def modules_left_out() -> None:
    """Keep what came with the modules out of the collections that end every window: they are half of a short test."""
    import_pages()
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def nothing_taken_in(modules_left_out: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have no window change what collections look at: one that is left out would not be freed with its test."""
    for name in ("leave_out", "take_in"):
        monkeypatch.setattr(f"innervoice.shell.workspace.{name}", lambda: None)


@pytest.fixture
def open_desktop(qapp: Any, qtbot: QtBot, engine: SharedEngine) -> Iterator[Callable[..., Desktop]]:
    """Open windows, as the program does; they are taken apart after the test."""
    opened: list[Desktop] = []

    def make(study: Path | None = None, model: str = "toy", start: bool = True, make_client: Any = None) -> Desktop:
        settings = Settings(settings_file())
        if not settings.record("model"):
            settings.put("model", {"name": model, "path": model})
        work = Workspace(settings, make_client or engine.for_window, SilentPlayer)
        window = Window(work)
        window.show()
        opened.append(Desktop(window, qtbot))
        if start:
            work.start(study)
        return opened[-1]

    yield make
    for desktop in opened:
        tear_down(desktop.window, desktop.work)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def desktop(open_desktop: Callable[..., Desktop]) -> Desktop:
    """A window at its first start, once everything is there."""
    made = open_desktop()
    made.until_alive()
    made.until(lambda: bool(made.work.runs.analyses))  # a command that is greyed still would do nothing
    return made


@pytest.fixture
def scale_file(tmp_path: Path) -> Path:
    """A MIDI file of four bars."""
    from innervoice.music.score import NOTE

    notes = np.zeros(16, NOTE)
    notes["start_quarter"], notes["end_quarter"] = np.arange(16), np.arange(16) + 0.9
    notes["start"], notes["end"] = notes["start_quarter"] / 2, notes["end_quarter"] / 2
    notes["pitch"], notes["velocity"] = 60 + np.arange(16), 80
    path = tmp_path / "scale.mid"
    write_midi(notes, path)
    return path
