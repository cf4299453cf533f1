"""How a neuron's slider is drawn: the study's density behind, the clip's mu and sigma, the handle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen

if TYPE_CHECKING:
    from innervoice.shell.panels.neuron_slider import NeuronSlider

HANDLE = 6.5
STRONG_SIGMA = 1.0


@dataclass
class Marks:
    """What is drawn besides the handle.

    Attributes
    ----------
    mu, sigma : float, optional
        Of the clip in view.
    curve : places and heights, [points] each, optional
        The density of mu over the study.
    music : bool
        Whether the neuron is a music neuron.
    """

    mu: float | None = None
    sigma: float | None = None
    curve: tuple[NDArray[np.float64], NDArray[np.float32]] | None = None
    music: bool = True


def paint_slider(painter: QPainter, slider: NeuronSlider, marks: Marks) -> None:
    """Draw one slider in its palette's colours."""
    palette, middle = slider.palette(), slider.height() / 2
    group = QPalette.ColorGroup.Active if slider.isEnabled() else QPalette.ColorGroup.Disabled
    accent = palette.color(group, QPalette.ColorRole.Highlight)
    shade = accent if marks.music else palette.color(group, QPalette.ColorRole.Dark)
    _paint_silhouette(painter, slider, shade)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.color(group, QPalette.ColorRole.Mid))
    painter.drawRoundedRect(QRectF(HANDLE, middle - 1.5, slider.width() - 2 * HANDLE, 3), 1.5, 1.5)
    _paint_posterior(painter, slider, marks, shade)
    _paint_handle(painter, slider, shade)


def _paint_silhouette(painter: QPainter, slider: NeuronSlider, shade: QColor) -> None:
    outline = slider.silhouette()
    if outline.isEmpty():
        return
    fill, edge = QColor(shade), QColor(shade)
    fill.setAlphaF(0.16)
    edge.setAlphaF(0.32)
    # The edge also shows a neuron whose mu hardly moves: its density is narrower than a pixel.
    painter.setPen(QPen(edge, 1))
    painter.setBrush(fill)
    painter.drawPolygon(outline)


def _paint_posterior(painter: QPainter, slider: NeuronSlider, marks: Marks, shade: QColor) -> None:
    """Draw mu as a tick and mu +- sigma as a band; the band fades as sigma comes near the prior's 1."""
    if marks.mu is None:
        return
    middle = slider.height() / 2
    if marks.sigma is not None:
        band = QColor(shade)
        band.setAlphaF(0.15 + 0.3 * max(0.0, 1.0 - marks.sigma / STRONG_SIGMA))
        left = max(HANDLE, slider.place(marks.mu - marks.sigma))
        right = min(slider.width() - HANDLE, slider.place(marks.mu + marks.sigma))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(band)
        painter.drawRoundedRect(QRectF(left, middle - 4, max(1.0, right - left), 8), 3, 3)
    painter.setPen(QPen(slider.palette().color(QPalette.ColorRole.Text), 1.4))
    x = slider.place(marks.mu)
    painter.drawLine(int(x), int(middle - 9), int(x), int(middle + 9))


def _paint_handle(painter: QPainter, slider: NeuronSlider, shade: QColor) -> None:
    """Draw a round handle; a locked one is a square, which no hand expects to turn."""
    palette, middle, x = slider.palette(), slider.height() / 2, slider.place(slider.number)
    painter.setPen(QPen(shade, 2))
    hollow = not slider.isEnabled() or slider.locked
    painter.setBrush(palette.color(QPalette.ColorRole.Base) if hollow else shade)
    if slider.locked:
        painter.drawRect(QRectF(x - 5, middle - 5, 10, 10))
    else:
        painter.drawEllipse(QRectF(x - 5.5, middle - 5.5, 11, 11))
    if slider.hasFocus():
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(x - 9, middle - 9, 18, 18))
