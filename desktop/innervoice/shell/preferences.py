"""What a person chose once and for all: look, text size, what a start opens, how the engine runs."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from innervoice.shell.settings import Settings

LOOKS = ("system", "light", "dark")
BACKENDS = ("", "tensorflow", "jax")
"""The empty one leaves the choice to the environment, and without it to the engine: TensorFlow."""
TEXT_PERCENTS = (80, 90, 100, 110, 125, 150, 175, 200)
MEMORY_GIB = 12
"""The engine's limit at first; a model of Magenta's and 50,000 clips stay far below it."""
LEAST_GIB, MOST_GIB = 2, 1024
KEYS = ("look", "dark", "text_percent", "reopen", "memory_gib", "backend")


class Preferences(QObject):
    """Typed choices over the settings; a damaged value is the same as no choice.

    Signals
    -------
    look_changed
        Another theme or text size.
    engine_changed
        Another memory limit (it holds at once) or backend (it holds from the engine's next start).
    """

    look_changed = Signal()
    engine_changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def look(self) -> str:
        """Return ``system``, ``light`` or ``dark``."""
        stored = self._settings.text("look")
        if stored in LOOKS:
            return stored
        return "dark" if self._settings.flag("dark") else "system"  # version 0.1 stored yes or no

    def set_look(self, look: str) -> None:
        """Choose one of `LOOKS`."""
        if look != self.look:
            self._settings.put("look", look)
            self.look_changed.emit()

    @property
    def dark(self) -> bool:
        """Whether the dark theme is on, by choice or by the system's."""
        if self.look == "system":
            return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self.look == "dark"

    @property
    def text_percent(self) -> int:
        """Return the size of the text in percent of the system's."""
        return self._settings.number("text_percent", 100, TEXT_PERCENTS[0], TEXT_PERCENTS[-1])

    def set_text_percent(self, percent: int) -> None:
        """Choose the size of the text."""
        if percent != self.text_percent:
            self._settings.put("text_percent", str(percent))
            self.look_changed.emit()

    @property
    def reopen(self) -> bool:
        """Whether a start opens the last study; else it opens the scratch study."""
        return self._settings.flag("reopen", True)

    def set_reopen(self, reopen: bool) -> None:
        """Choose what a start opens."""
        self._settings.put("reopen", reopen)

    @property
    def memory_gib(self) -> int:
        """Return the GiB of memory above which the engine is ended."""
        return self._settings.number("memory_gib", MEMORY_GIB, LEAST_GIB, MOST_GIB)

    def set_memory_gib(self, gib: int) -> None:
        """Choose the engine's limit."""
        if gib != self.memory_gib:
            self._settings.put("memory_gib", str(gib))
            self.engine_changed.emit()

    @property
    def backend(self) -> str:
        """Return one of `BACKENDS`."""
        stored = self._settings.text("backend")
        return stored if stored in BACKENDS else ""

    def set_backend(self, backend: str) -> None:
        """Choose what the engine computes with from its next start."""
        if backend != self.backend:
            self._settings.put("backend", backend)
            self.engine_changed.emit()

    def reset(self) -> None:
        """Forget every choice."""
        for key in KEYS:
            self._settings.remove(key)
        self.look_changed.emit()
        self.engine_changed.emit()

    def _follow_system(self, *_: object) -> None:
        if self.look == "system":
            self.look_changed.emit()
