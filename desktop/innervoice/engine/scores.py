"""The scores of a study, read from their files again: an analysis of performances wants all notes and the pedal."""

import hashlib
from collections.abc import Iterator, Set
from pathlib import Path

from innervoice.engine.job import Job
from innervoice.music.errors import MusicError
from innervoice.music.limits import Limits
from innervoice.music.reading import read_bytes, read_score
from innervoice.music.score import Score
from innervoice.study.document import Study
from innervoice.study.scores import ScoreRow

PERFORMANCE = "performance"
"""Kind of a score that was taken in as a whole, without melodies."""


def files_of(study: Study, scores: Set[int] | None) -> list[ScoreRow]:
    """The scores of a study (these, if wanted), each file once, in the order in which they came."""
    first: dict[str, ScoreRow] = {}
    for row in study.scores():
        if scores is None or row.id in scores:
            first.setdefault(row.sha256, row)
    return list(first.values())


def digest_of(files: list[ScoreRow]) -> str:
    """The hash of files, by their hashes in order."""
    return hashlib.sha256("".join(f"{row.sha256}\n" for row in files).encode()).hexdigest()


class ScoreFiles:
    """Reads scores one by one, and remembers those that cannot be read.

    Attributes
    ----------
    left_out : list of (name, reason)
    """

    def __init__(self, files: list[ScoreRow], job: Job) -> None:
        self._files, self._job = files, job
        self.left_out: list[tuple[str, str]] = []

    def __len__(self) -> int:
        return len(self._files)

    def __iter__(self) -> Iterator[Score]:
        self.left_out.clear()
        for row in self._files:
            self._job.check()
            try:
                score = _read(row)
            except MusicError as error:
                self.left_out.append((row.name, str(error)))
                continue
            yield score


def _read(row: ScoreRow) -> Score:
    path = Path(row.path)
    if not path.is_file():
        raise MusicError(f"{row.name} is not where it was ({path.parent}); put it back or import it again.")
    if hashlib.sha256(read_bytes(path, Limits())).hexdigest() != row.sha256:
        raise MusicError(f"{row.name} is another file than the one that was imported; import it again.")
    return read_score(path)
