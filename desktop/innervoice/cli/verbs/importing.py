"""``innervoice import``: files and folders of music into a study."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from innervoice.cli.console import Console, counted
from innervoice.cli.errors import CommandError
from innervoice.cli.foreign import readable
from innervoice.cli.options import add_cutting, add_paths, add_seed, melody_rules
from innervoice.engine.importing import ImportReport, import_paths
from innervoice.music.melody import CLIPS, MelodyRules
from innervoice.study.document import Study

PER_FILE = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    add_paths(parser, "+")
    parser.add_argument("--study", required=True, type=Path, metavar="S", help="the study; made if it is not there")
    parser.add_argument("--clip", choices=CLIPS, default=CLIPS[0], help="kind of clip (default 2bar)")
    add_cutting(parser, PER_FILE)
    add_seed(parser, "the drawing of clips")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Import, list what was left out, and say what was taken."""
    rules = melody_rules(arguments.clip, arguments)
    new = not arguments.study.exists()
    try:
        with Study(arguments.study) as study:
            report = take(study, arguments.paths, rules, console)
    except CommandError:
        if new:  # a command that took nothing leaves nothing behind
            for suffix in ("", "-wal", "-shm"):
                Path(f"{arguments.study}{suffix}").unlink(missing_ok=True)
        raise
    data = {
        "study": str(arguments.study),
        "taken": report.taken,
        "known": report.known,
        "clips": report.clips,
        "rejected": [{"path": path, "reason": reason} for path, reason in report.rejected],
    }
    console.answer(data, f"{arguments.study}: {_taken(report)}")
    return 0


def take(study: Study, paths: Sequence[Path], rules: MelodyRules, console: Console) -> ImportReport:
    """Import with progress; name every file that was left out on standard error.

    Raises
    ------
    CommandError
        When not one file could be used.
    """
    report = import_paths(study, readable(paths, console), rules, console.progress, console.cancelled)
    console.progress.clear()
    if not (report.taken or report.known):
        if len(report.rejected) == 1:
            path, reason = report.rejected[0]
            raise CommandError(_named(path, reason))
        if not report.rejected:
            raise CommandError(
                f"{', '.join(map(str, paths))}: no music files there; give .mid files or folders of them"
            )
    for path, reason in report.rejected:
        console.note(f"left out: {_named(path, reason)}")
    if not (report.taken or report.known):
        raise CommandError(f"none of the {len(report.rejected)} files gave a clip; give others, or another --clip")
    return report


def _named(path: str, reason: str) -> str:
    """Return a reason with the file's whole path, which the reason often begins with the last part of."""
    name = Path(path).name
    return path + reason.removeprefix(name) if reason.startswith(name) else f"{path}: {reason}"


def _taken(report: ImportReport) -> str:
    parts = [f"{counted(report.taken, 'file')} taken, {counted(report.clips, 'clip')}"]
    if report.known:
        parts.append(f"{report.known} there already")
    if report.rejected:
        parts.append(f"{len(report.rejected)} left out")
    return ", ".join(parts)
