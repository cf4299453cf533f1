"""Stacked panels over the neurons in rank order: sigma, mu and one sample of a clip (seed 1, figure 3)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from innervoice.plugin.figures import Table
from innervoice.shell.plots.label_axis import LabelAxis
from innervoice.shell.plots.legend import Entry, Legend
from innervoice.shell.plots.live_table import ranks_table
from innervoice.shell.plots.panel import PlotPanel
from innervoice.shell.plots.strip import Strip
from innervoice.shell.theme import Theme
from innervoice.shell.words import said

PANELS = ("sigma", "mu", "sample")
LEAST_MOVE = 0.02  # a bar that moved less bears no mark of where it stood


class StripStack(PlotPanel):
    """Any number of panels over the same neurons; a click on a bar chooses the neuron.

    Music neurons are solid bars, noise neurons hollow ones, and a dashed line marks the cut between them.
    """

    neuron_clicked = Signal(int)

    def __init__(self, labels: tuple[str, ...], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, said("{labels} by neuron in rank order").format(labels=", ".join(labels)), parent)
        self.legend = Legend(self.theme, self)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.setSpacing(0)
        layout.insertWidget(0, self.legend)
        self.labels = labels
        self.order: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self.panels: tuple[NDArray[np.float64], ...] = (np.zeros(0),) * len(labels)
        self.cut: int | None = None
        self.selected: int | None = None
        self.before: dict[str, NDArray[np.float64]] = {}
        self.ranked = True
        self._extent = -1
        self._strips = [
            Strip(self.add_plot(row, axes={"bottom": LabelAxis("bottom")}), label) for row, label in enumerate(labels)
        ]
        for strip in self._strips:
            strip.plot.vb.sigXRangeChanged.connect(self._follow_range)
        for strip in self._strips[:-1]:
            strip.hide_ranks()
        self._strips[-1].plot.setLabel("bottom", said("rank (1 = smallest sigma)"))
        self.restyle()

    def show_panels(
        self,
        order: NDArray[np.int64],
        panels: tuple[NDArray[np.floating[Any]], ...],
        cut: int | None,
        before: dict[str, NDArray[np.float64]] | None = None,
    ) -> None:
        """Show one array per panel, each with a value for every neuron of `order`.

        `before` gives, by the label of a panel, where its values stood before an edit.
        """
        self.before = before or {}
        self.order, self.cut = np.asarray(order, dtype=np.int64), cut
        self.panels = tuple(np.asarray(values, dtype=np.float64) for values in panels)
        if any(len(values) != len(self.order) for values in self.panels):
            raise ValueError(f"{', '.join(self.labels)} need one value for each of the {len(self.order)} neurons")
        for strip, label, values in zip(self._strips, self.labels, self.panels, strict=True):
            was = self.before.get(label)
            moved = None if was is None else np.where(np.abs(values - was) < LEAST_MOVE, np.nan, was)
            strip.set_values(values, cut, moved)
        if len(self.order) != self._extent:
            self._extent = len(self.order)
            self._set_range(max(1, self._extent))
        self._mark()
        self._set_legend()
        music = "" if cut is None else said(", {count} of them music neurons").format(count=min(cut, len(self.order)))
        self.setAccessibleDescription(said("{count} neurons{music}").format(count=len(self.order), music=music))

    def select_neuron(self, neuron: int | None) -> None:
        """Mark a neuron (its index in the model) in all panels; None or one that is not shown marks nothing."""
        self.selected = neuron
        self._mark()

    def words(self) -> tuple[str, str]:
        """The title and the caption of a picture of it."""
        return self.accessibleName(), self.accessibleDescription()

    def table(self) -> Table:
        """The numbers behind the bars."""
        return ranks_table(self.order, self.labels, self.panels)

    def name_ranks(self, label: str) -> None:
        """Write another name under the lowest panel."""
        axis = self._strips[-1].plot.getAxis("bottom")
        axis.setLabel(label, **axis.labelStyle)

    def number_neurons(self) -> None:
        """Number the places by their neurons, which are not ranked."""
        self.ranked = False
        for strip in self._strips:
            axis = strip.plot.getAxis("bottom")
            if np.array_equal(self.order, np.arange(len(self.order))):
                axis.first = 0
            else:
                axis.labels = tuple(str(neuron) for neuron in self.order.tolist())

    def show_chance(self, reaches: tuple[float | None, ...]) -> None:
        """Draw in each panel what chance alone reaches, on both sides of zero."""
        for strip, reach in zip(self._strips, reaches, strict=True):
            strip.set_chance(reach)

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
        if len(self.order):
            now = self._selected_rank()
            start = (-1 if step > 0 else len(self.order)) if now is None else now
            self._choose(int(np.clip(start + step, 0, len(self.order) - 1)))

    def hover_text(self, plot: Any, position: QPointF) -> str:
        rank = self._rank(position)
        if rank is None:
            return ""
        side = "" if self.cut is None else (said(", music") if rank < self.cut else said(", noise"))
        values = ", ".join(
            f"{label} {panel[rank]:.2f}"
            + (said(" (was {before:.2f})").format(before=self.before[label][rank]) if label in self.before else "")
            for label, panel in zip(self.labels, self.panels, strict=True)
        )
        place = said(", rank {rank}").format(rank=rank + 1) if self.ranked else ""
        return said("neuron {neuron}{place}{side}\n{values}").format(
            neuron=self.order[rank], place=place, side=side, values=values
        )

    def _rank(self, position: QPointF) -> int | None:
        rank = int(np.floor(position.x()))
        return rank if 0 <= rank < len(self.order) else None

    def _choose(self, rank: int) -> None:
        self.select_neuron(int(self.order[rank]))
        self.neuron_clicked.emit(int(self.order[rank]))

    def _selected_rank(self) -> int | None:
        places = np.flatnonzero(self.order == self.selected) if self.selected is not None else np.zeros(0)
        return int(places[0]) if len(places) else None

    def _mark(self) -> None:
        for strip in self._strips:
            strip.mark(self._selected_rank())

    def _follow_range(self, view: Any, span: tuple[float, float]) -> None:
        """Show the same ranks in all panels (pyqtgraph's own link would align them by pixels before there are any)."""
        for strip in self._strips:
            if strip.plot.vb is not view and strip.plot.vb.viewRange()[0] != list(span):
                strip.plot.vb.setXRange(*span, padding=0)

    def _set_range(self, count: int) -> None:
        for strip in self._strips:
            strip.plot.setLimits(xMin=0, xMax=count, minXRange=min(8, count))
            strip.plot.setXRange(0, count, padding=0)

    def _set_legend(self) -> None:
        colours = self.theme.colours
        entries = [
            Entry(said("{label} before the edit").format(label=label), colours.playhead, "line")
            for label in self.before
        ]
        if self.cut is not None:
            music = Entry(said("music neurons"), colours.accent)
            noise = Entry(said("noise neurons"), colours.noise, "outline")
            entries += [music, noise, Entry(said("cut at {cut}").format(cut=self.cut), colours.cut, "dash")]
        self.legend.set_entries(tuple(entries))


class StripsView(StripStack):
    """The posterior of one clip: sigma, mu and a sample, neuron by neuron."""

    def __init__(self, theme: Theme | None = None, parent: QWidget | None = None) -> None:
        super().__init__(PANELS, theme or Theme(), parent)

    def set_values(
        self,
        order: NDArray[np.int64],
        sigma: NDArray[np.floating[Any]],
        mu: NDArray[np.floating[Any]],
        sample: NDArray[np.floating[Any]],
        cut: int | None,
        mu_before: NDArray[np.floating[Any]] | None = None,
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
        mu_before : ndarray float [k], or None
            Where mu stood before the clip was edited.
        """
        before = {} if mu_before is None else {"mu": np.asarray(mu_before, dtype=np.float64)}
        self.show_panels(order, (sigma, mu, sample), cut, before)
