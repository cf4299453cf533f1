"""What a drag with the pencil does to a melody: draw, move, resize. No widgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from innervoice.music.token_edits import add_note, move_notes, note_spans, reachable, resize_notes
from innervoice.music.tokens import MAX_PITCH, MIN_PITCH
from innervoice.shell.words import said, to_say

Tokens = NDArray[np.int16]
Kind = Literal["draw", "move", "resize"]
TEXTS: dict[Kind, str] = {
    "draw": to_say("draw a note"), "move": to_say("move notes"), "resize": to_say("resize notes"),
}  # fmt: skip


@dataclass(frozen=True)
class NoteDrag:
    """One drag; every place of the pointer is applied to the melody as it was when the drag began.

    Attributes
    ----------
    kind : str
        ``draw``, ``move`` or ``resize``.
    tokens : ndarray int16 [steps]
        The melody when the drag began.
    onsets : frozenset of int
        The notes that are dragged; empty for ``draw``.
    step, pitch : float, int
        Where the drag began, in steps and MIDI pitch.
    """

    kind: Kind
    tokens: Tokens
    onsets: frozenset[int]
    step: float
    pitch: int

    @property
    def text(self) -> str:
        """Return the edit's name for the history."""
        return said(TEXTS[self.kind])

    def at(self, step: float, pitch: int) -> tuple[Tokens, frozenset[int]]:
        """Return the melody, int16 [steps], with the pointer at a place, and the onsets of the dragged notes."""
        if self.kind == "draw":
            return self._drawn(step)
        if self.kind == "resize":
            return resize_notes(self.tokens, self.onsets, round(step - self.step)), self.onsets
        by, up = reachable(self.tokens, self.onsets, round(step - self.step), pitch - self.pitch)
        return move_notes(self.tokens, self.onsets, by, up), frozenset(onset + by for onset in self.onsets)

    def _drawn(self, step: float) -> tuple[Tokens, frozenset[int]]:
        last = len(self.tokens) - 1
        low, high = sorted(min(max(int(np.floor(place)), 0), last) for place in (self.step, step))
        pitch = min(max(self.pitch, MIN_PITCH), MAX_PITCH)
        return add_note(self.tokens, low, high + 1, pitch), frozenset({low})


def notes_within(tokens: Tokens, steps: tuple[float, float], pitches: tuple[float, float]) -> frozenset[int]:
    """Return the onsets of the notes that a rectangle touches."""
    spans = note_spans(tokens)
    (left, right), (low, high) = sorted(steps), sorted(pitches)
    inside = (spans[:, 0] < right) & (spans[:, 1] > left) & (spans[:, 2] + 0.5 > low) & (spans[:, 2] - 0.5 < high)
    return frozenset(spans[inside, 0].tolist())


def note_at(tokens: Tokens, step: float, pitch: int) -> tuple[int, int] | None:
    """Return onset and end (steps) of the note at a place, or None."""
    spans = note_spans(tokens)
    hit = spans[(spans[:, 0] <= step) & (step < spans[:, 1]) & (spans[:, 2] == pitch)]
    return (int(hit[0, 0]), int(hit[0, 1])) if len(hit) else None
