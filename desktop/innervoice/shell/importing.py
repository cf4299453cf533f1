"""Taking scores into the study: files, folders, drops; the good ones are taken, the others listed with reasons."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from innervoice.shell.background import Background, Desk
from innervoice.shell.jobs import Jobs
from innervoice.shell.notifications import Notifications
from innervoice.shell.session import Session

FOLDER_CLIPS_PER_FILE = 5
DETAIL_LINES = 500


class Importer(QObject):
    """Imports on the long worker, as a job that can be cancelled.

    Signals
    -------
    imported : object
        Something was taken into the study; the argument is the id of the first new score, or None.
    """

    imported = Signal(object)

    def __init__(self, session: Session, background: Background, jobs: Jobs, notifications: Notifications) -> None:
        super().__init__(session)
        self._session = session
        self._background = background
        self._jobs = jobs
        self._notifications = notifications

    def take(self, paths: Sequence[Path], clip: str, quiet: bool = False) -> None:
        """Import files and folders; every clip of a file, five per file (Magenta's own limit) of a folder."""
        study = self._session.study
        if study is None or not paths:
            return
        name = paths[0].name if len(paths) == 1 else f"{len(paths)} files"

        def cancel() -> None:
            task.cancel()

        job = self._jobs.add(f"Opening {name}", cancel, loses_work=False)

        def done(found: tuple[Any, int | None]) -> None:
            job.end()
            report, first = found
            self._tell(report, name, quiet)
            self.imported.emit(first)

        def failed(sentence: str, trace: str) -> None:
            job.end()
            if sentence == "cancelled":
                self._notifications.info(f"Opening {name} was cancelled; what had been taken in is kept.")
                self.imported.emit(None)
            else:
                self._notifications.error(sentence, trace)

        task = self._background.ask(lambda desk: _import(desk, study, list(paths), clip), done, failed, job.tell)

    def _tell(self, report: Any, name: str, quiet: bool) -> None:
        reasons = [f"{Path(path).name}: {reason}" for path, reason in report.rejected]
        details = "\n".join(reasons[:DETAIL_LINES])
        if len(reasons) > DETAIL_LINES:
            details += f"\n… and {len(reasons) - DETAIL_LINES} more"
        if not report.taken and len(reasons) == 1:
            self._notifications.error(report.rejected[0][1], details)
        elif not report.taken and reasons:
            self._notifications.error(f"Nothing in {name} could be opened; Details has the reasons.", details)
        elif reasons:
            self._notifications.warning(
                f"{_counted(report.taken, 'file')} opened, {_counted(len(reasons), 'thing')} left out.", details
            )
        elif not report.taken:
            self._notifications.info(f"{name} holds nothing new.")
        elif not quiet:
            self._notifications.info(f"{name}: {_counted(report.clips, 'clip')} taken in.")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _import(desk: Desk, study_path: Path, paths: list[Path], clip: str) -> tuple[Any, int | None]:
    """Import and find the first score that is new (or, when nothing is new, the one that was asked for)."""
    from innervoice.engine.importing import import_paths
    from innervoice.music.melody import MelodyRules

    study = desk.study(study_path)
    # A list of files is a person's choice and wanted whole; a folder is a corpus.
    per_file = FOLDER_CLIPS_PER_FILE if any(path.is_dir() for path in paths) else None
    rules = MelodyRules(clip=clip, per_file=per_file)
    report = import_paths(study, paths, rules, desk.tell, desk.cancelled)
    rows = [row for row in study.scores() if row.kind == clip and row.clips]
    new = [row.id for row in rows if row.id in set(report.score_ids)]
    asked = {str(path.resolve()) for path in paths}
    again = [row.id for row in rows if str(Path(row.path).resolve()) in asked]
    return report, next(iter(new or again), None)
