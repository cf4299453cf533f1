"""What all live plots share: a themed pyqtgraph canvas inside a plain widget, clicks, hovering, and an orderly end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QCloseEvent, QColor, QContextMenuEvent
from PySide6.QtWidgets import QMenu, QToolTip, QVBoxLayout, QWidget

from innervoice.shell.pens import pen
from innervoice.shell.plots.plot import Plot
from innervoice.shell.theme import Theme

ZOOMS = {Qt.Key.Key_Plus: 0.8, Qt.Key.Key_Equal: 0.8, Qt.Key.Key_Minus: 1.25}
NO_LIMIT = 1e300  # pyqtgraph's limit of a plot that has none, such as a colour bar, is 1e307


class PlotPanel(QWidget):
    """A widget that holds pyqtgraph plots.

    Call `close_plot` (or close the widget) before the program ends: a pyqtgraph scene that is left to the interpreter's
    exit crashes it.

    Parameters
    ----------
    theme : Theme
        Colours to draw with; `set_theme` changes them.
    name : str
        What a screen reader calls the plot.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setAccessibleName(name)
        self.graphics: Any = pg.GraphicsLayoutWidget()
        self.graphics.setParent(self)
        self.graphics.setAccessibleName(name)
        self.graphics.setFrameShape(self.graphics.Shape.NoFrame)
        self.graphics.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)  # left to whoever holds the plot
        self.graphics.ci.setContentsMargins(4, 6, 16, 4)
        self.setFocusProxy(self.graphics)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.graphics)
        self._plots: list[Any] = []
        self.offer: Callable[[QMenu], None] | None = None
        self._closed = False
        self.graphics.setBackground(theme.colours.surface)
        self.graphics.scene().sigMouseClicked.connect(self._scene_clicked)
        self.graphics.scene().sigMouseMoved.connect(self._scene_moved)
        self.graphics.viewport().installEventFilter(self)
        self.graphics.installEventFilter(self)

    def add_plot(self, row: int, column: int = 0, axes: dict[str, Any] | None = None, view: Any = None) -> Any:
        """A new empty plot of the layout; `axes` and `view` stand in the place of plain ones."""
        plot = Plot(axes, view)
        self.graphics.addItem(plot, row, column)
        for side in ("left", "bottom", "top", "right"):
            plot.getAxis(side).enableAutoSIPrefix(False)  # numbers as they are; and much quicker
        self._plots.append(plot)
        self._style_plot(plot)
        return plot

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours from now on."""
        self.theme = theme
        if self._closed:
            return
        self.graphics.setBackground(theme.colours.surface)
        for plot in self._plots:
            self._style_plot(plot)
        self.restyle()

    def restyle(self) -> None:
        """Recolour what a subclass has drawn; called when the theme changes."""

    def clicked(self, plot: Any, position: QPointF) -> None:
        """A left click at `position` (data coordinates) of `plot`; subclasses answer."""

    def double_clicked(self, plot: Any) -> None:
        """A double left click: show everything again, unless a subclass has another use for it."""
        self.show_all()

    def hover_text(self, plot: Any, position: QPointF) -> str:
        """What the tip says at `position` (data coordinates) of `plot`; empty for nothing."""
        return ""

    def select_target(self, kind: str, target: int) -> None:
        """Mark what leads to a clip or a neuron that was selected elsewhere (-1: none); subclasses answer."""

    def select_point(self, z: NDArray[np.float32]) -> None:
        """Mark what leads to a point of the latent space, float32 [neurons]; subclasses answer."""

    def show_all(self) -> None:
        """Zoom out to the limits of every plot."""
        for plot in self._plots:
            x, y = (plot.vb.state["limits"][name] for name in ("xLimits", "yLimits"))
            if None not in (*x, *y) and max(map(abs, (*x, *y))) < NO_LIMIT:
                plot.vb.setRange(xRange=x, yRange=y, padding=0)

    def key_step(self, step: int) -> None:
        """The left (-1) or right (+1) arrow key: move the selection; subclasses answer."""

    def close_plot(self) -> None:
        """Take the scene apart in order; the widget stays but is empty. May be called twice."""
        if self._closed:
            return
        self._closed = True
        scene = self.graphics.scene()
        scene.sigMouseClicked.disconnect(self._scene_clicked)
        scene.sigMouseMoved.disconnect(self._scene_moved)
        self.graphics.viewport().removeEventFilter(self)
        self.graphics.removeEventFilter(self)
        plots = list(self.graphics.ci.items)
        self.graphics.ci.clear()
        for plot in plots:
            plot.take_apart()
        self._plots.clear()
        scene.clear()
        self.graphics.setParent(None)
        self.graphics.deleteLater()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what a plot that stands by itself offers; one in a figure leaves it to the figure."""
        if self.offer is None:
            event.ignore()
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.offer(menu)
        menu.popup(event.globalPos())

    def closeEvent(self, event: QCloseEvent) -> None:
        self.close_plot()
        super().closeEvent(event)

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Arrow keys move the selection, plus and minus zoom, Home shows everything; leaving the plot hides the tip."""
        if event.type() == QEvent.Type.KeyPress and not self._closed:
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(event.key())  # type: ignore[attr-defined]
            if step is not None:
                self.key_step(step)
                return True
            if self._zoom_key(event.key()):  # type: ignore[attr-defined]
                return True
        if event.type() == QEvent.Type.Leave:
            QToolTip.hideText()
        return super().eventFilter(watched, event)

    def _zoom_key(self, key: Qt.Key) -> bool:
        """Zoom by a key; say whether it is one that zooms."""
        if key == Qt.Key.Key_Home:
            self.show_all()
        elif key in ZOOMS:
            for plot in self._plots:
                x, y = (ZOOMS[key] if by_mouse else 1.0 for by_mouse in plot.vb.mouseEnabled())
                plot.vb.scaleBy((x, y))
        return key == Qt.Key.Key_Home or key in ZOOMS

    def _style_plot(self, plot: Any) -> None:
        colours = self.theme.colours
        for side in ("left", "bottom", "top", "right"):
            axis = plot.getAxis(side)
            axis.setStyle(tickLength=4, hideOverlappingLabels=False)
            axis.setPen(pen(colours.border))
            axis.setTickPen(pen(colours.border))
            axis.setTextPen(pen(colours.muted))
            axis.labelStyle = {"color": QColor(colours.text).name()}
            if axis.labelText:
                axis.setLabel(axis.labelText, axis.labelUnits, **axis.labelStyle)

    def _place(self, position: QPointF) -> tuple[Any, QPointF] | None:
        """The plot under a scene position, and that position in its data coordinates."""
        for plot in self._plots:
            if plot.vb.sceneBoundingRect().contains(position):
                return plot, plot.vb.mapSceneToView(position)
        return None

    def _scene_clicked(self, event: Any) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        place = self._place(event.scenePos())
        if place is None:
            return
        if event.double():
            self.double_clicked(place[0])
        else:
            self.clicked(*place)
        event.accept()

    def _scene_moved(self, position: QPointF) -> None:
        place = self._place(position)
        text = self.hover_text(*place) if place is not None else ""
        if not text:
            QToolTip.hideText()
            return
        corner = self.graphics.viewport().mapToGlobal(self.graphics.mapFromScene(position))
        QToolTip.showText(corner + QPoint(0, 0), text, self.graphics.viewport())


def close_plots(root: QWidget) -> None:
    """Close every plot inside a window; call it before the window goes away."""
    for panel in root.findChildren(PlotPanel):
        panel.close_plot()
