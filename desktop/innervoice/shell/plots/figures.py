"""The view of one figure: title, drawing and caption, with a menu to save and copy it. One place knows all kinds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QVBoxLayout, QWidget

from innervoice.music.files import atomic_write
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
    TableFigure,
)
from innervoice.shell.plots.bars import BarsCanvas
from innervoice.shell.plots.box_plot import BoxPlotCanvas
from innervoice.shell.plots.curve import CurveCanvas
from innervoice.shell.plots.export import csv_text, export_csv, export_png, picture, svg_of_plots, svg_of_widget
from innervoice.shell.plots.histogram import HistogramCanvas
from innervoice.shell.plots.matrix import MatrixCanvas
from innervoice.shell.plots.panel import PlotPanel
from innervoice.shell.plots.roll_figure import RollCanvas
from innervoice.shell.plots.scatter import ScatterCanvas
from innervoice.shell.plots.strips_figure import StripsCanvas
from innervoice.shell.plots.svg_page import svg_page
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
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(4)
        for widget, stretch in ((self.title, 0), (self.canvas, 1), (self.caption, 0)):
            layout.addWidget(widget, stretch)
        for label in (self.title, self.caption):
            label.setWordWrap(True)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours from now on."""
        self.theme = theme
        self.canvas.set_theme(theme)

    def select_target(self, kind: str, target: int) -> None:
        """Mark what leads to a clip or a neuron that was selected elsewhere (-1: none)."""
        self.canvas.select_target(kind, target)

    def close_plot(self) -> None:
        """Take the drawing apart; may be called twice."""
        self.canvas.close_plot()

    def export_png(self, path: Path, scale: float = 2.0) -> None:
        """Write what is shown as PNG; raises OSError."""
        export_png(self, path, scale)

    def export_svg(self, path: Path) -> None:
        """Write what is shown as SVG; raises OSError."""
        canvas, colours = self.canvas, self.theme.colours
        plots = isinstance(canvas, PlotPanel)
        drawn = canvas.graphics if plots else canvas
        drawing = svg_of_plots(canvas) if plots else svg_of_widget(canvas)
        entries = canvas.legend.entries if plots else ()
        words = (self.figure.title, self.figure.caption)
        page = svg_page(drawing, (drawn.width(), drawn.height()), words, entries, colours)
        atomic_write(path, page.encode("utf-8"))

    def export_csv(self, path: Path) -> None:
        """Write the numbers of the figure as CSV; raises OSError."""
        export_csv(self.figure, path)

    def menu(self) -> QMenu:
        """A new context menu of this figure."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for text, action in (
            ("Save picture as SVG…", lambda: self._save("svg")),
            ("Save picture as PNG…", lambda: self._save("png")),
            ("Save data as CSV…", lambda: self._save("csv")),
            ("Copy picture", lambda: QApplication.clipboard().setImage(picture(self, 2.0))),
            ("Copy data", lambda: QApplication.clipboard().setText(csv_text(self.figure))),
            ("Show everything", self.canvas.show_all),
        ):
            entry = QAction(text, menu)
            entry.triggered.connect(action)
            menu.addAction(entry)
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

    def save_as(self, path: Path) -> None:
        """Write the figure in the form that the ending names (svg, png or csv); a failure is told by `failed`."""
        forms = {".svg": self.export_svg, ".png": self.export_png, ".csv": self.export_csv}
        try:
            forms[path.suffix.lower()](path)
        except OSError as error:
            self.failed.emit(f"{path} could not be written ({error.strerror or error}); choose another folder.")

    def _save(self, form: str) -> None:
        name = "".join(c if c.isalnum() else "-" for c in self.figure.title).strip("-").lower()
        chosen, _ = QFileDialog.getSaveFileName(self, "Save figure", f"{name}.{form}", f"{form.upper()} (*.{form})")
        if chosen:
            self.save_as(Path(chosen).with_suffix(f".{form}"))


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
