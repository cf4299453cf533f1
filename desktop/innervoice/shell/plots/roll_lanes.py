"""The two lanes of a piano roll: one for both layers, or one for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from innervoice.shell.plots.musical_time import TimeMap
from innervoice.shell.plots.notes_item import NotesItem, covered, note_boxes, note_shades
from innervoice.shell.plots.roll_ground import KeyGutter
from innervoice.shell.plots.roll_lane import RollLane
from innervoice.shell.plots.roll_ruler import RulerAxis
from innervoice.shell.plots.roll_view import RollViewBox
from innervoice.shell.theme import Theme

Range = tuple[float, float]
Layers = dict[str, NDArray[Any] | None]


class RollLanes:
    """An upper lane with the original, or with both layers, and a lower one that is shown when they are stacked.

    Parameters
    ----------
    add_plot : callable
        Makes a plot of the panel, see `PlotPanel.add_plot`.
    """

    def __init__(self, add_plot: Callable[..., Any], theme: Theme) -> None:
        self.stacked = False
        self.upper, self.lower = self.both = (self._lane(add_plot, 0, theme), self._lane(add_plot, 1, theme))
        self.items = {"original": NotesItem(outline=True), "decoded": NotesItem(outline=False)}
        for name, item in self.items.items():
            self.upper.hold(item, height=int(name == "original"))
        self._show()

    def _lane(self, add_plot: Callable[..., Any], row: int, theme: Theme) -> RollLane:
        gutter, ruler = KeyGutter(theme), RulerAxis(theme)
        plot = add_plot(row, axes={"left": gutter, "bottom": ruler}, view=RollViewBox())
        plot.vb.sigRangeChanged.connect(self._follow_range)
        return RollLane(plot, gutter, ruler, theme)

    def shown(self) -> list[Any]:
        """Return the plots that are shown."""
        return [lane.plot for lane in (self.both if self.stacked else self.both[:1])]

    def layers_of(self, plot: Any) -> tuple[str, ...]:
        """Return the layers of a plot, the topmost first."""
        if not self.stacked:
            return "decoded", "original"
        return ("original",) if plot is self.upper.plot else ("decoded",)

    def stack(self, stacked: bool) -> None:
        """Give each layer a lane of its own, or show both in one."""
        if stacked == self.stacked:
            return
        self.stacked = stacked
        here, there = (self.upper, self.lower) if stacked else (self.lower, self.upper)
        here.release(self.items["decoded"])
        there.hold(self.items["decoded"])
        self.items["original"].outline = not stacked
        self._show()
        self._follow_range(self.upper.plot.vb, None)

    def set_notes(self, layers: Layers) -> None:
        """Show the notes; in one lane a note of the original that was decoded bears its name once."""
        boxes = {name: note_boxes(notes) for name, notes in layers.items()}
        for name, notes in layers.items():
            bare = name == "original" and not self.stacked
            named = ~covered(boxes["original"], boxes["decoded"]) if bare else None
            self.items[name].set_boxes(boxes[name], note_shades(notes), named)

    def set_grid(self, beats_per_bar: int, mapping: TimeMap, unit: str, first_bar: int) -> None:
        """Count time so on both rulers."""
        for lane in self.both:
            lane.ruler.set_grid(beats_per_bar, mapping, unit, first_bar)

    def set_length(self, quarters: float, beats_per_bar: int) -> None:
        """Be as long as the clip."""
        for lane in self.both:
            lane.set_length(quarters, beats_per_bar)

    def set_playhead(self, quarter: float | None) -> None:
        """Draw the playing position; None hides it. The view follows when the position leaves it."""
        for lane in self.both:
            lane.set_playhead(quarter)
        if quarter is not None:
            (left, right), _ = self.upper.plot.vb.viewRange()
            if not left <= quarter <= right:
                self.upper.plot.vb.setXRange(quarter, quarter + right - left, padding=0)

    def set_loop(self, loop: Range | None) -> None:
        """Show the loop's range in quarters; None for none."""
        for lane in self.both:
            lane.set_loop(loop)

    def restyle(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        colours = theme.colours
        for lane in self.both:
            lane.restyle(theme)
        self.items["original"].colour = QColor(colours.original)
        self.items["decoded"].colour = QColor(colours.accent)
        for item in self.items.values():
            item.name_colour = QColor(colours.muted)
            item.text_colour, item.selection_colour = QColor(colours.on_accent), QColor(colours.selection)
            item.update()

    def _show(self) -> None:
        """Show one lane or two, and the ruler under the lowest."""
        self.lower.plot.setVisible(self.stacked)
        self.lower.plot.showAxis("bottom", self.stacked)  # an axis measures itself as it is shown
        self.upper.plot.showAxis("bottom", not self.stacked)

    def _follow_range(self, view: Any, _ranges: Any) -> None:
        """Show the same stretch of time and the same pitches in both lanes."""
        if not self.stacked:
            return
        x, y = view.viewRange()
        for lane in self.both:
            if lane.plot.vb is not view and not np.allclose(lane.plot.vb.viewRange(), (x, y)):
                lane.plot.vb.setRange(xRange=x, yRange=y, padding=0)
