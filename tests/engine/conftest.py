"""A small engine in this process and in one of its own, a way to wait for answers, and a study with clips."""

import importlib.util
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from innervoice.engine.client import EngineClient
from innervoice.engine.errors import EngineError
from innervoice.engine.service import Engine
from innervoice.engine.states import EngineState, Progress
from innervoice.music.clips import Clips
from innervoice.study.document import Study

SMALL = Path(__file__).with_name("small_engine.py")
PATIENCE = 240.0
"""Seconds after which a test gives up waiting; a guard against hanging, not a measure."""


class Window:
    """A client and what it has said: requests that can be waited for."""

    def __init__(self, **options: Any) -> None:
        self.states: list[EngineState] = []
        self._changed = threading.Condition()
        options.setdefault("command", (sys.executable, str(SMALL)))
        self.client = EngineClient(self._note, **options)

    def _note(self, state: EngineState) -> None:
        with self._changed:
            self.states.append(state)
            self._changed.notify_all()

    def wait_for(self, phase: str, times: int = 1) -> EngineState:
        """Wait until this phase has been told so many times."""

        def told() -> list[EngineState]:
            return [state for state in self.states if state.phase == phase]

        with self._changed:
            assert self._changed.wait_for(lambda: len(told()) >= times, PATIENCE), self.states
        return told()[-1]

    def send(self, verb: str, head: dict[str, Any] | None = None, body: bytes = b"") -> "Letter":
        """Ask for something."""
        letter = Letter()
        letter.id = self.client.request(
            verb, head, body, done=letter.done, failed=letter.failed, progress=letter.progressed
        )
        return letter

    def ask(self, verb: str, head: dict[str, Any] | None = None, body: bytes = b"") -> tuple[dict[str, Any], bytes]:
        """Ask and wait for the answer."""
        return self.send(verb, head, body).answer()


class Letter:
    """One request and all that came of it."""

    def __init__(self) -> None:
        self.id = 0
        self.answers: list[tuple[dict[str, Any], bytes] | EngineError] = []
        self.progress: list[Progress] = []
        self.began, self._ended = threading.Event(), threading.Event()

    def done(self, head: dict[str, Any], body: bytes) -> None:
        self.answers.append((head, body))
        self._ended.set()

    def failed(self, error: EngineError) -> None:
        self.answers.append(error)
        self._ended.set()

    def progressed(self, progress: Progress) -> None:
        self.progress.append(progress)
        self.began.set()

    @property
    def open(self) -> bool:
        return not self._ended.is_set()

    def answer(self) -> tuple[dict[str, Any], bytes]:
        assert self._ended.wait(PATIENCE), "no answer came"
        assert len(self.answers) == 1
        if isinstance(self.answers[0], EngineError):
            raise self.answers[0]
        return self.answers[0]

    def error(self) -> EngineError:
        with pytest.raises(EngineError) as caught:
            self.answer()
        return caught.value


@pytest.fixture(scope="session")
def window_class() -> type[Window]:
    """Window, for a module that starts its own."""
    return Window


@pytest.fixture
def make_window() -> Iterator[Callable[..., Window]]:
    """Windows with an engine each, which are stopped after the test."""
    made: list[Window] = []

    def make(**options: Any) -> Window:
        made.append(Window(**options))
        made[-1].client.start()
        return made[-1]

    yield make
    for window in made:
        window.client.stop()


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """A window whose engine serves all tests of a module."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        made = Window()
        made.client.start()
        try:
            made.wait_for("ready")
            yield made
        finally:
            made.client.stop()


@pytest.fixture(scope="session")
def small() -> ModuleType:
    """The module small_engine.py."""
    spec = importlib.util.spec_from_file_location("small_engine", SMALL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["small_engine"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def engine(small: ModuleType) -> Iterator[Engine]:
    """The small engine in this process."""
    made: Engine = small.small_engine()
    yield made
    made.close()


@pytest.fixture
def clips_study(tmp_path: Path) -> Path:
    """A study with 300 clips of two bars."""
    path, places = tmp_path / "clips.study", np.zeros(300, np.int32)
    tokens = np.random.default_rng(0).integers(0, 90, (300, 32)).astype(np.int16)
    with Study(path) as study:
        clips = Clips(tokens, ("a.mid",) * 300, places, places, np.full(300, 120, np.float32))
        study.add_score("a.mid", "/a.mid", "aa", clips, "2bar")
    return path
