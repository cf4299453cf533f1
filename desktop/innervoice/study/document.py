"""The study as the other rooms see it: one object with a method for everything that is kept."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from innervoice.music.clips import Clips
from innervoice.statistics.posterior import Posterior
from innervoice.study import bookmarks, clips, decodings, features, posteriors, runs, scores
from innervoice.study.bookmarks import Bookmark
from innervoice.study.clips import ClipRow
from innervoice.study.database import Database
from innervoice.study.errors import StudyError
from innervoice.study.features import Progress
from innervoice.study.runs import RunRow
from innervoice.study.schema import prepare
from innervoice.study.scores import ScoreRow
from innervoice.study.summary import Summary, summarise


class Study:
    """The user's document: one SQLite file, written as things happen.

    Many may be open on one file, in several threads and processes; each belongs to the thread that opened it. What
    a method has returned from is on the disk.

    Parameters
    ----------
    path : str or PathLike
        The file.
    create : bool
        Whether a file that is not there is made.

    Raises
    ------
    StudyError
        For a file that is absent (with ``create=False``), foreign, newer or damaged.
    """

    def __init__(self, path: str | PathLike[str], create: bool = True) -> None:
        self.path = Path(path)
        _check_file(self.path, create)
        self._database = Database(self.path)
        try:
            prepare(self._database, new=create)
        except BaseException:
            self._database.close()
            raise

    @classmethod
    def open(cls, path: str | PathLike[str], create: bool = True) -> Self:
        """Open a study; the same as calling the class."""
        return cls(path, create)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def transaction(self) -> AbstractContextManager[None]:
        """Make everything inside one transaction; keep it under 50 ms, others wait."""
        return self._database.transaction()

    def changes(self) -> tuple[int, int]:
        """A value that differs when anybody has written since the last look; cheap enough for a timer."""
        return self._database.changes()

    def check(self) -> list[str]:
        """Read the whole file and tell what is damaged; empty when all is well. Takes a second for 200 MB."""
        found = [str(row[0]) for row in self._database.rows("PRAGMA integrity_check")]
        links = self._database.rows("PRAGMA foreign_key_check")
        return [line for line in found if line != "ok"] + [f"{row[0]} row {row[1]} points nowhere" for row in links]

    # Scores and clips

    def add_score(
        self,
        score_name: str,
        path: str,
        sha256: str,
        clips: Clips,
        kind: str,
        rejected: Iterable[Any] = (),
        rules: str = "",
    ) -> int:
        """Add a score and its clips; known ones (same sha256, kind and rules) are left alone. Gives the score's id.

        `rejected` holds what was not taken, things with ``what`` and ``reason``; `rules` says how the clips were
        chosen. A known score that comes by other rules gains the clips it lacks.
        """
        pairs = [(str(item.what), str(item.reason)) for item in rejected]
        return scores.add_score(self._database, (score_name, path, sha256), clips, kind, pairs, rules)

    def has_score(self, sha256: str, kind: str, rules: str = "") -> bool:
        """Whether this file has been taken in with this kind of clip, by these rules."""
        return scores.has_score(self._database, sha256, kind, rules)

    def refuse(self, sha256: str, kind: str, rules: str, reason: str) -> None:
        """Keep why a file gives no clip by these rules, in words that go on after its name."""
        scores.refuse(self._database, sha256, kind, rules, reason)

    def refusal(self, sha256: str, kind: str, rules: str) -> str | None:
        """Why a file is known to give no clip by these rules; None when that is not known."""
        return scores.refusal(self._database, sha256, kind, rules)

    def scores(self) -> list[ScoreRow]:
        """All scores in the order in which they came."""
        return scores.scores(self._database)

    def rejections(self, score_id: int) -> list[tuple[str, str]]:
        """What of a score was not taken, with the reasons."""
        return scores.rejections(self._database, score_id)

    def remove_score(self, score_id: int) -> None:
        """Take a score out, with its clips and their posteriors."""
        scores.remove_score(self._database, score_id)

    def clip_rows(self, kind: str | None = None, score: int | None = None) -> list[ClipRow]:
        """The clips (without their tokens), of one kind or score if wanted."""
        return clips.clip_rows(self._database, kind, score)

    def clip_count(self) -> int:
        """How many clips there are."""
        return clips.clip_count(self._database)

    def tokens(self, ids: ArrayLike) -> NDArray[np.int16]:
        """The tokens of these clips, int16 [n, steps]; they must be of one length."""
        return clips.tokens(self._database, ids)

    def featureless(self) -> NDArray[np.int64]:
        """Ids of the clips whose features have not been computed, int64 [n]."""
        return features.featureless(self._database)

    def features(
        self, ids: ArrayLike | None = None, names: Sequence[str] | None = None, progress: Progress | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Clips that are there of the wanted ones (None: all), and their features [clips, names] (None: all kept).

        What the study lacks is computed and kept, a block at a time; what `progress(done, total)` raises ends that.
        """
        return features.clip_features(self._database, ids, names, progress)

    # Posteriors and names of neurons

    def unencoded(self, model_sha: str, width: int) -> NDArray[np.int64]:
        """Ids of the clips of `steps` steps that this model has not encoded, int64 [n]."""
        return posteriors.unencoded(self._database, model_sha, width)

    def waiting(self, model_sha: str, ids: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int16]]:
        """Those of a batch of clips (of one length) that are still there and not yet encoded, and their tokens."""
        return posteriors.waiting(self._database, model_sha, ids)

    def encoded(self, model_sha: str) -> NDArray[np.int64]:
        """Ids of the clips that this model has encoded, int64 [n], increasing."""
        return posteriors.encoded(self._database, model_sha)

    def put_posteriors(self, model_sha: str, model_name: str, ids: ArrayLike, mu: ArrayLike, sigma: ArrayLike) -> None:
        """Store a batch, float32 [n, neurons] each, in one transaction."""
        posteriors.put_posteriors(self._database, model_sha, model_name, ids, mu, sigma)

    def posteriors(self, model_sha: str, ids: ArrayLike | None = None) -> tuple[NDArray[np.int64], Posterior]:
        """Those of the wanted clips (None: all) that have been encoded: their ids and posteriors."""
        return posteriors.posteriors(self._database, model_sha, ids)

    def neuron_names(self, model_sha: str) -> dict[int, str]:
        """The names that neurons of this model have."""
        return bookmarks.neuron_names(self._database, model_sha)

    def put_neuron_names(self, model_sha: str, names: Mapping[int, str], model_name: str = "") -> None:
        """Name neurons; an empty name takes one away."""
        bookmarks.put_neuron_names(self._database, model_sha, model_name, names)

    def decoded(self, key: str, steps: int) -> NDArray[np.int16]:
        """What a run that did not end has decoded, from its first point on without a gap, int16 [n, steps]."""
        return decodings.decoded(self._database, key, steps)

    def put_decoded(self, key: str, first: int, tokens: NDArray[np.int16]) -> None:
        """Keep the next piece of a decoding, int16 [n, steps]."""
        decodings.put_decoded(self._database, key, first, tokens)

    def forget_decoded(self, key: str) -> None:
        """Let a decoding go."""
        decodings.forget_decoded(self._database, key)

    # Runs

    def start_run(self, provenance: Mapping[str, Any]) -> int:
        """Note that this process has begun a run; gives its id."""
        return runs.start_run(self._database, provenance)

    def finish_run(self, run_id: int, packed: Mapping[str, Any], arrays: Mapping[str, np.ndarray[Any, Any]]) -> None:
        """Store the result (JSON and arrays) and mark the run as done."""
        runs.finish_run(self._database, run_id, packed, arrays)

    def fail_run(self, run_id: int, state: Literal["failed", "cancelled"], message: str) -> None:
        """Mark a run that gave no result."""
        runs.fail_run(self._database, run_id, state, message)

    def runs(self) -> list[RunRow]:
        """All runs, oldest first."""
        return runs.runs(self._database)

    def run(self, run_id: int) -> RunRow:
        """One run by its id."""
        return runs.run(self._database, run_id)

    def result(self, run_id: int) -> tuple[dict[str, Any], dict[str, np.ndarray[Any, Any]]]:
        """The result of a run as it was packed."""
        return runs.result(self._database, run_id)

    def result_array(self, run_id: int, name: str) -> np.ndarray[Any, Any]:
        """One array of the result of a run, by the name that its JSON calls it."""
        return runs.result_array(self._database, run_id, name)

    def rename_run(self, run_id: int, title: str) -> None:
        """Give a run a name of its own; an empty one takes it away."""
        runs.rename_run(self._database, run_id, title)

    def packed_result(self, run_id: int) -> dict[str, Any]:
        """The JSON of the result of a run that is done, without its arrays."""
        return runs.packed_result(self._database, run_id)

    def remove_run(self, run_id: int) -> None:
        """Take a run and its result out."""
        runs.remove_run(self._database, run_id)

    def summary(self) -> Summary:
        """What the study holds, in numbers."""
        return summarise(self._database)

    # Bookmarks

    def add_bookmark(self, kind: str, target: Any, note: str = "") -> int:
        """Keep a place; gives its id."""
        return bookmarks.add_bookmark(self._database, kind, target, note)

    def bookmarks(self) -> list[Bookmark]:
        """All bookmarks, oldest first."""
        return bookmarks.bookmarks(self._database)

    def note_bookmark(self, bookmark_id: int, note: str) -> None:
        """Write another note to a place."""
        bookmarks.note_bookmark(self._database, bookmark_id, note)

    def restore_bookmark(self, bookmark: Bookmark) -> None:
        """Put a place back that was forgotten."""
        bookmarks.restore_bookmark(self._database, bookmark)

    def remove_bookmark(self, bookmark_id: int) -> None:
        """Forget a place."""
        bookmarks.remove_bookmark(self._database, bookmark_id)


def _check_file(path: Path, create: bool) -> None:
    """Refuse what is plainly no study before SQLite touches it.

    The file itself is opened by SQLite alone. To open and close it here would drop the POSIX locks that this process's
    other connections hold on it (https://sqlite.org/howtocorrupt.html, 2.2): another process would then take itself
    for the last one and delete the write-ahead log under them.
    """
    try:
        if path.is_dir():
            raise StudyError(f"{path} is a folder; choose a study file.")
        if not path.exists() and not create:
            raise StudyError(f"{path} does not exist; check the name or make a new study.")
    except OSError as error:
        raise StudyError(f"{path} cannot be read ({error.strerror}); check the name and your permissions.") from error
