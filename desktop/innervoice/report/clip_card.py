"""A clip on a page: a small piano roll, its place, and its MIDI to take away."""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.bar_words import clip_notes, clip_steps
from innervoice.music.score import NOTE
from innervoice.music.tokens import STEPS_PER_BAR, STEPS_PER_QUARTER
from innervoice.music.writing import midi_bytes
from innervoice.report.drawings.style import BLUE
from innervoice.report.html import data_link
from innervoice.report.sound import Sounds

LEAST_RANGE = 12
"""Semitones that the picture shows at least, so that a repeated note does not fill it."""


def clip_card(
    name: str, tokens: NDArray[np.int16], file_name: str, qpm: float = 120.0, sounds: Sounds | None = None
) -> str:
    """Return a card with a clip's picture, its name, its MIDI file and, where there is room, its sound.

    Parameters
    ----------
    name : str
        What is written below the picture ("bar 5").
    tokens : int16 [steps] or [156], or NOTE [n]
    file_name : str
        Under which the MIDI file is saved.
    qpm : float
        Tempo of that file.
    sounds : Sounds, optional
        Renders what can be heard.
    """
    notes = clip_notes(tokens, qpm)
    link = data_link("MIDI", file_name, midi_bytes(notes, qpm), "audio/midi")
    heard = sounds.player(notes, name) if sounds is not None else ""
    roll = small_roll(notes, clip_steps(tokens) if tokens.dtype != NOTE else _last_step(notes))
    return f'<div class="clip">{roll}<p><span>{escape(name)}</span>{link}</p>{heard}</div>'


def _last_step(notes: NDArray[Any]) -> int:
    last = float(notes["end_quarter"].max(initial=0.0)) * STEPS_PER_QUARTER
    return max(STEPS_PER_BAR, -(-round(last) // STEPS_PER_BAR) * STEPS_PER_BAR)


def cards(items: list[str]) -> str:
    """Return cards side by side."""
    return '<div class="clips">\n' + "\n".join(items) + "\n</div>"


def small_roll(notes: NDArray[Any], steps: int) -> str:
    """Return a piano roll of a few hundred bytes: bar lines and notes, no axes."""
    pitches = notes["pitch"].astype(int)
    low, high = (int(pitches.min()), int(pitches.max())) if len(notes) else (60, 72)
    spare = max(0, LEAST_RANGE - (high - low))
    top, rows = high + 1 + spare // 2, high - low + 3 + spare
    bars = "".join(
        f'<line x1="{step}" x2="{step}" y1="0" y2="{rows}" style="stroke: var(--line)" stroke-width="1" '
        'vector-effect="non-scaling-stroke"/>'
        for step in range(STEPS_PER_BAR, steps, STEPS_PER_BAR)
    )
    blocks = "".join(
        f'<rect x="{start:g}" y="{top - pitch}" width="{length:g}" height="0.9" fill="{BLUE}"/>'
        for start, length, pitch in zip(
            notes["start_quarter"] * STEPS_PER_QUARTER,
            (notes["end_quarter"] - notes["start_quarter"]) * STEPS_PER_QUARTER - 0.15,
            pitches,
            strict=True,
        )
    )
    view = f'viewBox="0 0 {steps} {rows}" preserveAspectRatio="none"'
    return f'<svg {view} role="img" aria-label="{len(notes)} notes">{bars}{blocks}</svg>'
