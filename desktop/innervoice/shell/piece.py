"""A piece that a performance model plays: its events so far, as notes and pedal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.performance.decoding import decode, event_steps
from innervoice.music.performance.places import event_pitches
from innervoice.music.performance.vocabulary import PERFORMANCE, PUBLISHED, Vocabulary
from innervoice.music.score import Score
from innervoice.shell.background import Background
from innervoice.shell.notifications import Notifications
from innervoice.shell.words import said

Events = NDArray[np.int16]
VOCABULARIES = {vocabulary.size: vocabulary for vocabulary in (PUBLISHED, PERFORMANCE)}


@dataclass(frozen=True, eq=False)
class Piece:
    """Events and what they sound like.

    Attributes
    ----------
    vocabulary : Vocabulary
    events : int16 [n]
    prompt : int
        How many of them were given.
    drawn : int
        How many the model drew.
    """

    vocabulary: Vocabulary
    events: Events
    prompt: int = 0
    drawn: int = 0

    @cached_property
    def score(self) -> Score:
        """Its notes and pedal."""
        return decode(self.events, self.vocabulary, "piece")

    @cached_property
    def times(self) -> NDArray[np.float64]:
        """When each event happens, in seconds, float64 [n]."""
        return np.asarray(event_steps(self.events, self.vocabulary) * self.vocabulary.step_seconds, np.float64)

    @cached_property
    def pitches(self) -> NDArray[np.float64]:
        """Where each event stands on the roll, float64 [n]."""
        return event_pitches(self.events, self.vocabulary)

    @cached_property
    def own(self) -> int:
        """How many of the notes the prompt struck; they come first."""
        return len(decode(self.events[: self.prompt], self.vocabulary, "prompt").notes)

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.score.seconds

    def longer(self, events: Events, drawn: int = 0, as_prompt: bool = False) -> Piece:
        """Return the piece with these events behind it."""
        every = np.concatenate([self.events, events])
        return replace(self, events=every, drawn=self.drawn + drawn, prompt=len(every) if as_prompt else self.prompt)

    def event_at(self, seconds: float) -> int:
        """Return the last event that has happened at a time; -1 before the first."""
        return int(self.times.searchsorted(seconds + 1e-9, side="right")) - 1


def no_piece(classes: int = PERFORMANCE.size) -> Piece:
    """Return a piece without an event."""
    return Piece(VOCABULARIES[classes], np.zeros(0, np.int16))


def read_prompt(desk: Any, study: Path, score_id: int, count: int, vocabulary: Vocabulary) -> Events:
    """Return the first events of a score of the study, read from its file, on the worker.

    Raises
    ------
    MusicError
        When the file is gone, is another one, or cannot be read.
    """
    from innervoice.music.errors import MusicError
    from innervoice.music.performance.prompts import prompt
    from innervoice.music.reading import read_score

    row = next((row for row in desk.study(study).scores() if row.id == score_id), None)
    if row is None:
        raise MusicError("The tune is no longer in the study; choose another one.")
    if not Path(row.path).is_file():
        raise MusicError(f"{row.name} is not where it was ({Path(row.path).parent}); put it back or import it again.")
    score = read_score(row.path)
    if score.sha256 != row.sha256:
        raise MusicError(f"{row.name} is another file than the one that was imported; import it again.")
    return prompt(score, count, vocabulary=vocabulary)


def keep_piece(piece: Piece, path: Path, background: Background, notifications: Notifications) -> None:
    """Write a piece as a MIDI file, on the worker."""

    def write(_desk: Any) -> None:
        from innervoice.music.writing import write_midi

        write_midi(piece.score.notes, path, pedals=piece.score.pedals)

    background.ask(
        write,
        lambda _none: notifications.info(said("{name} was written.").format(name=path.name)),
        lambda sentence, trace: notifications.error(
            said("{name} was not written: {sentence}").format(name=path.name, sentence=sentence), trace
        ),
    )
