"""A melody in small: what rows of rolls, pads and tiles paint."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from innervoice.music.tokens import FIRST_PITCH, STEPS_PER_BAR, tokens_to_notes
from innervoice.shell.theme import Colours

LEAST_TOKENS = 13  # an octave at least, so that a tune on one note is a line in the middle and no slab
Span = tuple[float, float]


def pitch_span(*melodies: NDArray[Any] | None) -> Span:
    """Return the lowest and the highest pitch that these melodies (int, any shape) need in one picture."""
    pitches = [m[m >= FIRST_PITCH] for m in melodies if m is not None]
    every = np.concatenate([np.zeros(0), *pitches])
    low, high = (float(every.min()), float(every.max())) if len(every) else (41.0, 41.0)
    spare = max(1.0, (LEAST_TOKENS - (high - low)) / 2)
    return low - spare + 19, high + spare + 19


def note_rectangles(tokens: NDArray[Any], box: QRectF, span: Span) -> list[QRectF]:
    """Return a rectangle inside `box` for each note of a melody, int [steps], on a common scale of pitch."""
    notes = tokens_to_notes(tokens)
    per_quarter, rows = box.width() / (len(tokens) / 4), span[1] - span[0] + 1
    height = max(2.0, box.height() / rows)
    return [
        QRectF(
            box.left() + start * per_quarter,
            box.top() + (span[1] - pitch + 0.5) / rows * box.height() - height / 2,
            max(1.5, (end - start) * per_quarter - 1.0),
            height,
        )
        for start, end, pitch in zip(
            notes["start_quarter"].tolist(), notes["end_quarter"].tolist(), notes["pitch"].tolist(), strict=True
        )
    ]


def paint_ground(painter: QPainter, box: QRectF, steps: int, colours: Colours) -> None:
    """Paint the surface, and a line at each bar."""
    painter.fillRect(box, QColor(colours.surface))
    painter.setPen(QPen(QColor(colours.grid), 1))
    bars = max(1, steps // STEPS_PER_BAR)
    if box.width() / bars > 12:
        places = [box.left() + box.width() * bar / bars for bar in range(1, bars)]
        painter.drawLines([QLineF(x, box.top(), x, box.bottom()) for x in places])


def paint_notes(painter: QPainter, box: QRectF, tokens: NDArray[Any], span: Span, colour: str, outline: bool) -> None:
    """Paint a melody's notes, filled or as outlines."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 1.3) if outline else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if outline else QColor(colour))
    inset = 0.5 if outline else 0.0
    for rectangle in note_rectangles(tokens, box, span):
        painter.drawRoundedRect(rectangle.adjusted(inset, inset, -inset, -inset), 1.5, 1.5)
    painter.restore()
