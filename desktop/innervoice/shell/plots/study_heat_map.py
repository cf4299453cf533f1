"""The whole study as colours: a row a clip, a column a neuron, as many as there are."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QToolTip, QWidget

from innervoice.plugin.figures import Table
from innervoice.shell.map_desk import MapPicture
from innervoice.shell.map_features import feature_title
from innervoice.shell.plots.band_mark import BandMark
from innervoice.shell.plots.colour_bar import ColourBar
from innervoice.shell.plots.colour_maps import diverging
from innervoice.shell.plots.label_axis import LabelAxis
from innervoice.shell.plots.live_table import cells_table, check_cells
from innervoice.shell.plots.map_item import MapItem
from innervoice.shell.plots.panel import PlotPanel
from innervoice.shell.theme import Theme
from innervoice.shell.words import said, to_say

MOVES = {Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1)}
CLIP_AXIS = 74  # pixels: a label, and five figures with a comma
CHOOSE = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
CLIP_WORDS = {
    "study": to_say("clip, in the order of the study"),
    "similarity": to_say("clip, by likeness (first principal component)"),
    "notes": to_say("clip, by the number of its notes"),
    "pitch": to_say("clip, by its mean pitch"),
}
NEURON_WORDS = {
    "rank": to_say("neuron, by rank (1 = smallest sigma)"),
    "index": to_say("neuron, by index in the model"),
    "similarity": to_say("neuron, by likeness (correlation)"),
    "follows": to_say("neuron, by the feature that it follows most"),
}


class NumberAxis(LabelAxis):
    """Gives each place the number that stands there: a rank, or the neuron itself."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self.numbers: Any = None

    def _name(self, place: int) -> str:
        if self.numbers is None:
            return str(place + 1)
        return str(int(self.numbers[place])) if 0 <= place < len(self.numbers) else ""


