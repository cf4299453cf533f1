"""A roll of several voices: each in a colour of its own, drums on rows that bear their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from innervoice.music.general_midi import INSTRUMENTS
from innervoice.music.score import NOTE
from innervoice.music.voice_rows import VoiceRows
from innervoice.shell.plots.legend import Entry, Legend
from innervoice.shell.plots.musical_time import TimeMap, time_map
from innervoice.shell.plots.note_words import note_text
from innervoice.shell.plots.notes_item import NotesItem, note_shades
from innervoice.shell.plots.panel import PlotPanel
from innervoice.shell.plots.roll_lane import RollLane
from innervoice.shell.plots.roll_ruler import RulerAxis
from innervoice.shell.plots.roll_view import RollViewBox
from innervoice.shell.plots.voice_ground import VoiceGround, VoiceGutter
from innervoice.shell.theme import Theme
from innervoice.shell.words import said

NO_NOTES = np.zeros(0, NOTE)
LEAST_SIXTEENTHS = 0.8
"""A struck drum is drawn as long as this at least, in sixteenths: many last for a moment only."""


class VoicesView(PlotPanel):
    """The decoded clip, filled, a colour for each voice; the original as outlines over it.

    Wheel, dragging and ruler are those of the piano roll.

    Signals
    -------
    note_clicked : object
        A note, ndarray of NOTE [1].
    loop_chosen : object, object
    place_clicked : float
        As of the piano roll.
    """

    note_clicked = Signal(object)
    loop_chosen = Signal(object, object)
    place_clicked = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, said("Roll of the voices"), parent)
        self.legend = Legend(theme, self)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.setSpacing(0)
        layout.insertWidget(0, self.legend)
        self.gutter, self._ruler, self._ground = VoiceGutter(theme), RulerAxis(theme), VoiceGround(theme)
        plot = self.add_plot(0, axes={"left": self.gutter, "bottom": self._ruler}, view=RollViewBox())
        self.lane = RollLane(plot, self.gutter, self._ruler, theme, self._ground)
        self._ruler.loop_dragged.connect(self.lane.set_loop)
        self._ruler.loop_dropped.connect(self._drop_loop)
        self._ruler.place_clicked.connect(lambda quarter: self.place_clicked.emit(self.map.to_seconds(quarter)))
        self.outlines = NotesItem(outline=True)
        self.lane.hold(self.outlines, height=1)
        self.voices: dict[int, NotesItem] = {}
        self.rows, self._shown = VoiceRows(), (0.0, 0.0, 0.0)
        self.map: TimeMap = time_map()
        self._names: dict[int, str] = {}
        self._original, self._decoded = NO_NOTES, NO_NOTES
        self.restyle()

    # What is shown

    def forget(self) -> None:
        """Begin with the rows of another model's clips."""
        self.rows = VoiceRows()

    def set_music(
        self, original: NDArray[Any] | None, decoded: NDArray[Any] | None, quarters: float, names: Sequence[str] = ()
    ) -> None:
        """Show a clip.

        Parameters
        ----------
        original, decoded : ndarray of NOTE, or None
        quarters : float
            How long the clip is.
        names : sequence of str
            What the voices are called, by the `instrument` of their notes.
        """
        self._original = NO_NOTES if original is None else original
        self._decoded = NO_NOTES if decoded is None else decoded
        both = np.concatenate([self._original, self._decoded])
        self.map, self.rows = time_map(self._decoded, self._original), self.rows.grown(both)
        self._names = {int(voice): _name(both, int(voice), names) for voice in np.unique(both["instrument"])}
        self._set_extent(max(quarters, 1.0))
        self._draw()
        self.setAccessibleDescription(
            said("{count} notes: {voices}").format(count=len(self._decoded), voices=", ".join(self._names.values()))
        )

    def set_playhead(self, seconds: float | None) -> None:
        """Draw the playing position; None hides it."""
        self.lane.set_playhead(self.map.to_quarters(seconds) if seconds is not None else None)

    def set_loop_range(self, seconds: tuple[float, float] | None) -> None:
        """Show the range that a loop repeats; None for none."""
        self.lane.set_loop((self.map.to_quarters(seconds[0]), self.map.to_quarters(seconds[1])) if seconds else None)

    def show_all(self) -> None:
        """Show the whole clip and every row."""
        quarters, bottom, top = self._shown
        self.lane.plot.vb.setRange(xRange=(0, quarters), yRange=(bottom, top), padding=0)

    def zoom_time(self, factor: float) -> None:
        """Show `factor` times less time, about the middle of what is shown."""
        self.lane.plot.vb.zoom(0, factor)

    def restyle(self) -> None:
        self.lane.restyle(self.theme)
        self.legend.set_theme(self.theme)
        self._colour()

    # What a person does

    def clicked(self, plot: Any, position: QPointF) -> None:
        hit = self._hit(position)
        if hit is not None:
            self.note_clicked.emit(hit[1][hit[2] : hit[2] + 1])

    def hover_text(self, plot: Any, position: QPointF) -> str:
        hit = self._hit(position)
        return note_text(*hit) if hit is not None else ""

    def _hit(self, position: QPointF) -> tuple[str, NDArray[Any], int] | None:
        """What it is of, the notes there and the place among them; the uppermost note under a position."""
        index = self.outlines.at(position.x(), position.y())
        if index is not None and len(self._original):
            return said("original"), self._original, index
        for voice, item in self.voices.items():
            index = item.at(position.x(), position.y())
            if index is not None:
                return self._names[voice], self._of(voice), index
        return None

    def _of(self, voice: int) -> NDArray[Any]:
        mine: NDArray[Any] = self._decoded[self._decoded["instrument"] == voice]
        return mine

    def _draw(self) -> None:
        self.gutter.set_rows(self.rows)
        for voice in self._names.keys() - self.voices.keys():
            self.voices[voice] = NotesItem(outline=False)
            self.lane.hold(self.voices[voice])
        for voice, item in self.voices.items():
            notes = self._of(voice)
            item.set_boxes(self._boxes(notes), note_shades(notes), ~notes["drum"])
        self.outlines.set_boxes(self._boxes(self._original))
        self._ruler.set_grid(4, self.map, "bars", 1)
        self._colour()

    def _boxes(self, notes: NDArray[Any]) -> NDArray[np.float64]:
        least = np.where(notes["drum"], LEAST_SIXTEENTHS / 4, 0.0)
        ends = np.maximum(notes["end_quarter"], notes["start_quarter"] + least)
        return np.column_stack([notes["start_quarter"], ends, self.rows.of(notes)])

    def _colour(self) -> None:
        colours = self.theme.colours
        entries = []
        for place, voice in enumerate(sorted(self._names)):
            shade = colours.series[place % len(colours.series)]
            self.voices[voice].colour = QColor(shade)
            entries.append(Entry(self._names[voice], shade))
        self.outlines.colour = QColor(colours.original)
        for item in (self.outlines, *self.voices.values()):
            item.name_colour, item.text_colour = QColor(colours.muted), QColor(colours.on_accent)
            item.selection_colour = QColor(colours.selection)
            item.update()
        outlined = (Entry(said("original"), colours.original, "outline"),) if len(self._original) else ()
        self.legend.set_entries((*outlined, *entries))

    def _set_extent(self, quarters: float) -> None:
        """Keep what a person has zoomed to, unless there are other rows or another length."""
        self._ground.set_rows(self.rows)
        self.lane.set_length(quarters, 4)
        shown = (quarters, self.rows.bottom, self.rows.top)
        if shown != self._shown:
            self._shown = shown
            self.show_all()

    def _drop_loop(self, loop: tuple[float, float] | None) -> None:
        self.lane.set_loop(loop)
        ends = (None, None) if loop is None else tuple(self.map.to_seconds(quarter) for quarter in loop)
        self.loop_chosen.emit(*ends)


def _name(notes: NDArray[Any], voice: int, names: Sequence[str]) -> str:
    """Return what a voice is called: as the model has it, drums, or its instrument."""
    if 0 <= voice < len(names):
        return names[voice]
    mine = notes[notes["instrument"] == voice]
    return said("drums") if mine["drum"].all() else INSTRUMENTS[int(mine["program"][0]) % len(INSTRUMENTS)]
