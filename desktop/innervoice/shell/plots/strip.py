"""One narrow panel of bars over neurons: solid left of the cut, hollow right of it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from innervoice.shell.pens import data_pen
from innervoice.shell.plots.lines import Rule
from innervoice.shell.plots.range_band import RangeBand
from innervoice.shell.plots.rank_bars import RankBars
from innervoice.shell.plots.rank_marks import RankMarks
from innervoice.shell.theme import Theme

AXIS_WIDTH = 58
MOST_STEPS, TICK_HEIGHT = 4, 11.0  # between the numbers of a panel; pixels of its height that each needs
UPRIGHT_FROM = 32.0  # pixels of a panel's height from which its name has room


class Strip:
    """Bars, the dashed line of the cut and the band of the selected neuron in one pyqtgraph plot."""

    def __init__(self, plot: Any, label: str) -> None:
        self.plot, self.label = plot, label
        plot.setMouseEnabled(x=True, y=False)
        plot.getAxis("left").setWidth(AXIS_WIDTH)
        plot.getAxis("left").enableAutoSIPrefix(False)
        plot.setLabel("left", label)
        plot.vb.sigResized.connect(self._fit_words)
        self._bars, self._marks = RankBars(), RankMarks()
        self._selected = RangeBand()
        self._cut = Rule(angle=90, movable=False)
        self._zero = Rule(angle=0, pos=0, movable=False)
        self._chance = [Rule(angle=0, movable=False) for _side in (-1, 1)]
        for item in (self._selected, self._zero, self._bars, self._marks, self._cut, *self._chance):
            plot.addItem(item, ignoreBounds=True)
        self.set_chance(None)
        self._range = (0.0, 0.0)
        self.mark(None)

    def set_values(
        self, values: NDArray[np.float64], cut: int | None, before: NDArray[np.float64] | None = None
    ) -> None:
        """Show one value per rank, with a tick where it stood `before`; NaN leaves a gap."""
        before = np.zeros(0) if before is None else before
        self._marks.set_values(before)
        self._bars.set_values(values, len(values) if cut is None else cut)
        self._cut.setVisible(cut is not None)
        if cut is not None:
            self._cut.setValue(cut)
        both = np.concatenate([values, before])
        self._fit(both[np.isfinite(both)])

    def set_chance(self, reach: float | None) -> None:
        """Draw lines on both sides of zero, or none."""
        for side, line in zip((-1, 1), self._chance, strict=True):
            line.setVisible(reach is not None)
            line.setValue(side * (reach or 0.0))

    def mark(self, rank: int | None) -> None:
        """Put the band on a rank, or take it away."""
        self._selected.setVisible(rank is not None)
        if rank is not None:
            self._selected.set_range(rank, rank + 1)

    def hide_ranks(self) -> None:
        """Leave the numbers of the x axis to the lowest panel."""
        axis = self.plot.getAxis("bottom")
        axis.setStyle(showValues=False)
        axis.setHeight(8)

    def restyle(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        colours = theme.colours
        self._bars.music, self._bars.noise = QColor(colours.accent), QColor(colours.noise)
        self._bars.update()
        self._marks.colour = QColor(colours.playhead)
        self._marks.update()
        self._cut.setPen(data_pen(colours.cut, 1.6, dashes=(5, 4)))
        self._zero.setPen(data_pen(colours.border))
        for line in self._chance:
            line.setPen(data_pen(colours.cut, 1.2, dashes=(3, 3)))
        self._selected.set_colour(colours.selection, 60)

    def _fit(self, values: NDArray[np.float64]) -> None:
        """Round the vertical range to halves, so that a moving slider does not make the picture tremble."""
        top = float(values.max()) if len(values) else 1.0
        bottom = float(values.min()) if len(values) else 0.0
        high = 1.1 if top <= 1.05 else float(np.ceil(top * 2.16) / 2)
        low = 0.0 if bottom >= 0 else float(np.floor(bottom * 2.16) / 2)
        if (low, high) != self._range:
            self._range = (low, high)
            self.plot.setLimits(yMin=low, yMax=high)
            self.plot.setYRange(low, high, padding=0)
            self._fit_words()

    def _fit_words(self, *_: object) -> None:
        """Write its name upright and numbers beside a panel; only the name, at zero, beside one that is too low."""
        (low, high), height, axis = self._range, self.plot.vb.height(), self.plot.getAxis("left")
        if low == high:
            return
        upright = height >= UPRIGHT_FROM
        axis.showLabel(upright)
        ticks = few_ticks(low, high, max(1, min(MOST_STEPS, int(height / TICK_HEIGHT)))) if upright else [0.0]
        axis.setTicks([[(float(tick), f"{tick:g}" if upright else self.label) for tick in ticks]])


def few_ticks(low: float, high: float, most: int = MOST_STEPS) -> list[float]:
    """Return round numbers with 0 among them, so many steps at most: as much as a low panel has room for."""
    step = next(step for step in (0.5 * 2**n for n in range(40)) if (high - low) / step <= most)
    return [number * step for number in range(int(np.ceil(low / step)), int(np.floor(high / step)) + 1)]
