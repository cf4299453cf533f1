"""A study of performances for the length of one command: whole scores, which are not cut into clips."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from innervoice.cli.console import Console
from innervoice.cli.errors import CommandError, UsageError
from innervoice.engine.performance_context import no_clips
from innervoice.engine.scores import PERFORMANCE
from innervoice.music.errors import MusicError
from innervoice.music.reading import find_scores, read_score
from innervoice.study.document import Study


@contextmanager
def performances_of(study: Path | None, paths: Sequence[Path], console: Console) -> Iterator[Path]:
    """Give the path of `study`, or of a temporary study that names the files of `paths`.

    Raises
    ------
    UsageError
        When both are given, or neither.
    CommandError, StudyError
        When there is no such study, or none of the files can be used.
    """
    if (study is None) == (not paths):
        raise UsageError("give either music files or --study S")
    if study is not None:
        Study(study, create=False).close()
        yield study
        return
    with tempfile.TemporaryDirectory(prefix="innervoice-") as folder:
        path = Path(folder) / "scratch.innervoice"
        with Study(path) as scratch:
            _take(scratch, paths, console)
        yield path


def _take(study: Study, paths: Sequence[Path], console: Console) -> None:
    files = [file for path in paths for file in (find_scores([path]) if path.is_dir() else [path])]
    rejected: list[str] = []
    for done, path in enumerate(files):
        console.progress(done, len(files), path.name)
        try:
            score = read_score(path)
        except MusicError as error:
            rejected.append(f"{path}: {error}")
            continue
        if (~score.notes["drum"]).any():
            study.add_score(path.name, str(path.resolve()), score.sha256, no_clips(), PERFORMANCE)
        else:
            rejected.append(f"{path}: it has no notes to go on with")
    console.progress.clear()
    if len(rejected) == len(files):
        raise CommandError(rejected[0] if len(rejected) == 1 else f"none of the {len(files)} files is a performance")
    for reason in rejected:
        console.note(f"left out: {reason}")
