"""How everything sounds: volume, instrument and soundfont, remembered between starts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from innervoice.music.general_midi import INSTRUMENTS
from innervoice.shell.background import Background
from innervoice.shell.notifications import Notifications
from innervoice.shell.playback import Playback
from innervoice.shell.settings import Settings
from innervoice.shell.words import said

FULL_VOLUME = 100
WRITTEN_VOLUME = 80  # percent at which it is as loud as in a rendered file; above that it may clip
VOLUME_STEP, TEMPO_STEP = 10, 1.1
VOLUME, PROGRAM, SOUNDFONT = "sound.volume", "sound.program", "sound.soundfont"


class Sound(QObject):
    """Volume, instrument and soundfont of the whole program; what plays takes them at once.

    Parameters
    ----------
    background : Background
        Where a soundfont is tried out.

    Attributes
    ----------
    volume : int
        Percent, 0 to 100.
    soundfont : str
        Path of the chosen one; empty for the one that the machine or Innervoice brings along.

    Signals
    -------
    changed
        One of them is another.
    """

    changed = Signal()

    def __init__(
        self, playback: Playback, settings: Settings, background: Background, notifications: Notifications
    ) -> None:
        super().__init__(playback)
        self._playback = playback
        self._settings = settings
        self._background = background
        self._notifications = notifications
        self.volume = WRITTEN_VOLUME
        self.soundfont = ""
        self._wanted = 0
        playback.refused.connect(notifications.error)
        playback.changed.connect(self.changed)
        self.set_volume(_number(settings.text(VOLUME), WRITTEN_VOLUME, FULL_VOLUME))
        self.set_program(_number(settings.text(PROGRAM), 0, len(INSTRUMENTS) - 1))
        if remembered := settings.text(SOUNDFONT):
            self._try(Path(remembered), quiet=True)

    @property
    def instrument(self) -> str:
        """Return the name of the instrument."""
        return INSTRUMENTS[self._playback.program]

    def set_volume(self, percent: int) -> None:
        """Choose the volume; the ear takes the square of the way for the way."""
        self.volume = min(max(percent, 0), FULL_VOLUME)
        self._playback.player.set_volume((self.volume / WRITTEN_VOLUME) ** 2)
        self._settings.put(VOLUME, str(self.volume))
        self.changed.emit()

    def set_program(self, program: int) -> None:
        """Choose the instrument, a General MIDI program counted from 0."""
        self._playback.set_program(program)
        self._settings.put(PROGRAM, str(program))

    def use_soundfont(self, path: Path | None) -> None:
        """Play with another soundfont; None for the default. A bad one is said in a sentence, and the old one stays."""
        self._try(path, quiet=False)

    def _try(self, path: Path | None, quiet: bool) -> None:
        self._wanted += 1
        number = self._wanted

        def look(_desk: Any) -> Path:
            from innervoice.audio.soundfont import choose_soundfont

            return choose_soundfont(path)

        def take(found: Path) -> None:
            if number == self._wanted:
                self._take(path, found, quiet)

        self._background.ask(look, take, self._notifications.error)

    def _take(self, path: Path | None, found: Path, quiet: bool) -> None:
        self.soundfont = str(path) if path is not None else ""
        self._settings.put(SOUNDFONT, self.soundfont)
        self._playback.player.use_soundfont(found)
        if not quiet:
            self._notifications.info(said("{name} is the soundfont from now on.").format(name=found.name))
        self.changed.emit()


def _number(text: str, default: int, most: int) -> int:
    """Return a remembered number; a damaged or impossible one is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 and int(text) <= most else default
