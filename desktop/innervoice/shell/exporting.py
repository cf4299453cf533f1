"""Writing the clip that is shown: MIDI and WAV."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from innervoice.shell.background import Background
from innervoice.shell.notifications import Notifications
from innervoice.shell.session import Session


class Exporter(QObject):
    """Writes files on the long worker; each is whole or not there."""

    def __init__(self, session: Session, background: Background, notifications: Notifications) -> None:
        super().__init__(session)
        self._session = session
        self._background = background
        self._notifications = notifications

    @property
    def suggestion(self) -> str:
        """Return a file name without suffix for the clip in view."""
        clip = self._session.clip
        if clip is None:
            return "decoded"
        return f"{Path(clip.source).stem}-{clip.bars.lower().replace(' ', '-').replace('–', '-')}-decoded"

    def midi(self, path: Path) -> None:
        """Write the decoded clip as a MIDI file."""
        tokens, qpm = self._session.decoded, self._session.qpm

        def write(_desk: Any) -> None:
            from innervoice.music.tokens import tokens_to_notes
            from innervoice.music.writing import write_midi

            write_midi(tokens_to_notes(tokens, qpm), path, qpm)  # type: ignore[arg-type]

        self._write(tokens, write, path)

    def wav(self, path: Path) -> None:
        """Render the decoded clip to a WAV file."""
        tokens, qpm = self._session.decoded, self._session.qpm

        def write(_desk: Any) -> None:
            from innervoice.audio.synth import render
            from innervoice.music.tokens import tokens_to_notes

            render(tokens_to_notes(tokens, qpm), path)  # type: ignore[arg-type]

        self._write(tokens, write, path)

    def _write(self, tokens: Any, write: Any, path: Path) -> None:
        if tokens is None:
            self._notifications.warning("There is no decoded clip yet; choose a clip and wait for the model.")
            return
        self._background.ask(
            write,
            lambda _none: self._notifications.info(f"{path.name} was written."),
            lambda sentence, trace: self._notifications.error(f"{path.name} was not written: {sentence}", trace),
        )
