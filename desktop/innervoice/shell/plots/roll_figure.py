"""Piano rolls of a result: any number of layers over seconds, with spans behind them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from innervoice.music.general_midi import drum_name
from innervoice.music.score import NOTE
from innervoice.music.voice_rows import VoiceRows
from innervoice.plugin.figures import PianoRoll
from innervoice.shell.plots.arcs_item import ArcsItem
from innervoice.shell.plots.canvas import FigureCanvas
from innervoice.shell.plots.legend import Entry
from innervoice.shell.plots.musical_time import time_map
from innervoice.shell.plots.notes_item import NotesItem, pitch_name
from innervoice.shell.plots.ranges import extent
from innervoice.shell.plots.remarks_item import RemarksItem
from innervoice.shell.plots.roll_ground import HIGHEST, LOWEST, KeyGutter, RollGround
from innervoice.shell.plots.roll_view import RollViewBox
from innervoice.shell.plots.spans_item import PATTERNS, SpansItem
from innervoice.shell.plots.voice_ground import VoiceGround, VoiceGutter
from innervoice.shell.theme import Theme
from innervoice.shell.words import said

NO_NOTES = np.zeros(0, NOTE)
REMARK_ROOM = 0.035  # of the height of the notes, for each row of words
NAME_ROOM = 0.15  # of the length of the notes, for what the rows of words are called
STRUCK_SECONDS = 0.08
"""A struck drum is drawn as long as this at least: many last for a moment only."""
MOST_PAIRS = 10_000_000  # pairs of notes that are compared; in a longer roll no name can be read anyway


@dataclass(frozen=True)
class Passage:
    """Notes of a figure that are to be heard, from a place in them on; NOTE [n], counted from there."""

    notes: NDArray[Any]
    kind: str = "notes"


class RollCanvas(FigureCanvas):
    """Draws a `PianoRoll`: of several layers the lowest is an outline, the others are filled.

    Drums have rows of their own, with names. A click plays the layer of the note under it from there on, the uppermost
    where there is none.
    """

    def __init__(self, figure: PianoRoll, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(figure, theme, parent)
        self.figure = figure
        self._rows = _drum_rows(figure)
        self._gutter, self._ground = _rows_beside(self._rows, theme)
        self.plot = self.add_plot(0, axes={"left": self._gutter}, view=RollViewBox())
        self.label_axes(self.plot, figure.x, figure.y)
        self._gutter.showLabel(False)
        several = len(figure.notes) > 1
        self._layers = [NotesItem(outline=several and n == 0) for n in range(len(figure.notes))]
        for item, layer in zip(self._layers, figure.notes, strict=True):
            item.set_boxes(self._boxes(layer.notes), named=~layer.notes["drum"] & (not item.outline))
        if several:
            outlined = self._boxes(figure.notes[0].notes)
            filled = np.vstack([self._boxes(layer.notes) for layer in figure.notes[1:]])
            free = _uncovered(outlined, filled) & ~figure.notes[0].notes["drum"]
            self._layers[0].set_boxes(outlined, named=free)
        rows = self._rows
        top, bottom = (rows.top, rows.bottom) if rows is not None else (HIGHEST + 0.5, LOWEST - 0.5)
        self._spans = [SpansItem(span.times, n, bottom, top) for n, span in enumerate(figure.spans)]
        upwards = [*self._layers[1:], *self._layers[:1]]  # an outline is seen only above what fills it
        self._arcs = [ArcsItem(arcs.lines(), arcs.strengths) for arcs in figure.arcs]
        for graphic in [self._ground, *self._spans, *upwards, *self._arcs]:
            self.plot.addItem(graphic, ignoreBounds=True)
        self._fit()
        self._remarks = RemarksItem(figure.remarks, self.plot.vb, (bottom, top, self._home[0]))
        self.plot.addItem(self._remarks, ignoreBounds=True)
        self.restyle()

    def entries(self) -> tuple[Entry, ...]:
        layers = [
            Entry(layer.label, self._colour(n), "outline" if item.outline else "filled")
            for n, (layer, item) in enumerate(zip(self.figure.notes, self._layers, strict=True))
        ]
        spans = [
            Entry(span.label, self._span_colour(n), "hatched" if n % len(PATTERNS) else "band")
            for n, span in enumerate(self.figure.spans)
        ]
        arcs = [Entry(one.label, self._arc_colour(n), "line") for n, one in enumerate(self.figure.arcs)]
        return (*layers, *spans, *arcs)

    def recolour(self) -> None:
        colours = self.theme.colours
        self._gutter.theme = self._ground.theme = self.theme
        for number, item in enumerate(self._layers):
            item.colour, item.text_colour = QColor(self._colour(number)), QColor(colours.on_accent)
            item.selection_colour = QColor(colours.selection)
            item.update()
        for number, span in enumerate(self._spans):
            span.colour = QColor(self._span_colour(number))
            span.update()
        for number, arcs in enumerate(self._arcs):
            arcs.colour = QColor(self._arc_colour(number))
            arcs.update()
        self._remarks.colour, self._remarks.ground = QColor(colours.text), QColor(colours.surface)
        self._remarks.update()
        self._gutter.update()
        self._ground.update()

    def hover_text(self, plot: Any, position: QPointF) -> str:
        for layer, item in reversed(list(zip(self.figure.notes, self._layers, strict=True))):
            index = item.at(position.x(), position.y())
            if index is not None:
                note = layer.notes[index]
                start, length, pitch = float(note["start"]), float(note["end"] - note["start"]), int(note["pitch"])
                return said("{label}: {pitch} at {start:.2f} s, {length:.2f} s long").format(
                    label=layer.label,
                    pitch=drum_name(pitch) if note["drum"] else pitch_name(pitch),
                    start=start,
                    length=length,
                )
        return ""

    def clicked(self, plot: Any, position: QPointF) -> None:
        under = [n for n, item in enumerate(self._layers) if item.at(position.x(), position.y()) is not None]
        self._play(under[-1] if under else len(self._layers) - 1, position.x())

    def offers(self) -> tuple[tuple[str, Any, str], ...]:
        return tuple(
            (
                said("Play {label}").format(label=layer.label),
                partial(self._play, number, 0.0),
                "" if len(layer.notes) else said("It has no notes."),
            )
            for number, layer in enumerate(self.figure.notes)
        )

    def _play(self, layer: int, start: float) -> None:
        """Let one layer be heard from a time in seconds on."""
        if not 0 <= layer < len(self.figure.notes):
            return
        notes = self.figure.notes[layer].notes
        left = notes[notes["end"] > start].copy()
        for field in ("start", "end"):
            left[field] = np.maximum(left[field] - start, 0.0)
        if len(left):
            self.link_activated.emit(Passage(left))

    def show_all(self) -> None:
        end, low, high = self._home
        self.plot.setRange(xRange=(0, end), yRange=(low, high), padding=0)

    def _colour(self, number: int) -> str:
        if self._layers[number].outline:
            return self.theme.colours.original
        series = self.theme.colours.series
        return series[(number - len(self._layers) + 1) % len(series)] if number else series[0]

    def _span_colour(self, number: int) -> str:
        series = self.theme.colours.series
        return series[(number + 1) % len(series)]

    def _arc_colour(self, number: int) -> str:
        series = self.theme.colours.series
        return series[(number + len(self._spans) + 1) % len(series)]

    def _fit(self) -> None:
        figure = self.figure
        boxes = np.vstack([np.zeros((0, 4)), *(self._boxes(layer.notes) for layer in figure.notes)])
        end = figure.seconds or (float(boxes[:, 1].max()) if len(boxes) else 1.0)
        low, high = extent(boxes[:, 2:] if len(boxes) else np.array([59.5, 72.5]))
        mapping = time_map(*(layer.notes for layer in figure.notes))
        steady = np.allclose(np.diff(mapping.seconds) / np.diff(mapping.quarters), mapping.to_seconds(1.0), rtol=1e-3)
        self._ground.set_length(end, 4, quarter=mapping.to_seconds(1.0) if steady else 0.0)
        lowest, highest, spare = LOWEST - 0.5, HIGHEST + 0.5, 2.0
        if self._rows is not None:  # with room to spare of their own
            lowest, highest, spare = self._rows.bottom, self._rows.top, 0.0
            low, high = lowest, highest
        above = spare + REMARK_ROOM * (high - low) * len(figure.remarks)  # the words must not lie on the notes
        if self._rows is not None:
            highest = high + above
        beside = end * (1 + NAME_ROOM * bool(figure.remarks))  # nor their rows' names on the last of them
        self.plot.setLimits(xMin=0, xMax=beside, yMin=lowest, yMax=highest, minYRange=6)
        self._home = (beside, max(low - spare, lowest), min(high + above, highest))
        self.show_all()

    def _boxes(self, notes: NDArray[Any]) -> NDArray[np.float64]:
        pitch = notes["pitch"].astype(np.float64)
        edges = np.column_stack([pitch - 0.5, pitch + 0.5]) if self._rows is None else self._rows.of(notes)
        struck = np.where(notes["drum"], STRUCK_SECONDS, 0.0)
        return np.column_stack([notes["start"], np.maximum(notes["end"], notes["start"] + struck), edges])


def _drum_rows(figure: PianoRoll) -> VoiceRows | None:
    """Return rows with one for each drum below those of the keys; None for a roll without drums."""
    notes = np.concatenate([layer.notes for layer in figure.notes]) if figure.notes else NO_NOTES
    return VoiceRows().grown(notes) if notes["drum"].any() else None


def _rows_beside(rows: VoiceRows | None, theme: Theme) -> tuple[KeyGutter, RollGround]:
    """Return the keyboard and the ground; with the names of the drums where there are any."""
    if rows is None:
        return KeyGutter(theme), RollGround(theme)
    gutter, ground = VoiceGutter(theme), VoiceGround(theme)
    gutter.set_rows(rows)
    ground.set_rows(rows)
    return gutter, ground


def _uncovered(outlined: NDArray[np.float64], filled: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which outlines have room for a name: those in which no filled note lies, which has a name of its own."""
    if len(outlined) * len(filled) > MOST_PAIRS:
        return np.zeros(len(outlined), dtype=np.bool_)
    start, end, low = (outlined[:, None, column] for column in range(3))
    inside = (filled[None, :, 2] == low) & (filled[None, :, 0] < end) & (filled[None, :, 1] > start)
    free: NDArray[np.bool_] = ~inside.any(axis=1)
    return free
