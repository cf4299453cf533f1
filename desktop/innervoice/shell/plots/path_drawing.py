"""Drawing a path through the marks of a scatter plot: with the mouse, or from mark to mark with the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtWidgets import QLabel

from innervoice.plugin.figures import Scatter
from innervoice.shell.drawn_path import DrawnPath
from innervoice.shell.pens import data_pen
from innervoice.shell.plots.lines import Polyline
from innervoice.shell.words import said, to_say

MOST_CORNERS = 4000
HOW = to_say(
    "Draw a line with the mouse. Or: arrow keys go to a mark, Return adds it, Return again ends. Escape leaves."
)


class PathDrawing(QObject):
    """While it is on, the mouse draws instead of choosing marks.

    Parameters
    ----------
    canvas : QWidget
        The scatter's canvas: its `plot`, its `graphics` and its `selected` mark are used.
    figure : Scatter
    drawn : callable
        Takes the `DrawnPath`.
    """

    def __init__(self, canvas: Any, figure: Scatter, drawn: Callable[[DrawnPath], None]) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._figure = figure
        self._drawn = drawn
        self.on = False
        self.corners: list[tuple[float, float]] = []
        self._line = Polyline(antialias=True)
        self.how = QLabel(said(HOW), canvas)
        self.how.setWordWrap(True)
        self.how.setObjectName("figureCaption")
        self.how.hide()
        canvas.layout().addWidget(self.how)
        canvas.graphics.viewport().installEventFilter(self)
        canvas.graphics.installEventFilter(self)

    @property
    def why_not(self) -> str:
        """Return why no path can be drawn here; empty when it can."""
        links = self._figure.links
        if links is None or links.kind == "neuron" or not (links.ids >= 0).any():
            return said("The marks of this picture lead to no clips and no latent points.")
        return ""

    def begin(self) -> None:
        """Draw from now on."""
        if self.on or self.why_not:
            return
        self.on = True
        self._canvas.plot.addItem(self._line, ignoreBounds=True)
        self._canvas.graphics.viewport().setCursor(Qt.CursorShape.CrossCursor)
        self.how.show()
        self._canvas.graphics.setFocus()
        self._show([])

    def end(self) -> None:
        """Leave the line, and give the mouse back to the marks."""
        if not self.on:
            return
        self.on = False
        self._canvas.plot.removeItem(self._line)
        self._canvas.graphics.viewport().unsetCursor()
        self.how.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take mouse and keys while drawing."""
        if not self.on:
            return False
        kind, seen = event.type(), self._canvas.graphics.viewport()
        if kind == QEvent.Type.KeyPress and watched is self._canvas.graphics:
            return self._key(event)
        if watched is not seen or kind not in (
            QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease,
        ):  # fmt: skip
            return False
        mouse: Any = event
        if kind == QEvent.Type.MouseButtonPress and mouse.button() == Qt.MouseButton.LeftButton:
            self._show([self._place(mouse.position())])
        elif kind == QEvent.Type.MouseMove and mouse.buttons() & Qt.MouseButton.LeftButton:
            if self.corners and len(self.corners) < MOST_CORNERS:
                self._show([*self.corners, self._place(mouse.position())])
        elif kind == QEvent.Type.MouseButtonRelease and mouse.button() == Qt.MouseButton.LeftButton:
            self._finish()
        else:
            return False
        return True

    def _key(self, event: Any) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            mark = self._canvas.selected
            if mark is None:
                return True
            place = (float(self._figure.points[mark, 0]), float(self._figure.points[mark, 1]))
            if self.corners and self.corners[-1] == place:
                self._finish()
            else:
                self._show([*self.corners, place])
        else:
            return False
        return True

    def _finish(self) -> None:
        """Hand the line over; a click alone draws nothing."""
        if len(set(self.corners)) > 1:
            self._drawn(drawn_path(self._figure, np.array(self.corners)))
            self.end()
        else:
            self._show([])

    def _show(self, corners: list[tuple[float, float]]) -> None:
        self.corners = corners
        line = np.array(corners).reshape(-1, 2)
        self._line.setPen(data_pen(self._canvas.theme.colours.cut, 2.6))
        self._line.setData(line[:, 0], line[:, 1])

    def _place(self, position: QPointF) -> tuple[float, float]:
        graphics = self._canvas.graphics
        point = self._canvas.plot.vb.mapSceneToView(graphics.mapToScene(position.toPoint()))
        return float(point.x()), float(point.y())


def drawn_path(figure: Scatter, line: NDArray[np.float64]) -> DrawnPath:
    """Return what a line, float64 [n, 2] in data coordinates, gives; both axes count alike, as the eye sees them."""
    assert figure.links is not None  # otherwise nothing can be drawn
    low, high = np.nanmin(figure.points, axis=0), np.nanmax(figure.points, axis=0)
    span = np.where(high > low, high - low, 1.0)
    return DrawnPath(figure.title, (line - low) / span, (figure.points - low) / span, figure.links)
