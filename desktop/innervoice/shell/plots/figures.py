"""The view of one figure: title, drawing and caption, with a menu to save and copy it. One place knows all kinds."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from innervoice.plugin.figures import (
    Bars,
    BoxPlot,
    Curve,
    Figure,
    HeatMap,
    Histogram,
    PianoRoll,
    Scatter,
    Strips,
    Table,
    TableFigure,
)
from innervoice.shell.plots.bars import BarsCanvas
from innervoice.shell.plots.box_plot import BoxPlotCanvas
from innervoice.shell.plots.curve import CurveCanvas
from innervoice.shell.plots.figure_buttons import FigureButtons
from innervoice.shell.plots.figure_data import figure_table
from innervoice.shell.plots.figure_files import FigureFiles
from innervoice.shell.plots.histogram import HistogramCanvas
from innervoice.shell.plots.matrix import MatrixCanvas
from innervoice.shell.plots.roll_figure import RollCanvas
from innervoice.shell.plots.scatter import ScatterCanvas
from innervoice.shell.plots.strips_figure import StripsCanvas
from innervoice.shell.plots.table_view import TableCanvas
from innervoice.shell.theme import Theme

CANVASES: dict[type[Figure], Any] = {
    Strips: StripsCanvas,
    BoxPlot: BoxPlotCanvas,
    HeatMap: MatrixCanvas,
    Scatter: ScatterCanvas,
    Histogram: HistogramCanvas,
    Curve: CurveCanvas,
    Bars: BarsCanvas,
    TableFigure: TableCanvas,
    PianoRoll: RollCanvas,
}
"""What draws each kind of figure."""


class FigureView(QWidget):
    """One figure of a result.

    Signals
    -------
    link_activated(Link)
        A mark was clicked; the link has one target.
    cut_moved(float)
        The line of a box plot was dropped at another place.
    failed(str)
        A file could not be written, in one sentence.

    Attributes
    ----------
    files : FigureFiles
        Saves and copies the figure, with the provenance that the page around it tells.
    """

    link_activated = Signal(object)
    cut_moved = Signal(float)
    failed = Signal(str)

    def __init__(self, figure: Figure, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figure, self.theme = figure, theme
        self.setAccessibleName(figure.title)
        self.title, self.caption = QLabel(figure.title), QLabel(figure.caption)
        self.title.setObjectName("figureTitle")
        self.caption.setObjectName("figureCaption")
        self.caption.setVisible(bool(figure.caption))
        self.canvas = CANVASES[type(figure)](figure, theme, self)
        self.canvas.link_activated.connect(self.link_activated)
        self.canvas.cut_moved.connect(self.cut_moved)
        self.files = FigureFiles(self, self, self.canvas)
        self.files.failed.connect(self.failed)
        self.buttons = FigureButtons(self.files, self.canvas.show_all, figure.title)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.buttons, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.canvas, 1)
        layout.addWidget(self.caption)
        for label in (self.title, self.caption):
            label.setWordWrap(True)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours from now on."""
        self.theme = theme
        self.canvas.set_theme(theme)
        self.buttons.refresh_icons()

    def grow(self, figure: Curve) -> bool:
        """Draw longer lines of the same labels; return whether that can be done, else another view is needed."""
        same = isinstance(self.figure, Curve) and [line.label for line in self.figure.lines] == [
            line.label for line in figure.lines
        ]
        if same:
            self.figure = figure
            self.canvas.take(figure)
        return same

    def select_target(self, kind: str, target: int) -> None:
        """Mark what leads to a clip or a neuron that was selected elsewhere (-1: none)."""
        self.canvas.select_target(kind, target)

    def select_point(self, z: NDArray[np.float32]) -> None:
        """Mark what leads to a point of the latent space, float32 [neurons]."""
        self.canvas.select_point(z)

    def close_plot(self) -> None:
        """Take the drawing apart; may be called twice."""
        self.canvas.close_plot()

    def words(self) -> tuple[str, str]:
        """The title and the caption."""
        return self.figure.title, self.figure.caption

    def table(self) -> Table:
        """The numbers behind the marks."""
        return figure_table(self.figure)

    def menu(self) -> QMenu:
        """A new context menu of this figure."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        self.files.fill(menu)
        for text, action, why_not in getattr(self.canvas, "offers", tuple)():
            entry = menu.addAction(text)
            entry.setEnabled(not why_not)
            entry.setToolTip(why_not)
            entry.triggered.connect(action)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu()
        menu.exec(event.globalPos())
        menu.deleteLater()


def figure_view(figure: Figure, theme: Theme, parent: QWidget | None = None) -> FigureView:
    """A widget that draws any figure of a plugin.

    Raises
    ------
    TypeError
        The shell knows no such kind of figure.
    """
    if type(figure) not in CANVASES:
        raise TypeError(f"The window cannot draw a {type(figure).__name__}; update Innervoice or the plugin.")
    return FigureView(figure, theme, parent)
