"""Writing what can be heard: the clip, its original, both, or all clips of the tune, as MIDI and WAV."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from innervoice.music.bar_words import clip_steps
from innervoice.music.joining import joined_notes
from innervoice.music.score import NOTE
from innervoice.shell.background import CANCELLED, Background, Desk
from innervoice.shell.facts import STEPS_PER_QUARTER
from innervoice.shell.jobs import Job, Jobs
from innervoice.shell.notifications import Notifications
from innervoice.shell.playback import Playback
from innervoice.shell.session import Session
from innervoice.shell.sound import Sound
from innervoice.shell.words import said

Part = Literal["decoded", "original", "both", "tune"]
PARTS: tuple[Part, ...] = ("decoded", "original", "both", "tune")


@dataclass(frozen=True)
class Piece:
    """Clips on their way into a file: tokens, tempo in quarters a minute, General MIDI program."""

    clips: tuple[NDArray[np.int16], ...]
    qpm: float
    program: int

    @property
    def seconds(self) -> float:
        """Return how long they sound."""
        return sum(clip_steps(clip) for clip in self.clips) / STEPS_PER_QUARTER * 60.0 / self.qpm

    def notes(self) -> Any:
        """Return their notes, one clip after the other; made on the worker, for a tune may have thousands of clips."""
        notes = joined_notes(self.clips, self.qpm)
        if not self.clips or self.clips[0].dtype != NOTE:  # other music has instruments of its own
            notes["program"] = self.program
        return notes


class ExportCancelledError(Exception):
    """The person who asked for a file does not want it any more."""

    cancelled = True


class Exporter(QObject):
    """Writes files on the long worker, each as a job that can be cancelled; a file is whole or not there."""

    def __init__(
        self,
        session: Session,
        playback: Playback,
        sound: Sound,
        background: Background,
        jobs: Jobs,
        notifications: Notifications,
    ) -> None:
        super().__init__(session)
        self._session = session
        self._playback = playback
        self._sound = sound
        self._background = background
        self._jobs = jobs
        self._notifications = notifications

    def why_not(self, part: Part) -> str:
        """Return why a part cannot be written now; empty when it can."""
        session = self._session
        if part in ("original", "both") and session.tokens is None:
            return said("No clip is chosen.")
        if part in ("decoded", "both") and session.decoded is None:
            return said("There is no decoded clip yet; choose a clip and wait for the model.")
        return said("No tune is open.") if part == "tune" and (session.tune is None or not session.tune.clips) else ""

    def suggestion(self, part: Part = "decoded") -> str:
        """Return a file name without suffix for a part."""
        session, clip = self._session, self._session.clip
        if part == "tune" and session.tune is not None:
            return f"{Path(session.tune.name).stem}-clips"
        if clip is None:
            return part
        return f"{Path(clip.source).stem}-{clip.bars.lower().replace(' ', '-').replace('–', '-')}-{part}"

    def piece(self, part: Part) -> Piece:
        """Return a part as it would be written: one clip after the other, at the tempo that is chosen."""
        return Piece(tuple(self._clips(part)), self._playback.qpm, self._playback.program)

    def midi(self, path: Path, part: Part = "decoded") -> None:
        """Write a part as a MIDI file."""
        self._write(part, path, _write_midi)

    def wav(self, path: Path, part: Part = "decoded") -> None:
        """Render a part to a WAV file."""
        font = Path(self._sound.soundfont) if self._sound.soundfont else None
        self._write(part, path, partial(_write_wav, soundfont=font))

    def _clips(self, part: Part) -> list[NDArray[np.int16]]:
        session = self._session
        if part == "tune":
            return list(session.tune.tokens) if session.tune is not None else []
        wanted = {"decoded": [session.decoded], "original": [session.tokens], "both": [session.tokens, session.decoded]}
        return [tokens for tokens in wanted[part] if tokens is not None]

    def _write(self, part: Part, path: Path, write: Callable[[Desk, Piece, Path], None]) -> None:
        if why := self.why_not(part):
            self._notifications.warning(why)
            return
        piece = self.piece(part)

        def cancel() -> None:
            task.cancel()

        job = self._jobs.add(said("Writing {name}").format(name=path.name), cancel, loses_work=True)
        task = self._background.ask(
            lambda desk: write(desk, piece, path),
            lambda _none: self._written(job, path),
            lambda sentence, trace: self._failed(job, path, sentence, trace),
            job.tell,
        )

    def _written(self, job: Job, path: Path) -> None:
        job.end()
        self._notifications.info(said("{name} was written.").format(name=path.name))

    def _failed(self, job: Job, path: Path, sentence: str, trace: str) -> None:
        job.end()
        if sentence == CANCELLED:
            self._notifications.info(said("{name} was not written: cancelled.").format(name=path.name))
        else:
            self._notifications.error(
                said("{name} was not written: {sentence}").format(name=path.name, sentence=sentence), trace
            )


def _write_midi(_desk: Desk, piece: Piece, path: Path) -> None:
    from innervoice.music.writing import write_midi

    write_midi(piece.notes(), path, piece.qpm)


def _write_wav(desk: Desk, piece: Piece, path: Path, soundfont: Path | None) -> None:
    from innervoice.audio.synth import render

    def tell(done: float, seconds: float) -> None:
        if desk.cancelled.is_set():
            raise ExportCancelledError
        desk.tell(round(done), round(seconds), said("seconds of sound"))

    render(piece.notes(), path, soundfont=soundfont, progress=tell)
