"""Runs that are done: which were made with a model, and what was read of each, once, as a result never changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from innervoice.shell.background import Desk

MOST_RUNS = 30
"""How many runs are looked through, the newest first."""

T = TypeVar("T")


class DoneRun(NamedTuple):
    """A run that has a result.

    Attributes
    ----------
    id : int
        Its number in the study.
    finished : str
        When, in UTC and ISO 8601: another study in the same place has other runs of these numbers.
    """

    id: int
    finished: str


def done_with(runs: Sequence[Any], model: str) -> tuple[DoneRun, ...]:
    """Return the runs (of `RunRow`) that are done and were made with a model (its sha256), the newest first."""
    done = [row for row in reversed(runs) if row.state == "done"]
    made = ((DoneRun(row.id, row.finished or ""), row.provenance.get("model")) for row in done)
    return tuple(run for run, of in made if isinstance(of, Mapping) and of.get("sha256") == model)


class ReadOnce(Generic[T]):
    """What was read of runs: when a new one comes it alone is read.

    Parameters
    ----------
    read : callable
        Reads of a study what there is of a run, by its id; on the worker thread, where all of this is used.
    """

    def __init__(self, read: Callable[[Any, int], T]) -> None:
        self._read = read
        self._kept: dict[tuple[Path, DoneRun], T] = {}

    def each(self, desk: Desk, study: Path, runs: Sequence[DoneRun]) -> Iterator[tuple[int, T]]:
        """Give the id of each run and what was read of it, and forget all other runs; no more than are asked for.

        Raises
        ------
        StudyError
            When a run is no longer there.
        """
        wanted = [(study, run) for run in runs[:MOST_RUNS]]
        self._kept = {key: found for key, found in self._kept.items() if key in wanted}
        for key in wanted:
            if key not in self._kept:
                self._kept[key] = self._read(desk.study(study), key[1].id)
            yield key[1].id, self._kept[key]
