"""The piano roll: the original as outlines, the decoded notes filled, on a grid of sixteenths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from innervoice.shell.plots.legend import Entry, Legend
from innervoice.shell.plots.musical_time import BarAxis, time_map
from innervoice.shell.plots.notes_item import NotesItem, note_boxes, pitch_name
from innervoice.shell.plots.panel import PlotPanel
from innervoice.shell.plots.roll_ground import HIGHEST, LOWEST, KeyGutter, RollGround
from innervoice.shell.plots.roll_view import RollViewBox
from innervoice.shell.theme import Theme

LEAST_ROWS = 18  # semitones shown at least, so that two notes do not become two slabs


@dataclass(frozen=True)
class NoteHit:
    """A clicked note.

    Parameters
    ----------
    layer : str
        ``"original"`` or ``"decoded"``.
    index : int
        Its place in that layer.
    note : ndarray of NOTE [1]
    """

    layer: str
    index: int
    note: NDArray[Any]


class PianoRollView(PlotPanel):
    """Original and decoded notes over one keyboard and one musical grid.

    The wheel zooms time, with Shift pitch; dragging moves; a double click shows everything again. The left and right
    arrow keys go from note to note.
    """

    note_clicked = Signal(object)

    def __init__(self, theme: Theme | None = None, parent: QWidget | None = None) -> None:
        super().__init__(theme or Theme(), "Piano roll", parent)
        self.legend = Legend(self.theme, self)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.setSpacing(0)
        layout.insertWidget(0, self.legend)
        self._gutter, self._axis = KeyGutter(self.theme), BarAxis()
        self._plot = self.add_plot(0, axes={"left": self._gutter, "bottom": self._axis}, view=RollViewBox())
        self._ground = RollGround(self.theme)
        self._items = {"original": NotesItem(outline=True), "decoded": NotesItem(outline=False)}
        self._layers: dict[str, NDArray[Any] | None] = {"original": None, "decoded": None}
        self._playhead = pg.InfiniteLine(angle=90, movable=False)
        self._playhead.setVisible(False)
        for item in (self._ground, self._items["decoded"], self._items["original"], self._playhead):
            self._plot.addItem(item, ignoreBounds=True)
        self._unit, self._extent = "bars", (0.0, 0, 0)
        self.beats_per_bar = 4
        self.map = time_map()
        self.restyle()
        self.set_layers(None, None, 4.0)

    def set_layers(self, original: NDArray[Any] | None, decoded: NDArray[Any] | None, seconds: float) -> None:
        """Show a clip.

        Parameters
        ----------
        original, decoded : ndarray of NOTE, or None
            The two layers; None or empty leaves one out.
        seconds : float
            The length of the clip, at the tempo of the first layer that has notes.
        """
        same_clip = original is not None and _equal(original, self._layers["original"])
        self._layers = {"original": original, "decoded": decoded}
        self.map = time_map(original, decoded)
        for name, notes in self._layers.items():
            self._items[name].set_boxes(note_boxes(notes))
        quarters = self.map.to_quarters(seconds) if np.isfinite(seconds) and seconds > 0 else 0.0
        self._set_extent(quarters, keep=same_clip)
        self._axis.set_grid(self.beats_per_bar, self.map, self._unit)
        self._set_legend()
        counts = [f"{len(notes)} {name}" for name, notes in self._layers.items() if notes is not None]
        self.setAccessibleDescription("notes: " + ", ".join(counts) if counts else "no notes")

    def set_playhead(self, seconds: float | None) -> None:
        """Draw the playing position; None hides it. The view follows when the position leaves it."""
        self._playhead.setVisible(seconds is not None)
        if seconds is None:
            return
        quarter = self.map.to_quarters(seconds)
        self._playhead.setValue(quarter)
        (left, right), _ = self._plot.vb.viewRange()
        if not left <= quarter <= right:
            self._plot.vb.setXRange(quarter, quarter + right - left, padding=0)

    def set_time_unit(self, unit: str) -> None:
        """Label the time axis in ``"bars"`` or ``"seconds"``."""
        self._unit = unit
        self._axis.set_grid(self.beats_per_bar, self.map, unit)

    def show_all(self) -> None:
        """Show the whole clip and the pitches it uses."""
        quarters, low, high = self._extent
        self._plot.vb.setRange(xRange=(0, quarters), yRange=(low - 0.5, high + 0.5), padding=0)

    def restyle(self) -> None:
        colours = self.theme.colours
        self._gutter.theme = self._ground.theme = self.theme
        self._gutter.picture = None
        self._items["original"].colour = QColor(colours.original)
        self._items["decoded"].colour = QColor(colours.accent)
        for item in self._items.values():
            item.text_colour, item.selection_colour = QColor(colours.on_accent), QColor(colours.selection)
            item.update()
        self._playhead.setPen(pg.mkPen(colours.playhead, width=2))
        self._gutter.update()
        self._ground.update()
        self.legend.set_theme(self.theme)
        self._set_legend()

    def clicked(self, plot: Any, position: QPointF) -> None:
        for layer in ("decoded", "original"):
            index = self._items[layer].at(position.x(), position.y())
            if index is not None:
                self._select(layer, index)
                return

    def hover_text(self, plot: Any, position: QPointF) -> str:
        for layer in ("decoded", "original"):
            index, notes = self._items[layer].at(position.x(), position.y()), self._layers[layer]
            if index is not None and notes is not None:
                note = notes[index]
                steps = 4 * float(note["end_quarter"] - note["start_quarter"])
                place = 1 + 4 * float(note["start_quarter"])
                return f"{layer}: {pitch_name(int(note['pitch']))}, step {place:g}, {steps:g} sixteenths"
        return ""

    def key_step(self, step: int) -> None:
        layer = "decoded" if self._has("decoded") else "original"
        notes = self._layers[layer]
        if notes is None or not len(notes):
            return
        now = self._items[layer].selected
        first = 0 if step > 0 else len(notes) - 1
        self._select(layer, first if now is None else int(np.clip(now + step, 0, len(notes) - 1)))

    def _select(self, layer: str, index: int) -> None:
        for name, item in self._items.items():
            item.selected = index if name == layer else None
            item.update()
        notes = self._layers[layer]
        if notes is not None:
            self.note_clicked.emit(NoteHit(layer, index, notes[index : index + 1]))

    def _has(self, layer: str) -> bool:
        notes = self._layers[layer]
        return notes is not None and len(notes) > 0

    def _set_extent(self, quarters: float, keep: bool) -> None:
        """Decide what there is to show; while a slider moves (`keep`) the pitches shown only grow, never jump."""
        boxes = np.vstack([note_boxes(notes) for notes in self._layers.values()])
        last = float(boxes[:, 1].max()) if len(boxes) else 0.0
        length = max(quarters, last, 1.0)
        low, high = (int(boxes[:, 2].min() + 0.5), int(boxes[:, 3].max() - 0.5)) if len(boxes) else (60, 72)
        spare = max(2, (LEAST_ROWS - (high - low) + 1) // 2)
        extent = (length, max(LOWEST, low - spare), min(HIGHEST, high + spare))
        if keep and self._extent[0] == length:
            shown = self._extent[1:]
            extent = (length, min(shown[0], low), max(shown[1], high))
        self._ground.set_length(length, self.beats_per_bar)
        if extent != self._extent:
            untouched = not keep or self._shows_all()
            self._extent = extent
            self._plot.vb.setLimits(
                xMin=0, xMax=length, yMin=LOWEST - 0.5, yMax=HIGHEST + 0.5, minXRange=0.5, minYRange=6
            )
            if untouched:
                self.show_all()

    def _shows_all(self) -> bool:
        """Whether the user has neither zoomed nor moved."""
        quarters, low, high = self._extent
        return np.allclose(self._plot.vb.viewRange(), [[0, quarters], [low - 0.5, high + 0.5]])

    def _set_legend(self) -> None:
        colours = self.theme.colours
        entries = {
            "original": Entry("original", colours.original, "outline"),
            "decoded": Entry("decoded", colours.accent, "filled"),
        }
        self.legend.set_entries(tuple(entry for name, entry in entries.items() if self._has(name)))


def _equal(first: NDArray[Any], second: NDArray[Any] | None) -> bool:
    return second is not None and (first is second or np.array_equal(first, second))
