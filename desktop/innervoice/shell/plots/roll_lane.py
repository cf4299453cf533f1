"""One plot of a piano roll: keyboard, grid, notes, pedal, loop and playhead."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from innervoice.shell.pens import data_pen, pen
from innervoice.shell.plots.frame_item import FrameItem
from innervoice.shell.plots.lines import Rule
from innervoice.shell.plots.notes_item import NotesItem
from innervoice.shell.plots.pedal_item import PedalItem
from innervoice.shell.plots.roll_ground import KeyGutter, RollGround
from innervoice.shell.plots.roll_ruler import RulerAxis, loop_band, style_band
from innervoice.shell.theme import Theme

NOTES_HEIGHT, PLAYHEAD_HEIGHT, FRAME_HEIGHT = 10, 30, 40  # what is painted over what


class RollLane:
    """What stands between one keyboard and one time axis.

    Parameters
    ----------
    plot : pyqtgraph PlotItem
        With `gutter` as its left and `ruler` as its lower axis.
    ground : RollGround, optional
        The rows behind the notes, where they are not those of a keyboard.
    """

    def __init__(
        self, plot: Any, gutter: KeyGutter, ruler: RulerAxis, theme: Theme, ground: RollGround | None = None
    ) -> None:
        self.plot, self.gutter, self.ruler = plot, gutter, ruler
        self.ground, self.pedal = ground or RollGround(theme), PedalItem()
        self.band = loop_band(theme)
        self.playhead = Rule(angle=90, movable=False)
        self.playhead.setVisible(False)
        self.playhead.setZValue(PLAYHEAD_HEIGHT)
        self.frame = FrameItem()
        self.frame.setZValue(FRAME_HEIGHT)
        for item in (self.ground, self.band, self.pedal, self.playhead, self.frame):
            plot.addItem(item, ignoreBounds=True)
        plot.vb.sigYRangeChanged.connect(self._follow_floor)

    def hold(self, item: NotesItem, height: int = 0) -> None:
        """Take a layer of notes in; higher ones are painted over lower ones."""
        item.setZValue(NOTES_HEIGHT + height)
        self.plot.addItem(item, ignoreBounds=True)

    def release(self, item: NotesItem) -> None:
        """Let a layer of notes go to another lane."""
        self.plot.removeItem(item)

    def set_length(self, quarters: float, beats_per_bar: int) -> None:
        """Be as long as the clip."""
        self.ground.set_length(quarters, beats_per_bar)
        self.ruler.length = quarters
        low, high = self.ground.low - 0.5, self.ground.high + 0.5
        self.plot.vb.setLimits(xMin=0, xMax=quarters, yMin=low, yMax=high, minXRange=0.5, minYRange=6)

    def set_playhead(self, quarter: float | None) -> None:
        """Draw the playing position; None hides it."""
        self.playhead.setVisible(quarter is not None)
        if quarter is not None:
            self.playhead.setValue(quarter)

    def set_loop(self, loop: tuple[float, float] | None) -> None:
        """Show the loop's range in quarters; None for none."""
        self.ruler.set_loop(loop)
        self.band.setVisible(loop is not None)
        if loop is not None:
            self.band.set_range(*loop)

    def set_frame(self, box: QRectF | None) -> None:
        """Draw the rectangle of a selection in quarters and pitch; None takes it away."""
        self.frame.setVisible(box is not None)
        if box is not None:
            self.frame.setRect(box)

    def restyle(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        colours = theme.colours
        self.gutter.theme = self.ground.theme = self.ruler.theme = theme
        self.gutter.picture = None
        self.playhead.setPen(data_pen(colours.playhead, 2))
        style_band(self.band, theme)
        shade = QColor(colours.selection)
        self.frame.line = pen(shade, 1.4, dashes=(4, 3))
        shade.setAlpha(30)
        self.frame.fill = shade
        self.pedal.colour = QColor(colours.noise)
        for item in (self.gutter, self.ground, self.pedal, self.ruler, self.frame):
            item.update()

    def _follow_floor(self, _view: Any, pitches: tuple[float, float]) -> None:
        self.pedal.set_floor(float(pitches[0]))
