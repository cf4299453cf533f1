"""The density of one neuron's mu over the study, with the clip's mu marked and the prior for comparison."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from innervoice.plugin.figures import Table
from innervoice.shell.pens import pen
from innervoice.shell.theme import Theme
from innervoice.shell.words import said

Curve = tuple[NDArray[np.float64], NDArray[np.float32]]
AXIS = 20.0
EDGE = 18.0
PRIOR_PEAK = 1 / math.sqrt(2 * math.pi)


class DensityCurve(QWidget):
    """A small picture, painted in one go."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.curve: Curve | None = None
        self.mu: float | None = None
        self.music = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(said("Density of mu over the study"))

    def sizeHint(self) -> QSize:
        """Return a size at which the curve reads well."""
        return QSize(300, 120)

    def show_density(self, curve: Curve | None, mu: float | None, music: bool) -> None:
        """Show places and heights, [points] each, and the clip's mu; None for what is not known."""
        self.curve, self.mu, self.music = curve, mu, music
        spoken = (
            said("the clip's mu is {mu:.2f}").format(mu=mu) if mu is not None else said("the clip's mu is not known")
        )
        self.setAccessibleDescription(spoken)
        self.setToolTip(said("Filled: μ of the study's clips. Dashed: the prior. Line: μ of the clip in view."))
        self.update()

    def words(self) -> tuple[str, str]:
        """Return the title and the caption of a picture of it."""
        return self.accessibleName(), f"{self.toolTip()} {self.accessibleDescription()}"

    def table(self) -> Table:
        """Return a row for each place of the curve: mu, its density over the study, and the prior's."""
        places, heights = self.curve if self.curve is not None else (np.zeros(0), np.zeros(0, np.float32))
        rows = zip(places.tolist(), heights.tolist(), _prior(places).tolist(), strict=True)
        return Table("density", ("mu", "density", "prior"), tuple(rows))

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self.theme = theme
        self.update()

    def reach(self) -> tuple[float, float]:
        """Return the least and the greatest value of the axis: at least from -1 to 1."""
        values = [-1.0, 1.0]
        if self.curve is not None:
            values += [float(self.curve[0][0]), float(self.curve[0][-1])]
        if self.mu is not None:
            values.append(self.mu)
        return min(values), max(values)

    def place(self, value: float) -> float:
        """Return the horizontal place of a value, in pixels."""
        low, high = self.reach()
        return EDGE + (value - low) / (high - low) * (self.width() - 2 * EDGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, curve, prior, mark and axis."""
        colours = self.theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(colours.surface))
        ground = self.height() - AXIS
        if self.curve is not None:
            places, heights = self.curve
            peak = max(float(heights.max()), PRIOR_PEAK)
            self._paint_curve(painter, places, heights, ground, peak)
            self._paint_prior(painter, ground, peak)
        self._paint_axis(painter, ground)
        if self.mu is not None:
            x = self.place(self.mu)
            painter.setPen(pen(colours.selection, 2))
            painter.drawLine(QPointF(x, 4), QPointF(x, ground))
        if self.hasFocus():
            painter.setPen(pen(colours.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _height(self, height: float, ground: float, peak: float) -> float:
        return ground - height / peak * (ground - 8)

    def _paint_curve(
        self, painter: QPainter, places: NDArray[np.float64], heights: NDArray[np.float32], ground: float, peak: float
    ) -> None:
        shade = QColor(self.theme.colours.accent if self.music else self.theme.colours.noise)
        fill = QColor(shade)
        fill.setAlphaF(0.22)
        points = [
            QPointF(self.place(place), self._height(height, ground, peak))
            for place, height in zip(places.tolist(), heights.tolist(), strict=True)
        ]
        painter.setPen(pen(shade, 1.5))
        painter.setBrush(fill)
        painter.drawPolygon(QPolygonF([QPointF(points[0].x(), ground), *points, QPointF(points[-1].x(), ground)]))

    def _paint_prior(self, painter: QPainter, ground: float, peak: float) -> None:
        low, high = self.reach()
        values = np.linspace(low, high, 80)
        heights = _prior(values)
        line = [
            QPointF(self.place(value), self._height(height, ground, peak))
            for value, height in zip(values.tolist(), heights.tolist(), strict=True)
        ]
        painter.setPen(pen(self.theme.colours.muted, 1.2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(line))

    def _paint_axis(self, painter: QPainter, ground: float) -> None:
        colours = self.theme.colours
        low, high = self.reach()
        step = next(step for step in (0.5, 1, 2, 5, 10, 20, 50, 1e9) if (high - low) / step <= 8)
        painter.setPen(pen(colours.border, 1))
        painter.drawLine(QPointF(EDGE, ground), QPointF(self.width() - EDGE, ground))
        painter.setPen(QColor(colours.muted))
        for number in range(math.ceil(low / step), math.floor(high / step) + 1):
            value = number * step
            box = QRectF(self.place(value) - 24, ground + 2, 48, AXIS - 2)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{value:g}".replace("-", "−"))


def _prior(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the density of N(0, 1) at some values, float64 [n]."""
    heights: NDArray[np.float64] = PRIOR_PEAK * np.exp(-0.5 * values**2)
    return heights
