"""Taking scores into the study: files, folders, drops; the good ones are taken, the others listed with reasons.

A few MIDI files are read on the worker thread, so that opening a tune works before the engine does. Folders and
notation go to the engine: music21 alone is five hundred modules, and importing them beside Qt holds the window up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from innervoice.shell.background import CANCELLED, Background, Desk
from innervoice.shell.engine_bridge import EngineBridge
from innervoice.shell.jobs import Job, Jobs
from innervoice.shell.notifications import Notifications
from innervoice.shell.session import Session
from innervoice.shell.words import said

FOLDER_CLIPS_PER_FILE = 5
HERE_AT_MOST = 32
MIDI_SUFFIXES = (".mid", ".midi", ".kar")
DETAIL_LINES = 500


@dataclass(frozen=True)
class Taken:
    """What an import did; `rejected` holds the first of the `left_out` files with their reasons."""

    files: int
    clips: int
    scores: tuple[int, ...]
    rejected: tuple[tuple[str, str], ...]
    left_out: int


class Importer(QObject):
    """Imports as a job that can be cancelled.

    Signals
    -------
    imported : object
        The study was written; the argument is the id of the first new score, or None.
    """

    imported = Signal(object)

    def __init__(
        self,
        session: Session,
        background: Background,
        bridge: EngineBridge,
        jobs: Jobs,
        notifications: Notifications,
    ) -> None:
        super().__init__(session)
        self._session = session
        self._background = background
        self._bridge = bridge
        self._jobs = jobs
        self._notifications = notifications

    def take(self, paths: Sequence[Path], clip: str, quiet: bool = False) -> None:
        """Import files and folders; every clip of a file, five per file (Magenta's own limit) of a folder."""
        if self._session.study is None or not paths:
            return
        small = len(paths) <= HERE_AT_MOST and all(path.suffix.lower() in MIDI_SUFFIXES for path in paths)
        name = paths[0].name if len(paths) == 1 else said("{count} files").format(count=len(paths))
        (self._take_here if small else self._take_in_engine)(list(paths), clip, name, quiet)

    def _take_here(self, paths: list[Path], clip: str, name: str, quiet: bool) -> None:
        study = self._session.study
        assert study is not None

        def cancel() -> None:
            task.cancel()

        job = self._jobs.add(said("Opening {name}").format(name=name), cancel, loses_work=False)
        task = self._background.ask(
            lambda desk: _import(desk, study, paths, clip),
            lambda taken: self._done(job, taken, name, quiet),
            lambda sentence, trace: self._failed(job, name, sentence, trace, sentence == CANCELLED),
            job.tell,
        )

    def _take_in_engine(self, paths: list[Path], clip: str, name: str, quiet: bool) -> None:
        job = self._jobs.add(
            said("Opening {name}").format(name=name), lambda: self._bridge.cancel(number), loses_work=False
        )
        head: dict[str, Any] = {"study": str(self._session.study), "paths": [str(path) for path in paths], "clip": clip}
        # A list of files is a person's choice and wanted whole; a folder is a corpus.
        if any(path.is_dir() for path in paths):
            head |= {"per_file": FOLDER_CLIPS_PER_FILE}
        number = self._bridge.request(
            "import",
            head,
            done=lambda answer, _body: self._done(job, _taken(answer), name, quiet),
            failed=lambda error: self._failed(
                job, name, str(error), getattr(error, "detail", ""), bool(getattr(error, "cancelled", False))
            ),
            progress=lambda step: job.tell(step.done, step.total, step.text, step.seconds_left),
        )

    def _done(self, job: Job, taken: Taken, name: str, quiet: bool) -> None:
        job.end()
        self._say(taken, name, quiet)
        self.imported.emit(next(iter(taken.scores), None))

    def _failed(self, job: Job, name: str, sentence: str, details: str, cancelled: bool) -> None:
        job.end()
        if cancelled:
            self._notifications.info(
                said("Opening {name} was cancelled; what had been taken in is kept.").format(name=name)
            )
        else:
            self._notifications.error(sentence, details)
        self.imported.emit(None)

    def _say(self, taken: Taken, name: str, quiet: bool) -> None:
        lines = [f"{Path(path).name}: {reason}" for path, reason in taken.rejected]
        if taken.left_out > len(lines):
            lines.append(said("… and {left_out} more").format(left_out=taken.left_out - len(lines)))
        details = "\n".join(lines)
        if not taken.files and taken.left_out == 1 and taken.rejected:
            self._notifications.error(taken.rejected[0][1], details)
        elif not taken.files and taken.left_out:
            self._notifications.error(
                said("Nothing in {name} could be opened; Details has the reasons.").format(name=name), details
            )
        elif taken.left_out:
            opened, left = _counted(taken.files, "file"), _counted(taken.left_out, "file")
            self._notifications.warning(
                said("{opened} opened, {left} left out; Details has the reasons.").format(opened=opened, left=left),
                details,
            )
        elif not taken.files:
            self._notifications.info(said("{name} holds nothing new.").format(name=name))
        elif not quiet:
            self._notifications.info(
                said("{name}: {clips} taken in.").format(name=name, clips=_counted(taken.clips, "clip"))
            )


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _taken(answer: Mapping[str, Any]) -> Taken:
    """Read the engine's answer to ``import``."""
    rejected = tuple((str(path), str(reason)) for path, reason in answer.get("rejected", ()))
    return Taken(
        int(answer.get("taken", 0)),
        int(answer.get("clips", 0)),
        tuple(int(score) for score in answer.get("scores", ())),
        rejected,
        int(answer.get("rejected_count", len(rejected))),
    )


def _import(desk: Desk, study_path: Path, paths: list[Path], clip: str) -> Taken:
    """Import on the worker thread; a file that is there already counts as asked for, so that it is shown."""
    from innervoice.engine.importing import import_paths
    from innervoice.music.melody import MelodyRules

    study = desk.study(study_path)
    report = import_paths(study, paths, MelodyRules(clip=clip, per_file=None), desk.tell, desk.cancelled)
    rows = [row for row in study.scores() if row.kind == clip and row.clips]
    new = [row.id for row in rows if row.id in set(report.score_ids)]
    asked = {str(path.resolve()) for path in paths}
    again = [row.id for row in rows if str(Path(row.path).resolve()) in asked]
    return Taken(
        report.taken,
        report.clips,
        tuple(new or again),
        tuple(report.rejected[:DETAIL_LINES]),
        len(report.rejected),
    )
