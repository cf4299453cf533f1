"""A clip on a page: a small piano roll, its place, and its MIDI to take away."""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.bar_words import clip_notes, clip_steps
from innervoice.music.score import NOTE
from innervoice.music.tokens import STEPS_PER_BAR, STEPS_PER_QUARTER
from innervoice.music.voice_rows import VoiceRows
from innervoice.music.writing import midi_bytes
from innervoice.report.drawings.style import colour
from innervoice.report.html import data_link
from innervoice.report.sound import Sounds

LEAST_RANGE = 12
"""Semitones that the picture shows at least, so that a repeated note does not fill it."""

LEAST_STEPS = 0.8
"""Of a struck drum: many last for a moment only."""


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
    return f'<div class="clip">{roll}<p><span>{escape(name)}</span>{link}</p>{drum_words(notes)}{heard}</div>'


def _last_step(notes: NDArray[Any]) -> int:
    last = float(notes["end_quarter"].max(initial=0.0)) * STEPS_PER_QUARTER
    return max(STEPS_PER_BAR, -(-round(last) // STEPS_PER_BAR) * STEPS_PER_BAR)


def cards(items: list[str]) -> str:
    """Return cards side by side."""
    return '<div class="clips">\n' + "\n".join(items) + "\n</div>"


def small_roll(notes: NDArray[Any], steps: int) -> str:
    """Return a piano roll of a few hundred bytes: bar lines and notes, no axes; a row for each drum below the keys."""
    rows = VoiceRows().grown(notes) if notes["drum"].any() else None
    edges, top, bottom = _by_pitch(notes) if rows is None else (rows.of(notes), rows.top, rows.bottom)
    height = top - bottom
    bars = "".join(
        f'<line x1="{step}" x2="{step}" y1="0" y2="{height:g}" style="stroke: var(--line)" stroke-width="1" '
        'vector-effect="non-scaling-stroke"/>'
        for step in range(STEPS_PER_BAR, steps, STEPS_PER_BAR)
    )
    if rows is not None and rows.keys:
        edge = top - rows.drum_top
        bars += f'<rect x="0" y="{edge:g}" width="{steps}" height="0.2" style="fill: var(--line)"/>'
    lengths = (notes["end_quarter"] - notes["start_quarter"]) * STEPS_PER_QUARTER - 0.15
    lengths = np.where(notes["drum"], np.maximum(lengths, LEAST_STEPS), lengths)
    voices = np.unique(notes["instrument"]).tolist()
    blocks = "".join(
        f'<rect x="{start:g}" y="{top - high:g}" width="{length:g}" height="{0.9 * (high - low):g}" '
        f'fill="{colour(voices.index(voice))}"/>'
        for start, length, (low, high), voice in zip(
            notes["start_quarter"] * STEPS_PER_QUARTER, lengths, edges, notes["instrument"].tolist(), strict=True
        )
    )
    view = f'viewBox="0 0 {steps} {height:g}" preserveAspectRatio="none"'
    return f'<svg {view} role="img" aria-label="{len(notes)} notes">{bars}{blocks}</svg>'


def _by_pitch(notes: NDArray[Any]) -> tuple[NDArray[np.float64], float, float]:
    """Lower and upper edge of each note, and of the picture."""
    pitches = notes["pitch"].astype(float)
    low, high = (float(pitches.min()), float(pitches.max())) if len(notes) else (60.0, 72.0)
    spare = max(0.0, LEAST_RANGE - (high - low))
    top = high + 2 + spare // 2
    return np.column_stack([pitches, pitches + 1]), top, top - (high - low + 3 + spare)


def drum_words(notes: NDArray[Any]) -> str:
    """Return which drums have a row in the small roll, from the top; nothing where there are none."""
    names = [name for _row, name in VoiceRows().grown(notes).drum_rows()]
    return f"<p><small>Drums from the top: {escape(', '.join(names))}</small></p>" if names else ""
