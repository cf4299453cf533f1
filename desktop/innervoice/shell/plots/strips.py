"""Three stacked panels over the neurons in rank order: sigma, mu and one sample (seed 1, figure 3)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from innervoice.shell.plots.legend import Entry, Legend
from innervoice.shell.plots.panel import PlotPanel
from innervoice.shell.theme import Theme

PANELS = ("sigma", "mu", "sample")
AXIS_WIDTH = 58


class StripsView(PlotPanel):
    """The posterior of one clip, neuron by neuron; a click on a bar chooses the neuron.

    Music neurons are solid bars, noise neurons hollow ones, and a dashed line marks the cut between them.
    """

    neuron_clicked = Signal(int)

    def __init__(self, theme: Theme | None = None, parent: QWidget | None = None) -> None:
        super().__init__(theme or Theme(), "Sigma, mu and sample by neuron in rank order", parent)
        self.legend = Legend(self.theme, self)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.setSpacing(0)
        layout.insertWidget(0, self.legend)
        self.order: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._values: tuple[NDArray[np.float64], ...] = (np.zeros(0),) * 3
        self.cut: int | None = None
        self.selected: int | None = None
        self._strips = [_Strip(self, row, label) for row, label in enumerate(PANELS)]
        for strip in self._strips[1:]:
            strip.plot.setXLink(self._strips[0].plot)
        self._strips[-1].plot.setLabel("bottom", "rank (1 = smallest σ)")
        for strip in self._strips[:-1]:
            strip.plot.getAxis("bottom").setStyle(showValues=False)
            strip.plot.getAxis("bottom").setHeight(6)
        self._extent = 0
        self.restyle()

    def set_values(
        self,
        order: NDArray[np.int64],
        sigma: NDArray[np.floating[Any]],
        mu: NDArray[np.floating[Any]],
        sample: NDArray[np.floating[Any]],
        cut: int | None,
    ) -> None:
        """Show one clip.

        Parameters
        ----------
        order : ndarray int64 [k]
            The neuron at each rank.
        sigma, mu, sample : ndarray float [k]
            Its values at each rank, already in that order; NaN leaves a gap.
        cut : int or None
            The number of music neurons.
        """
        self.order, self.cut = np.asarray(order, dtype=np.int64), cut
        self._values = tuple(np.asarray(v, dtype=np.float64) for v in (sigma, mu, sample))
        if any(len(values) != len(self.order) for values in self._values):
            raise ValueError("sigma, mu and sample need one value for each neuron in order")
        for strip, values in zip(self._strips, self._values, strict=True):
            strip.set_values(values, cut)
        if len(self.order) != self._extent:
            self._extent = len(self.order)
            self._set_range(max(1, self._extent))
        self._mark()
        self._set_legend()

    def select_neuron(self, neuron: int | None) -> None:
        """Mark a neuron (its index in the model) in all three panels; None or one that is not shown marks nothing."""
        self.selected = neuron
        self._mark()

    def restyle(self) -> None:
        for strip in self._strips:
            strip.restyle(self.theme)
        self.legend.set_theme(self.theme)
        self._set_legend()

    def clicked(self, plot: Any, position: QPointF) -> None:
        rank = self._rank(position)
        if rank is not None:
            self._choose(rank)

    def key_step(self, step: int) -> None:
        if not len(self.order):
            return
        places = np.flatnonzero(self.order == self.selected) if self.selected is not None else np.zeros(0)
        now = int(places[0]) if len(places) else (-1 if step > 0 else len(self.order))
        self._choose(int(np.clip(now + step, 0, len(self.order) - 1)))

    def hover_text(self, plot: Any, position: QPointF) -> str:
        rank = self._rank(position)
        if rank is None:
            return ""
        sigma, mu, sample = (float(values[rank]) for values in self._values)
        side = "" if self.cut is None else (", music" if rank < self.cut else ", noise")
        head = f"neuron {self.order[rank]}, rank {rank + 1}{side}"
        return f"{head}\nσ {sigma:.2f}   μ {mu:.2f}   z {sample:.2f}"

    def _rank(self, position: QPointF) -> int | None:
        rank = int(np.floor(position.x()))
        return rank if 0 <= rank < len(self.order) else None

    def _choose(self, rank: int) -> None:
        self.select_neuron(int(self.order[rank]))
        self.neuron_clicked.emit(int(self.order[rank]))

    def _mark(self) -> None:
        places = np.flatnonzero(self.order == self.selected) if self.selected is not None else np.zeros(0)
        for strip in self._strips:
            strip.mark(int(places[0]) if len(places) else None)

    def _set_range(self, count: int) -> None:
        for strip in self._strips:
            strip.plot.setLimits(xMin=0, xMax=count, minXRange=min(8, count))
            strip.plot.setXRange(0, count, padding=0)

    def _set_legend(self) -> None:
        colours, entries = self.theme.colours, []
        if self.cut is not None:
            entries = [
                Entry("music neurons", colours.accent, "filled"),
                Entry("noise neurons", colours.noise, "outline"),
                Entry(f"cut at {self.cut}", colours.cut, "dash"),
            ]
        self.legend.set_entries(tuple(entries))


class _Strip:
    """One panel: solid bars left of the cut, hollow ones right of it, the cut and the mark of the selected neuron."""

    def __init__(self, view: StripsView, row: int, label: str) -> None:
        self.plot = view.add_plot(row)
        self.plot.setMouseEnabled(x=True, y=False)
        self.plot.getAxis("left").setWidth(AXIS_WIDTH)
        self.plot.getAxis("left").enableAutoSIPrefix(False)
        self.plot.setLabel("left", label)
        self._music = pg.BarGraphItem(x0=[], width=0.8, height=[])
        self._noise = pg.BarGraphItem(x0=[], width=0.8, height=[])
        self._selected = pg.LinearRegionItem(values=(0, 1), movable=False)
        self._cut = pg.InfiniteLine(angle=90, movable=False)
        self._zero = pg.InfiniteLine(angle=0, pos=0, movable=False)
        for item in (self._selected, self._zero, self._music, self._noise, self._cut):
            self.plot.addItem(item, ignoreBounds=True)
        self._range = (0.0, 0.0)
        self.mark(None)

    def set_values(self, values: NDArray[np.float64], cut: int | None) -> None:
        split = len(values) if cut is None else cut
        shown = np.where(np.isfinite(values), values, 0.0)
        ranks = np.arange(len(values)) + 0.1
        self._music.setOpts(x0=ranks[:split], height=shown[:split])
        self._noise.setOpts(x0=ranks[split:], height=shown[split:])
        self._cut.setVisible(cut is not None)
        if cut is not None:
            self._cut.setValue(cut)
        self._fit(shown)

    def mark(self, rank: int | None) -> None:
        self._selected.setVisible(rank is not None)
        if rank is not None:
            self._selected.setRegion((rank, rank + 1))

    def restyle(self, theme: Theme) -> None:
        colours = theme.colours
        self._music.setOpts(brush=colours.accent, pen=pg.mkPen(colours.accent))
        self._noise.setOpts(brush=None, pen=pg.mkPen(colours.noise, width=1))
        self._cut.setPen(pg.mkPen(colours.cut, width=1.6, dash=[5, 4]))
        self._zero.setPen(pg.mkPen(colours.border))
        band, edge = QColor(colours.selection), pg.mkPen(colours.selection, width=1)
        band.setAlpha(60)
        self._selected.setBrush(band)
        for line in self._selected.lines:
            line.setPen(edge)

    def _fit(self, values: NDArray[np.float64]) -> None:
        """Keep the vertical range while it fits, so that a moving slider does not make the picture jump."""
        top = max(1.05, float(values.max()) * 1.08) if len(values) else 1.05
        bottom = min(0.0, float(values.min()) * 1.08) if len(values) else 0.0
        high, low = np.ceil(top * 2) / 2 if top > 1.1 else 1.1, np.floor(bottom * 2) / 2
        if (low, high) != self._range:
            self._range = (low, high)
            self.plot.setLimits(yMin=low, yMax=high)
            self.plot.setYRange(low, high, padding=0)
