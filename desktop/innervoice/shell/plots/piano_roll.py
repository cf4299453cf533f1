"""The piano roll: original and decoded notes, over one another or in two lanes, on a grid of sixteenths."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QNativeGestureEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from innervoice.music.token_edits import Tokens, note_spans
from innervoice.shell.plots.legend import Entry, Legend
from innervoice.shell.plots.musical_time import TimeMap, time_map
from innervoice.shell.plots.note_hit import NoteHit
from innervoice.shell.plots.note_keys import key_of
from innervoice.shell.plots.note_words import note_text
from innervoice.shell.plots.notes_item import note_boxes
from innervoice.shell.plots.panel import PlotPanel
from innervoice.shell.plots.pencil import Pencil
from innervoice.shell.plots.roll_ground import HIGHEST, LOWEST
from innervoice.shell.plots.roll_lanes import RollLanes
from innervoice.shell.theme import Theme
from innervoice.shell.words import said

LEAST_ROWS = 18  # semitones shown at least, so that two notes do not become two slabs
NO_PEDAL: NDArray[np.float64] = np.zeros((0, 2))


class PianoRollView(PlotPanel):
    """Original and decoded notes over one keyboard and one musical grid, or each in a lane of its own.

    The wheel scrolls pitch, with Shift time; with Ctrl it zooms time, with Alt pitch. Dragging moves; a double click
    shows everything again. The left and right arrow keys go from note to note. With the pencil (`set_editing`) mouse
    and keys edit the original's notes instead. A drag on the time axis sets the loop's range.

    Signals
    -------
    note_clicked : NoteHit
    loop_chosen : object, object
        Begin and end of the loop in seconds, as a drag on the ruler ends; None and None for no range.
    place_clicked : float
        A click on the ruler, in seconds.
    key_clicked : int
        A click on the keyboard, as a MIDI pitch.
    """

    note_clicked = Signal(object)
    loop_chosen = Signal(object, object)
    place_clicked = Signal(float)
    key_clicked = Signal(int)

    def __init__(self, theme: Theme | None = None, parent: QWidget | None = None) -> None:
        super().__init__(theme or Theme(), said("Piano roll"), parent)
        self.legend = Legend(self.theme, self)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.setSpacing(0)
        layout.insertWidget(0, self.legend)
        self.lanes = RollLanes(self.add_plot, self.theme)
        self._plot, self._axis, self._playhead = (
            self.lanes.upper.plot,
            self.lanes.upper.ruler,
            self.lanes.upper.playhead,
        )
        self._items = self.lanes.items
        self.map: TimeMap = time_map()
        for lane in self.lanes.both:
            lane.gutter.key_clicked.connect(self.key_clicked)
            lane.ruler.loop_dragged.connect(self.lanes.set_loop)
            lane.ruler.loop_dropped.connect(self._drop_loop)
            lane.ruler.place_clicked.connect(self._tell_place)
        self._layers: dict[str, NDArray[Any] | None] = {"original": None, "decoded": None}
        self._pedal = NO_PEDAL
        self._unit, self._extent = "bars", (0.0, 0, 0)
        self.beats_per_bar, self.first_bar = 4, 1
        self.pencil = Pencil(self)
        self.pencil.chosen_changed.connect(self._mark_chosen)
        self.pencil.frame_changed.connect(self.lanes.upper.set_frame)
        self._plots = self.lanes.shown()
        self.restyle()
        self.set_layers(None, None, 4.0)

    # What is shown

    def set_layers(
        self,
        original: NDArray[Any] | None,
        decoded: NDArray[Any] | None,
        seconds: float,
        first_bar: int = 1,
        pedal: NDArray[np.float64] | None = None,
    ) -> None:
        """Show a clip.

        Parameters
        ----------
        original, decoded : ndarray of NOTE, or None
            The two layers; None or empty leaves one out.
        seconds : float
            The length of the clip, at the tempo of the first layer that has notes.
        first_bar : int
            The number of the clip's first bar in its score.
        pedal : ndarray float64 [spans, 2], or None
            When the pedal of the original is down, in quarters.
        """
        same_clip = original is not None and (_equal(original, self._layers["original"]) or self.editing)
        self._layers = {"original": original, "decoded": decoded}
        self.map, self.first_bar = time_map(original, decoded), first_bar
        self.lanes.set_notes(self._layers)
        self._pedal = NO_PEDAL if pedal is None else pedal
        self.lanes.upper.pedal.set_spans(self._pedal)
        quarters = self.map.to_quarters(seconds) if np.isfinite(seconds) and seconds > 0 else 0.0
        self._set_extent(quarters, keep=same_clip)
        self.lanes.set_grid(self.beats_per_bar, self.map, self._unit, first_bar)
        self._mark_chosen()
        self._set_legend()
        counts = [f"{len(notes)} {name}" for name, notes in self._layers.items() if notes is not None]
        self.setAccessibleDescription(said("notes: ") + ", ".join(counts) if counts else said("no notes"))

    def set_stacked(self, stacked: bool) -> None:
        """Show original and decoded in a lane each, or over one another."""
        self.lanes.stack(stacked)
        self._plots = self.lanes.shown()
        self.lanes.set_notes(self._layers)
        self.restyle()
        self.show_all()

    def set_tokens(self, tokens: Tokens | None) -> None:
        """Let the pencil work on the original's tokens, int16 [steps]; None takes it away."""
        self.pencil.set_tokens(tokens)

    @property
    def editing(self) -> bool:
        """Whether mouse and keys edit notes."""
        return self._plot.vb.tool is not None

    def set_editing(self, editing: bool) -> None:
        """Take the pencil, or put it away."""
        self._plot.vb.tool = self.pencil if editing else None
        if not editing:
            self._plot.vb.unsetCursor()
            self.pencil.choose_none()

    def set_loop_range(self, seconds: tuple[float, float] | None) -> None:
        """Show the range that a loop repeats; None for none."""
        self.lanes.set_loop((self.map.to_quarters(seconds[0]), self.map.to_quarters(seconds[1])) if seconds else None)

    def set_playhead(self, seconds: float | None) -> None:
        """Draw the playing position; None hides it. The view follows when the position leaves it."""
        self.lanes.set_playhead(self.map.to_quarters(seconds) if seconds is not None else None)

    def set_time_unit(self, unit: str) -> None:
        """Label the time axis in ``"bars"`` or ``"seconds"``."""
        self._unit = unit
        self.lanes.set_grid(self.beats_per_bar, self.map, unit, self.first_bar)

    def show_all(self) -> None:
        """Show the whole clip and the pitches it uses."""
        quarters, low, high = self._extent
        self._plot.vb.setRange(xRange=(0, quarters), yRange=(low - 0.5, high + 0.5), padding=0)

    def zoom_time(self, factor: float) -> None:
        """Show `factor` times less time, about the middle of what is shown."""
        self._plot.vb.zoom(0, factor)

    def restyle(self) -> None:
        self.lanes.restyle(self.theme)
        self.legend.set_theme(self.theme)
        self._set_legend()

    # What a person does

    def clicked(self, plot: Any, position: QPointF) -> None:
        if self.editing and plot is self._plot:
            return  # the pencil has seen to it
        for layer in self.lanes.layers_of(plot):
            index = self._items[layer].at(position.x(), position.y())
            if index is not None:
                self._select(layer, index)
                return

    def double_clicked(self, plot: Any) -> None:
        if not (self.editing and plot is self._plot):
            self.show_all()

    def hover_text(self, plot: Any, position: QPointF) -> str:
        for layer in self.lanes.layers_of(plot):
            index, notes = self._items[layer].at(position.x(), position.y()), self._layers[layer]
            if index is not None and notes is not None:
                return note_text(layer, notes, index)
        return ""

    def key_step(self, step: int) -> None:
        layer = "decoded" if self._has("decoded") else "original"
        notes = self._layers[layer]
        if notes is None or not len(notes):
            return
        now = self._items[layer].selected
        first = 0 if step > 0 else len(notes) - 1
        self._select(layer, first if now is None else int(np.clip(now + step, 0, len(notes) - 1)))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Leave the right button to the pencil, which rubs out with it; the menu key offers the files all the same."""
        if not (self.editing and event.reason() == QContextMenuEvent.Reason.Mouse):
            super().contextMenuEvent(event)

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Give the pencil its keys, and zoom time when two fingers pinch."""
        key = key_of(event) if self.editing and isinstance(event, QKeyEvent) else None
        if key is not None and (self.pencil.chosen or not key.needs_choice):
            event.accept()  # also what would be a shortcut elsewhere
            if event.type() == QEvent.Type.KeyPress:
                key.run(self.pencil)
            return True
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_time(1 + event.value())
            return True
        return super().eventFilter(watched, event)

    def _select(self, layer: str, index: int) -> None:
        for name, item in self._items.items():
            item.selected = index if name == layer else None
            item.update()
        notes = self._layers[layer]
        if notes is not None:
            self.note_clicked.emit(NoteHit(layer, index, notes[index : index + 1]))

    def _mark_chosen(self) -> None:
        """Show the pencil's selection."""
        tokens, item = self.pencil.tokens, self._items["original"]
        onsets = note_spans(tokens)[:, 0].tolist() if tokens is not None else []
        item.chosen = frozenset(number for number, onset in enumerate(onsets) if onset in self.pencil.chosen)
        item.update()

    def _tell_place(self, quarter: float) -> None:
        self.place_clicked.emit(self.map.to_seconds(quarter))

    def _drop_loop(self, loop: tuple[float, float] | None) -> None:
        self.lanes.set_loop(loop)
        ends = (None, None) if loop is None else tuple(self.map.to_seconds(quarter) for quarter in loop)
        self.loop_chosen.emit(*ends)

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
            extent = (length, min(shown[0], max(LOWEST, low - 1)), max(shown[1], min(HIGHEST, high + 2)))
        self.lanes.set_length(length, self.beats_per_bar)
        if extent != self._extent:
            untouched = not keep or self._shows_all()
            self._extent = extent
            if untouched:
                self.show_all()

    def _shows_all(self) -> bool:
        """Whether the user has neither zoomed nor moved."""
        quarters, low, high = self._extent
        return np.allclose(self._plot.vb.viewRange(), [[0, quarters], [low - 0.5, high + 0.5]])

    def _set_legend(self) -> None:
        colours = self.theme.colours
        entries = {
            "original": Entry(said("original"), colours.original, "filled" if self.lanes.stacked else "outline"),
            "decoded": Entry(said("decoded"), colours.accent, "filled"),
        }
        pedal = (Entry(said("pedal"), colours.noise, "filled"),) if len(self._pedal) else ()
        self.legend.set_entries((*(entry for name, entry in entries.items() if self._has(name)), *pedal))


def _equal(first: NDArray[Any], second: NDArray[Any] | None) -> bool:
    return second is not None and (first is second or np.array_equal(first, second))
