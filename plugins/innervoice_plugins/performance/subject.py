"""The performance that is looked at: its events, which of them are drawn, and where they are on a piano roll."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import (
    Context,
    EncodingRules,
    PerformanceHandle,
    Score,
    Vocabulary,
    encode_performance,
    event_pitches,
    event_steps,
)
from innervoice_plugins.performance.parameters import PerformanceParameters

Events = NDArray[np.int16]


@dataclass(frozen=True, eq=False)
class Subject:
    """What is looked at.

    Attributes
    ----------
    score : Score
    events : int16 [n]
        All of it.
    shown : slice
        The events that are drawn.
    place : int
        Among those, the one that is asked.
    """

    score: Score
    vocabulary: Vocabulary
    events: Events
    shown: slice
    place: int

    @property
    def part(self) -> Events:
        """The events that are drawn, int16 [m]."""
        return self.events[self.shown]

    @property
    def names(self) -> tuple[str, ...]:
        """What each event of the vocabulary is called."""
        return self.vocabulary.names()

    def times(self) -> NDArray[np.float64]:
        """When each drawn event happens, in seconds from the beginning, float64 [m]."""
        steps = event_steps(self.events, self.vocabulary)[self.shown]
        return np.asarray(steps * self.vocabulary.step_seconds, np.float64)

    def pitches(self) -> NDArray[np.float64]:
        """Where each drawn event stands, float64 [m]: at its key, or at that of the note after it, else before it."""
        return event_pitches(self.part, self.vocabulary)


def subject_of(context: Context, model: PerformanceHandle, parameters: PerformanceParameters) -> Subject:
    """Read the score that is asked for and choose what is drawn.

    Raises
    ------
    ValueError
        When there is no such score, it has no notes, or the part that is asked for lies beyond its end.
    """
    score = _score(context, parameters.piece)
    if not (~score.notes["drum"]).any():
        raise ValueError(f"{score.name} has no notes to look at; choose another tune.")
    rules = EncodingRules(sustain=parameters.sustain, trim=True)  # type: ignore[arg-type]  # one of the choices
    events = encode_performance(score, rules, model.vocabulary)
    if parameters.first >= len(events) - 1:
        raise ValueError(
            f"{score.name} has {len(events)} events; let the drawing begin before event {len(events) - 1}."
        )
    count = min(parameters.events, model.window)
    shown = slice(parameters.first, min(parameters.first + count, len(events)))
    part = events[shown]
    place = parameters.place if parameters.place >= 0 else _last_note(part, model.vocabulary)
    if place >= len(part):
        raise ValueError(f"Event {place} is not among the {len(part)} that are drawn; choose one from 0 on.")
    return Subject(score, model.vocabulary, events, shown, place)


def _score(context: Context, piece: int) -> Score:
    for number, score in enumerate(context.scores):
        if number == piece:
            return score
    reasons = "; ".join(f"{name}: {reason}" for name, reason in list(context.scores.left_out)[:3])
    if not len(context.scores):
        raise ValueError("there are no scores; import a tune first.")
    if reasons:
        raise ValueError(f"score {piece} could not be read ({reasons})")
    raise ValueError(f"score {piece} is not there; they are counted from 0 to {len(context.scores) - 1}.")


def _last_note(part: Events, vocabulary: Vocabulary) -> int:
    notes = np.flatnonzero(part < vocabulary.note_off)
    return int(notes[-1]) if len(notes) else len(part) - 1
