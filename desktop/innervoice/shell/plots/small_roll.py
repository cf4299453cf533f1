"""A melody in small: what rows of rolls, pads and tiles paint."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from innervoice.music.bar_words import clip_steps, is_bar, note_places
from innervoice.music.score import NOTE
from innervoice.music.several_clips import SeveralClips, rows_of_all
from innervoice.music.tokens import FIRST_PITCH, PITCH_OFFSET, STEPS_PER_BAR, STEPS_PER_QUARTER
from innervoice.music.voice_rows import VoiceRows
from innervoice.shell.pens import pen
from innervoice.shell.theme import Colours

LEAST_TOKENS = 13  # an octave at least, so that a tune on one note is a line in the middle and no slab
ROUND = 5.0  # pixels of height from which a note has round corners
Span = tuple[float, float] | VoiceRows
"""The lowest and the highest pitch; of other music than melodies the rows of keys and drums."""


def pitch_span(*melodies: SeveralClips | NDArray[Any] | None) -> Span:
    """Return the lowest and the highest pitch that these melodies (int, any shape) need in one picture.

    Of clips of notes, or tuples of such, it is the rows that they need.
    """
    rows = rows_of_all(melodies)
    if rows is not None:
        return rows
    every = np.concatenate([np.zeros(0), *(_pitches(np.asarray(m)) for m in melodies if m is not None)])
    low, high = (float(every.min()), float(every.max())) if len(every) else (60.0, 60.0)
    spare = max(1.0, (LEAST_TOKENS - (high - low)) / 2)
    return low - spare, high + spare


def _pitches(clips: NDArray[Any]) -> NDArray[Any]:
    if clips.size and is_bar(clips):
        return np.concatenate([note_places(bar)[2] for bar in clips.reshape(-1, clips.shape[-1])])
    return np.asarray(clips[clips >= FIRST_PITCH] + PITCH_OFFSET)


def note_rectangles(tokens: NDArray[Any], box: QRectF, span: Span) -> list[QRectF]:
    """Return a rectangle inside `box` for each note of a melody, int [steps], on a common scale of pitch."""
    if isinstance(span, VoiceRows):
        return _on_rows(tokens, box, span, clip_steps(tokens))
    onsets, ends, pitches = note_places(tokens)
    per_step, rows = box.width() / clip_steps(tokens), span[1] - span[0] + 1
    height = max(2.0, box.height() / rows)
    lefts = box.left() + onsets * per_step
    widths = np.maximum(1.5, (ends - onsets) * per_step - 1.0)
    tops = box.top() + (span[1] - pitches + 0.5) / rows * box.height() - height / 2
    places = zip(lefts.tolist(), tops.tolist(), widths.tolist(), strict=True)
    return [QRectF(left, top, width, height) for left, top, width in places]


def _on_rows(notes: NDArray[Any], box: QRectF, rows: VoiceRows, steps: int) -> list[QRectF]:
    """Return a rectangle for each note, ndarray of NOTE, on its row."""
    per_step, unit = box.width() / steps * STEPS_PER_QUARTER, box.height() / (rows.top - rows.bottom)
    edges = rows.of(notes)
    tops = box.top() + (rows.top - edges[:, 1]) * unit
    heights = np.maximum(1.5, (edges[:, 1] - edges[:, 0]) * unit * 0.9)
    lefts = box.left() + notes["start_quarter"] * per_step
    widths = np.maximum(1.5, (notes["end_quarter"] - notes["start_quarter"]) * per_step - 1.0)
    places = zip(lefts.tolist(), tops.tolist(), widths.tolist(), heights.tolist(), strict=True)
    return [QRectF(*place) for place in places]


def paint_voices(painter: QPainter, box: QRectF, tokens: NDArray[Any], span: Span, colours: Colours) -> None:
    """Paint a clip's notes, each voice of other music in the colour that it has on the large roll."""
    if tokens.dtype != NOTE:
        paint_notes(painter, box, tokens, span, colours.accent, outline=False)
        return
    rectangles = note_rectangles(tokens, box, span)
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    for place, voice in enumerate(np.unique(tokens["instrument"]).tolist()):
        painter.setBrush(QColor(colours.series[place % len(colours.series)]))
        mine = np.flatnonzero(tokens["instrument"] == voice).tolist()
        painter.drawRects([rectangles[note] for note in mine])
    painter.restore()


def paint_ground(painter: QPainter, box: QRectF, steps: int, colours: Colours) -> None:
    """Paint the surface, and a line at each bar."""
    painter.fillRect(box, QColor(colours.surface))
    painter.setPen(pen(colours.grid, 1))
    bars = max(1, steps // STEPS_PER_BAR)
    if box.width() / bars > 12:
        places = [box.left() + box.width() * bar / bars for bar in range(1, bars)]
        painter.drawLines([QLineF(x, box.top(), x, box.bottom()) for x in places])


def paint_notes(painter: QPainter, box: QRectF, tokens: NDArray[Any], span: Span, colour: str, outline: bool) -> None:
    """Paint a melody's notes, filled or as outlines."""
    rectangles = note_rectangles(tokens, box, span)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen(colour, 1.3) if outline else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if outline else QColor(colour))
    if rectangles and rectangles[0].height() < ROUND and not outline:
        painter.drawRects(rectangles)  # corners nobody would see take ten times as long
    else:
        inset = 0.5 if outline else 0.0
        for rectangle in rectangles:
            painter.drawRoundedRect(rectangle.adjusted(inset, inset, -inset, -inset), 1.5, 1.5)
    painter.restore()