class StudyHeatMap(PlotPanel):
    """The latent means of a study, to be moved about in.

    Signals
    -------
    cell_clicked : int, int
        A cell was clicked, or chosen with Return: the id of the clip and the neuron.
    """

    cell_clicked = Signal(int, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, said("Heat map of mu of the whole study, clips by neurons"), parent)
        self.picture: MapPicture | None = None
        self.names: dict[int, str] = {}
        self._clip_axis, self._neuron_axis = LabelAxis("left"), NumberAxis("bottom")
        self._plot = self.add_plot(0, axes={"left": self._clip_axis, "bottom": self._neuron_axis})
        self._plot.vb.invertY(True)
        self._clip_axis.setWidth(CLIP_AXIS)  # of its own width it would lay everything out anew at every zoom
        self.item = MapItem()
        self._bar = ColourBar(self, 0, 1, self._plot)
        self._clip, self._neuron = BandMark(row=True), BandMark(row=False)
        for item in (self.item, self._clip, self._neuron):
            self._plot.addItem(item, ignoreBounds=True)
        self._plot.vb.sigRangeChanged.connect(self._say_block)
        self._block = (0, 0)
        self.restyle()

    def set_picture(self, picture: MapPicture | None) -> None:
        """Show a map; the view stays where it is when it is the same one in another order."""
        before, self.picture = self.picture, picture
        self.item.set_levels(picture.levels if picture is not None else None)
        self.item.set_cell(None)
        if picture is None:
            return
        rows, columns = picture.levels.shape
        self._neuron_axis.numbers = None if picture.neurons == "rank" else picture.columns
        limit = {"minXRange": min(4, max(columns, 1)), "minYRange": min(2, max(rows, 1))}
        self._plot.setLimits(xMin=0, xMax=max(columns, 1), yMin=0, yMax=max(rows, 1), **limit)
        if before is None or before.levels.shape != picture.levels.shape:
            self.show_all()
        self._plot.setLabel("bottom", said(NEURON_WORDS[picture.neurons]), **self._neuron_axis.labelStyle)
        self._block = (0, 0)
        self._say_block()
        self._scale_bar()
        self.setAccessibleDescription(
            said("{rows:,} clips by {columns} neurons. Arrow keys move from cell to cell.").format(
                rows=rows, columns=columns
            )
        )

    def restyle(self) -> None:
        colours = self.theme.colours
        self.item.set_map(diverging(self.theme))
        self.item.frame, self.item.halo = QColor(colours.text), QColor(colours.surface)
        for mark in (self._clip, self._neuron):
            mark.line, mark.halo = QColor(colours.text), QColor(colours.surface)
            mark.update()
        self._scale_bar()

    def mark_clip(self, clip: int) -> None:
        """Mark the row of a clip, by its id; one that is not in the map takes the mark away."""
        row = self.picture.map.row_of(clip) if self.picture is not None else None
        self._clip.set_place(_place(self.picture.rows, row) if self.picture is not None and row is not None else None)

    def mark_neuron(self, neuron: int) -> None:
        """Mark the column of a neuron; one that is not in the map takes the mark away."""
        self._neuron.set_place(_place(self.picture.columns, neuron) if self.picture is not None else None)

    def clicked(self, plot: Any, position: QPointF) -> None:
        cell = self._at(position) if plot is self._plot else None
        if cell is not None:
            self._choose(cell)

    def hover_text(self, plot: Any, position: QPointF) -> str:
        cell = self._at(position) if plot is self._plot else None
        return self.cell_text(cell) if cell is not None else ""

    def cell_text(self, cell: tuple[int, int]) -> str:
        """Say what a cell shows: the clip, the neuron with its name, and mu."""
        assert self.picture is not None
        row, neuron = int(self.picture.rows[cell[0]]), int(self.picture.columns[cell[1]])
        value = float(self.picture.map.mu[row, neuron])
        name = f" ({self.names[neuron]})" if neuron in self.names else ""
        rank = said(", rank {place}").format(place=cell[1] + 1) if self.picture.neurons == "rank" else ""
        number = said("no value") if np.isnan(value) else f"{value:.2f}"
        text = said("{clip}\nneuron {neuron}{name}{rank}\nμ {value}").format(
            clip=self.picture.map.clip_name(row), neuron=neuron, name=name, rank=rank, value=number
        )
        return text + self._feature_text(row)

    def _feature_text(self, row: int) -> str:
        """Say what a clip has of the feature that the clips are ordered by; empty where that is none."""
        if self.picture is None or self.picture.feature is None:
            return ""
        value = float(self.picture.feature[row])
        number = said("no value") if np.isnan(value) else f"{value:.4g}"
        return f"\n{feature_title(self.picture.clips)}: {number}"

    def words(self) -> tuple[str, str]:
        """The title and the caption of a picture of it."""
        if self.picture is None:
            return self.accessibleName(), ""
        rows, columns = self.picture.levels.shape
        return self.accessibleName(), said("{rows:,} clips by {columns} neurons. {order}.").format(
            rows=rows, columns=columns, order=self._clip_axis.labelText
        )

    def table(self) -> Table:
        """The numbers in view; raises ValueError for too many."""
        if self.picture is None:
            return cells_table((), np.zeros(0, dtype=np.int64), np.zeros((0, 0)))
        (left, right), (top, bottom) = self._plot.vb.viewRange()
        rows = self.picture.rows[max(0, int(np.floor(top))) : int(np.ceil(bottom))]
        columns = self.picture.columns[max(0, int(np.floor(left))) : int(np.ceil(right))]
        check_cells(len(rows) * len(columns))
        names = [self.picture.map.clip_name(row) for row in rows.tolist()]
        return cells_table(names, columns, self.picture.map.mu[rows][:, columns])

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Arrow keys move the cursor; with Ctrl ten places at once. Return chooses its cell."""
        if event.type() == QEvent.Type.KeyPress and not self._closed and self.picture is not None:
            key, modifiers = event.key(), event.modifiers()  # type: ignore[attr-defined]
            plain = not modifiers & Qt.KeyboardModifier.ShiftModifier
            if key in MOVES and plain and all(self.picture.levels.shape):
                by = 10 if modifiers & Qt.KeyboardModifier.ControlModifier else 1
                self._move(MOVES[key][0] * by, MOVES[key][1] * by)
                return True
            if key in CHOOSE and self.item.cell is not None:
                self._choose(self.item.cell)
                return True
        return super().eventFilter(watched, event)

    def _at(self, position: QPointF) -> tuple[int, int] | None:
        if self.picture is None:
            return None
        row, column = int(np.floor(position.y())), int(np.floor(position.x()))
        rows, columns = self.picture.levels.shape
        return (row, column) if 0 <= row < rows and 0 <= column < columns else None

    def _choose(self, cell: tuple[int, int]) -> None:
        assert self.picture is not None
        self._put_cursor(cell)
        self.cell_clicked.emit(
            int(self.picture.map.ids[self.picture.rows[cell[0]]]), int(self.picture.columns[cell[1]])
        )

    def _move(self, down: int, across: int) -> None:
        assert self.picture is not None
        (rows, columns), ((left, right), (top, bottom)) = self.picture.levels.shape, self._plot.vb.viewRange()
        row, column = self.item.cell or (int(max(top, 0)), int(max(left, 0)))
        if self.item.cell is not None:
            row, column = int(np.clip(row + down, 0, rows - 1)), int(np.clip(column + across, 0, columns - 1))
        self._put_cursor((row, column))
        shift_x = min(0.0, column - left) + max(0.0, column + 1 - right)
        shift_y = min(0.0, row - top) + max(0.0, row + 1 - bottom)
        if shift_x or shift_y:
            self._plot.vb.translateBy(x=shift_x, y=shift_y)
        spot = self._plot.vb.mapViewToScene(QPointF(column + 1, row + 1))
        corner = self.graphics.viewport().mapToGlobal(self.graphics.mapFromScene(spot))
        QToolTip.showText(corner + QPoint(2, 2), self.cell_text((row, column)), self.graphics.viewport())

    def _put_cursor(self, cell: tuple[int, int]) -> None:
        self.item.set_cell(cell)
        self.setAccessibleDescription(self.cell_text(cell).replace("\n", ", "))

    def _scale_bar(self) -> None:
        reach = self.picture.levels.reach if self.picture is not None else 1.0
        self._bar.set_scale((-reach, reach), diverging(self.theme), said("μ (standard deviations of the prior)"))

    def _say_block(self, *_: object) -> None:
        """Tell under the axis how many clips a pixel stands for, and which of them is seen."""
        if self.picture is None:
            return
        height = max(1.0, self._plot.vb.height() * self.devicePixelRatioF())
        (top, bottom) = self._plot.vb.viewRange()[1]
        down = 2 ** int(np.ceil(np.log2(max(1.0, (bottom - top) / height))))
        if (down, 1) == self._block:
            return
        self._block = (down, 1)
        by = self.picture.neuron
        by_neuron = said("clip, by μ of neuron {neuron} (lowest first)").format(neuron=by)
        words = said(CLIP_WORDS[self.picture.clips]) if self.picture.clips in CLIP_WORDS else by_neuron
        if self.picture.feature is not None:
            words = said("clip, by {feature} (lowest first)").format(feature=feature_title(self.picture.clips))
        seen = said(" · a line is the extreme of {down}").format(down=down) if down > 1 else ""
        self._clip_axis.setLabel(words + seen, **self._clip_axis.labelStyle)


def _place(order: NDArray[np.int64], wanted: int) -> int | None:
    places = np.flatnonzero(order == wanted)
    return int(places[0]) if len(places) else None
