"""A plot: a view of data between four axes, of which two are shown.

pyqtgraph's own ``PlotItem`` builds some fifty hidden widgets for a menu that is never opened here, each of which a
change of theme would dress anew and each of which takes time to make.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyqtgraph as pg
from PySide6.QtWidgets import QGraphicsGridLayout, QGraphicsItem, QSizePolicy

PLACES = {"top": (0, 1), "left": (1, 0), "right": (1, 2), "bottom": (2, 1)}
"""Row and column of each axis around the view."""
SHOWN = ("left", "bottom")
OVER_IMAGES = 0.5  # what an axis draws lies over images; what shall lie over the axes stands at 1 or above


class Plot(pg.GraphicsWidget):  # type: ignore[misc]
    """A view with its axes.

    Parameters
    ----------
    axes : dict
        Axes in the place of plain ones, by side; they are shown.
    view : pyqtgraph ViewBox or None
        What holds the data; None for a plain one.
    """

    def __init__(self, axes: Mapping[str, Any] | None = None, view: Any = None) -> None:
        super().__init__()
        axes = axes or {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.vb: Any = view if view is not None else pg.ViewBox(enableMenu=False)
        self.axes: dict[str, Any] = {side: axes.get(side) or pg.AxisItem(side) for side in PLACES}
        layout = QGraphicsGridLayout()
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        self.setLayout(layout)
        self.vb.setParentItem(self)  # said in Python too, so that nothing is freed by both
        layout.addItem(self.vb, 1, 1)
        layout.setRowStretchFactor(1, 100)
        layout.setColumnStretchFactor(1, 100)
        for side, axis in self.axes.items():
            axis.setParentItem(self)
            axis.linkToView(self.vb)
            layout.addItem(axis, *PLACES[side])
            axis.setZValue(OVER_IMAGES)
            axis.setFlag(QGraphicsItem.GraphicsItemFlag.ItemNegativeZStacksBehindParent)
            axis.setVisible(side in SHOWN or side in axes)

    def take_apart(self) -> None:
        """End it, in an order that is Qt's; what is left to Python's collector may be freed twice."""
        self.setLayout(None)

    def getAxis(self, side: str) -> Any:
        """Return the axis of a side: left, bottom, right or top."""
        return self.axes[side]

    def showAxis(self, side: str, shown: bool = True) -> None:
        """Show an axis, or hide it."""
        self.axes[side].setVisible(shown)

    def hideAxis(self, side: str) -> None:
        """Hide an axis."""
        self.axes[side].setVisible(False)

    def setLabel(self, side: str, text: str, **style: Any) -> None:
        """Name an axis."""
        self.axes[side].setLabel(text, **style)

    def addItem(self, item: QGraphicsItem, ignoreBounds: bool = False) -> None:
        """Draw something more; `ignoreBounds` leaves it out when the view chooses its range by itself."""
        self.vb.addItem(item, ignoreBounds=ignoreBounds)

    def removeItem(self, item: QGraphicsItem) -> None:
        """Draw something no longer."""
        self.vb.removeItem(item)

    def setRange(self, **ranges: Any) -> None:
        """Show these ranges, see pyqtgraph's ``ViewBox.setRange``."""
        self.vb.setRange(**ranges)

    def setXRange(self, low: float, high: float, padding: float | None = None) -> None:
        """Show this range of x."""
        self.vb.setXRange(low, high, padding=padding)

    def setYRange(self, low: float, high: float, padding: float | None = None) -> None:
        """Show this range of y."""
        self.vb.setYRange(low, high, padding=padding)

    def setLimits(self, **limits: Any) -> None:
        """Let nobody move beyond these, see pyqtgraph's ``ViewBox.setLimits``."""
        self.vb.setLimits(**limits)

    def setMouseEnabled(self, x: bool | None = None, y: bool | None = None) -> None:
        """Let the mouse move and zoom along these axes."""
        self.vb.setMouseEnabled(x=x, y=y)
