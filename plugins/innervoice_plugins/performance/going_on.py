"""Both models go on with the same prompt: what each makes of it, side by side."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import NoteLayer, PerformanceHandle, PianoRoll, Wish, decode_performance
from innervoice_plugins.performance.parameters import PerformanceParameters
from innervoice_plugins.performance.subject import Events, Subject


@dataclass(frozen=True, eq=False)
class Continued:
    """What one model made of a prompt.

    Attributes
    ----------
    model : str
    prompt, events : int16 [n]
        The prompt, and all of the piece with it.
    notes : NOTE [m]
    own : int
        How many of the notes the prompt struck; they come first.
    """

    model: str
    prompt: Events
    events: Events
    notes: NDArray[Any]
    own: int

    def told(self) -> dict[str, Any]:
        """What a script wants to know."""
        drawn = len(self.events) - len(self.prompt)
        seconds = float(self.notes["end"].max(initial=0.0))
        return {"events": drawn, "notes": len(self.notes), "seconds": seconds}


def prompt_of(subject: Subject, count: int) -> Events:
    """First events of the piece, the mark of its beginning not counted; without any, the mark alone."""
    marks = int(subject.vocabulary.markers)
    return subject.events[: min(count + marks, len(subject.events) - marks)]


def prompt_hash(prompt: Events) -> str:
    """The hash that says from which prompt a piece was made."""
    return hashlib.sha256(prompt.astype("<i2").tobytes()).hexdigest()


def go_on(
    model: PerformanceHandle,
    subject: Subject,
    parameters: PerformanceParameters,
    seed: int,
    tell: Callable[[int, int], None],
) -> Continued:
    """Let a model go on with the prompt."""
    wish = Wish(parameters.drawn, parameters.temperature, parameters.top_k, parameters.nucleus, seed)
    prompt = prompt_of(subject, parameters.prompt)
    events = np.concatenate([prompt, model.go_on(prompt, wish, tell)])
    score = decode_performance(events, subject.vocabulary, model.name)
    before = decode_performance(prompt, subject.vocabulary, "prompt")
    return Continued(model.name, prompt, events, score.notes, len(before.notes))


def continued_roll(piece: Continued, parameters: PerformanceParameters, seed: int) -> PianoRoll:
    """Draw what a model plays, and the prompt in another colour."""
    told = piece.told()
    caption = (
        f"{told['events']} events drawn at temperature {parameters.temperature:g} with seed {seed}, after a prompt of "
        f"{len(piece.prompt)} events: {told['notes']} notes, {told['seconds']:.1f} s."
    )
    layers = (NoteLayer("prompt", piece.notes[: piece.own]), NoteLayer("drawn", piece.notes[piece.own :]))
    return PianoRoll(f"{piece.model} goes on", caption=caption, notes=layers, seconds=max(told["seconds"], 1.0))
