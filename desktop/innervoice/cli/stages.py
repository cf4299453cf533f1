"""The stages of a long command: which one is at work, how long each took, and what it did."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

from innervoice.cli.console import Console
from innervoice.cli.progress import duration


@dataclass
class Stage:
    """One stage of a command.

    Attributes
    ----------
    name : str
    seconds : float
    did : str
        In words, for a person.
    skipped : bool
        Whether all was done already.
    """

    name: str
    seconds: float = 0.0
    did: str = ""
    skipped: bool = False


@dataclass
class Stages:
    """Tells of stages as they pass: before every line of progress stands ``2/6``, and each end is told on a line.

    Parameters
    ----------
    console : Console
    total : int
        How many stages there will be.
    past : list of Stage
    """

    console: Console
    total: int
    past: list[Stage] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str) -> Iterator[Stage]:
        """Let a stage pass; the body fills in what it did."""
        stage, begin = Stage(name), perf_counter()
        self.console.progress.stage = place = f"{len(self.past) + 1}/{self.total}"
        self.console.progress(0, 0, name.capitalize())
        try:
            yield stage
        finally:
            self.console.progress.stage = ""
            self.console.progress.clear()
        stage.seconds = perf_counter() - begin
        self.past.append(stage)
        if not self.console.quiet:
            took = "nothing to do" if stage.skipped else duration(stage.seconds)
            self.console.note(f"{place} {name}: {stage.did} ({took})")
