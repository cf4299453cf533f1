"""All clips at once: a row a clip, a column a neuron in rank order, colour for mu."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from innervoice.plugin.figures import Table
from innervoice.shell.pens import data_pen
from innervoice.shell.plots.band_mark import BandMark
from innervoice.shell.plots.big_image import BigImage, symmetric_levels
from innervoice.shell.plots.colour_bar import ColourBar
from innervoice.shell.plots.colour_maps import diverging
from innervoice.shell.plots.label_axis import LabelAxis
from innervoice.shell.plots.lines import Rule
from innervoice.shell.plots.live_table import cells_table
from innervoice.shell.plots.panel import PlotPanel
from innervoice.shell.theme import Theme
from innervoice.shell.words import said


class LatentHeatMap(PlotPanel):
    """The latent means of a tune. A click chooses the clip and the neuron under the pointer.

    Signals
    -------
    clip_clicked, clip_stepped : int
        A row was clicked, or reached with an arrow key.
    neuron_clicked : int
        The neuron whose column was clicked.
    """

    clip_clicked = Signal(int)
    clip_stepped = Signal(int)
    neuron_clicked = Signal(int)

    def __init__(self, theme: Theme | None = None, parent: QWidget | None = None) -> None:
        super().__init__(theme or Theme(), said("Heat map of mu, clips by neurons in rank order"), parent)
        self.order: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self.row: int | None = None
        self._names: tuple[str, ...] = ()
        self._plot = self.add_plot(0, axes={"left": LabelAxis("left"), "bottom": LabelAxis("bottom")})
        self._plot.vb.invertY(True)
        self._plot.setLabel("left", said("clip"))
        self._plot.setLabel("bottom", said("rank (1 = smallest sigma)"))
        self._image = BigImage(self._plot, self)
        self._image.sampled.connect(self._say_sampled)
        self._bar = ColourBar(self, 0, 1, self._plot)
        self._clip, self._neuron = BandMark(row=True), BandMark(row=False)
        self._cut_halo = Rule(angle=90, movable=False)
        self._cut = Rule(angle=90, movable=False)
        for item in (self._clip, self._neuron, self._cut_halo, self._cut):
            item.setVisible(False)
            self._plot.addItem(item, ignoreBounds=True)
        self.restyle()

    @property
    def values(self) -> NDArray[np.float32]:
        """What is shown, float32 [clips, neurons in rank order]."""
        return self._image.values

    def set_values(
        self,
        values: NDArray[np.float32],
        order: NDArray[np.int64],
        cut: int | None = None,
        names: Sequence[str] = (),
    ) -> None:
        """Show a tune.

        Parameters
        ----------
        values : ndarray float32 [clips, neurons]
            The means, columns already in rank order; NaN is left blank.
        order : ndarray int64 [neurons]
            The neuron of each column.
        cut : int or None
            The number of music neurons: a dashed line is drawn there.
        names : sequence of str, optional
            What a person knows each clip by; their numbers from 1 unless given.
        """
        if values.ndim != 2 or values.shape[1] != len(order):
            raise ValueError(f"the heat map needs [clips, {len(order)}] values, not {list(values.shape)}")
        self.order = np.asarray(order, dtype=np.int64)
        self._names = tuple(names) or tuple(str(row + 1) for row in range(len(values)))
        self._image.set_values(np.asarray(values, dtype=np.float32), symmetric_levels(values))
        self._bar.set_scale(self._image.levels, diverging(self.theme), "mu")
        for line in (self._cut_halo, self._cut):
            line.setVisible(cut is not None)
            if cut is not None:
                line.setValue(cut)
        self.setAccessibleDescription(
            said("{clips} clips by {neurons} neurons").format(clips=values.shape[0], neurons=values.shape[1])
        )
        self.mark_clip(None)
        self.mark_neuron(None)

    def words(self) -> tuple[str, str]:
        """The title and the caption of a picture of it."""
        return self.accessibleName(), self.accessibleDescription()

    def table(self) -> Table:
        """The numbers behind the colours; raises ValueError for too many."""
        return cells_table(self._names, self.order, self.values)

    def mark_clip(self, row: int | None) -> None:
        """Mark a row; None takes the mark away."""
        self.row = row
        self._clip.set_place(row)

    def mark_neuron(self, neuron: int | None) -> None:
        """Mark the column of a neuron (its index in the model); None, or one not shown, takes the mark away."""
        places = np.flatnonzero(self.order == neuron) if neuron is not None else np.zeros(0)
        self._neuron.set_place(int(places[0]) if len(places) else None)

    def restyle(self) -> None:
        colours = self.theme.colours
        self._image.set_map(diverging(self.theme))
        self._bar.set_scale(self._image.levels, diverging(self.theme), "mu")
        for mark in (self._clip, self._neuron):
            mark.line, mark.halo = QColor(colours.text), QColor(colours.surface)
            mark.update()
        self._cut_halo.setPen(data_pen(colours.surface, 4))
        self._cut.setPen(data_pen(colours.cut, 1.6, dashes=(5, 4)))

    def clicked(self, plot: Any, position: QPointF) -> None:
        cell = self._image.cell(position.x(), position.y()) if plot is self._plot else None
        if cell is None:
            return
        self.mark_clip(cell[0])
        self.mark_neuron(int(self.order[cell[1]]))
        self.clip_clicked.emit(cell[0])
        self.neuron_clicked.emit(int(self.order[cell[1]]))

    def hover_text(self, plot: Any, position: QPointF) -> str:
        cell = self._image.cell(position.x(), position.y()) if plot is self._plot else None
        if cell is None:
            return ""
        row, rank = cell
        return said("clip {row}, neuron {neuron} (rank {rank})\nmu {mu:.3f}").format(
            row=row + 1, neuron=self.order[rank], rank=rank + 1, mu=self.values[row, rank]
        )

    def _say_sampled(self, every: int) -> None:
        axis = self._plot.getAxis("left")
        axis.setLabel(
            "clip" if every == 1 else said("clip (1 in {every} drawn, zoom in for all)").format(every=every),
            **axis.labelStyle,
        )

    def key_step(self, step: int) -> None:
        rows = len(self.values)
        if rows:
            row = 0 if self.row is None else int(np.clip(self.row + step, 0, rows - 1))
            self.mark_clip(row)
            self.clip_stepped.emit(row)
