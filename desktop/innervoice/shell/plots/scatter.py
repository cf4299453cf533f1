"""Scatter plots with a fitted line, colours and points that can be clicked."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from innervoice.plugin.figures import Scatter
from innervoice.shell.pens import data_pen
from innervoice.shell.plots.canvas import FigureCanvas
from innervoice.shell.plots.colour_bar import ColourBar
from innervoice.shell.plots.colour_maps import diverging, sequential
from innervoice.shell.plots.legend import Entry
from innervoice.shell.plots.lines import Polyline
from innervoice.shell.plots.path_drawing import PathDrawing
from innervoice.shell.plots.points_item import MISSING, PointsItem
from innervoice.shell.plots.ranges import extent, pad
from innervoice.shell.plots.rings_item import RingsItem
from innervoice.shell.plots.surface_image import SurfaceImage
from innervoice.shell.theme import Theme
from innervoice.shell.words import said

REACH = 9  # pixels around a point in which a click counts
RIM = 2.5  # pixels by which a point upon a surface is rimmed
SHADES = 64  # colours of points; few, because all points of a shade are painted at once


class ScatterCanvas(FigureCanvas):
    """Draws a `Scatter`; a click chooses the nearest point."""

    def __init__(self, figure: Scatter, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(figure, theme, parent)
        self.figure = figure
        self.plot = self.add_plot(0)
        self.label_axes(self.plot, figure.x, figure.y)
        self._usable = np.flatnonzero(np.isfinite(figure.points).all(axis=1))
        self._dots = PointsItem(figure.points[self._usable])
        self._fit = Polyline(connect="finite", antialias=True)
        self._rings = RingsItem(figure.points[self._usable])
        self._ground = SurfaceImage(figure.surface) if figure.surface is not None else None
        self._rims = PointsItem(figure.points[self._usable]) if figure.surface is not None else None
        for item in (self._ground, self._rims, self._dots, self._fit, self._rings):
            if item is not None:
                self.plot.addItem(item, ignoreBounds=True)
        self._bar = ColourBar(self, 0, 1, self.plot) if figure.colour_axis is not None else None
        self.selected: int | None = None
        self.drawing = PathDrawing(self, figure, self.link_activated.emit)
        self._fill()
        self.restyle()

    def entries(self) -> tuple[Entry, ...]:
        if self.figure.fit is None:
            return ()
        shade = self.theme.colours.accent if self.figure.colour is None else self.theme.colours.noise
        return (Entry(said("clips") if self._leads_to("clip") else said("points"), shade, "dot"), self._fit_entry())

    def recolour(self) -> None:
        colours = self.theme.colours
        self._dots.set_shades(self._shades(), self._colours(), QColor(colours.border))
        self._fit.setPen(data_pen(colours.cut, 2.4))
        self._rings.halo, self._rings.line = QColor(colours.surface), QColor(colours.text)
        self._rings.update()
        if self._bar is not None and self.figure.colour_axis is not None:
            self._bar.set_scale(self.figure.colour_range(), self._map(), str(self.figure.colour_axis))
        if self._ground is not None and self._rims is not None:
            self._rims.diameter = self._dots.diameter + RIM
            self._rims.set_shades(np.zeros(len(self._usable), dtype=np.int64), [QColor(colours.text)], QColor())
            self._ground.colour(self.figure.colour_range(), self._map())

    def clicked(self, plot: Any, position: QPointF) -> None:
        point = self._nearest(position) if plot is self.plot else None
        if point is not None:
            self._select(point)

    def key_step(self, step: int) -> None:
        if not len(self._usable):
            return
        order = self._usable[np.argsort(self.figure.points[self._usable, 0], kind="stable")]
        places = np.flatnonzero(order == self.selected) if self.selected is not None else np.zeros(0)
        start = int(places[0]) if len(places) else (-1 if step > 0 else len(order))
        self._select(int(order[int(np.clip(start + step, 0, len(order) - 1))]))

    def hover_text(self, plot: Any, position: QPointF) -> str:
        point = self._nearest(position) if plot is self.plot else None
        if point is None:
            return ""
        figure = self.figure
        x, y = figure.points[point].tolist()
        text = f"{figure.x.label} {x:.4g}, {figure.y.label} {y:.4g}"
        if figure.colour is not None and figure.colour_axis is not None:
            text += f"\n{figure.colour_axis.label} {figure.colour[point]:.4g}"
        if figure.links is not None and figure.links.ids[point] >= 0:
            text += f"\n{figure.links.kind} {figure.links.ids[point]}"
        return text

    def offers(self) -> tuple[tuple[str, Any, str], ...]:
        return ((said("Draw a path"), self.drawing.begin, self.drawing.why_not),)

    def linked_marks(self) -> Any:
        return ((self.figure.links, self.mark),)

    def mark(self, points: NDArray[np.int64]) -> None:
        """Put a ring around points; an empty array takes the rings away."""
        there = points[np.isfinite(self.figure.points[points]).all(axis=1)]
        self.selected = int(there[0]) if len(there) else None
        self._rings.set_places(self.figure.points[there])

    def _select(self, point: int) -> None:
        self.mark(np.array([point]))
        if self.drawing.on:
            return  # only the finished path is heard
        self.follow(self.figure.links, point)

    def _nearest(self, position: QPointF) -> int | None:
        if not len(self._usable):
            return None
        width, height = self.plot.vb.viewPixelSize()
        away = (self.figure.points[self._usable] - (position.x(), position.y())) / (width, height)
        distance = np.hypot(away[:, 0], away[:, 1])
        best = int(distance.argmin())
        return int(self._usable[best]) if distance[best] <= REACH else None

    def _fill(self) -> None:
        figure = self.figure
        fit: NDArray[np.float64] = np.zeros((0, 2)) if figure.fit is None else figure.fit
        self._fit.setData(fit[:, 0], fit[:, 1])
        everything = np.vstack([figure.points, fit])
        x, y = pad(extent(everything[:, 0]), 0.03), pad(extent(everything[:, 1]), 0.05)
        self.plot.setLimits(xMin=x[0], xMax=x[1], yMin=y[0], yMax=y[1])
        self.plot.setRange(xRange=x, yRange=y, padding=0)

    def _map(self) -> Any:
        return sequential(self.theme) if self.figure.centre is None else diverging(self.theme)

    def _colours(self) -> list[QColor]:
        """The colours of the shades, a little transparent, so that points over points can be told."""
        if self.figure.colour is None:
            shades = [QColor(self.theme.colours.accent)]
        else:
            shades = [QColor(*shade[:3]) for shade in self._map().getLookupTable(nPts=SHADES).tolist()]
        alpha = (150 if self.figure.colour is None else 220) if len(self._usable) < 2000 else 90
        for shade in shades:
            shade.setAlpha(alpha)
        return shades

    def _shades(self) -> NDArray[np.int64]:
        """The number of each point's shade."""
        if self.figure.colour is None:
            return np.zeros(len(self._usable), dtype=np.int64)
        low, high = self.figure.colour_range()
        values = self.figure.colour[self._usable]
        share = (np.nan_to_num(values, nan=low) - low) / max(high - low, 1e-300)
        places = np.clip(share * SHADES, 0, SHADES - 1).astype(np.int64)
        return np.where(np.isnan(values), MISSING, places)

    def _leads_to(self, kind: str) -> bool:
        return self.figure.links is not None and self.figure.links.kind == kind

    def _fit_entry(self) -> Entry:
        return Entry(said("fit"), self.theme.colours.cut, "line")
