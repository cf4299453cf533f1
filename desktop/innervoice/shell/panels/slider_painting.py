"""How a neuron's slider is drawn: the study's density behind, the clip's mu and sigma, the handle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPixmap

from innervoice.shell.pens import pen

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
    was : float, optional
        mu before the clip was edited.
    curve : places and heights, [points] each, optional
        The density of mu over the study.
    music : bool
        Whether the neuron is a music neuron.
    ground, ground_of : pixmap and what it was drawn from
        The density and the groove, which stay the same while the handle moves: they take most of the time.
    """

    mu: float | None = None
    sigma: float | None = None
    was: float | None = None
    curve: tuple[NDArray[np.float64], NDArray[np.float32]] | None = None
    music: bool = True
    ground: QPixmap | None = None
    ground_of: tuple[object, ...] = ()


def paint_slider(painter: QPainter, slider: NeuronSlider, marks: Marks) -> None:
    """Draw one slider in its palette's colours."""
    palette = slider.palette()
    group = QPalette.ColorGroup.Active if slider.isEnabled() else QPalette.ColorGroup.Disabled
    accent = palette.color(group, QPalette.ColorRole.Highlight)
    shade = accent if marks.music else palette.color(group, QPalette.ColorRole.Dark)
    drawn_from = (slider.size(), slider.devicePixelRatioF(), slider.maximum(), shade.rgba())
    if marks.ground is None or drawn_from != marks.ground_of:
        marks.ground, marks.ground_of = _ground(slider, shade, palette.color(group, QPalette.ColorRole.Mid)), drawn_from
    painter.drawPixmap(0, 0, marks.ground)
    _paint_posterior(painter, slider, marks, shade)
    _paint_move(painter, slider, marks)
    _paint_handle(painter, slider, shade)


def _ground(slider: NeuronSlider, shade: QColor, groove: QColor) -> QPixmap:
    """Draw what lies behind the marks."""
    ratio = slider.devicePixelRatioF()
    made = QPixmap(slider.size() * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_silhouette(painter, slider, shade)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(groove)
    painter.drawRoundedRect(QRectF(HANDLE, slider.height() / 2 - 1.5, slider.width() - 2 * HANDLE, 3), 1.5, 1.5)
    painter.end()
    return made


def _paint_silhouette(painter: QPainter, slider: NeuronSlider, shade: QColor) -> None:
    outline = slider.silhouette()
    if outline.isEmpty():
        return
    fill, edge = QColor(shade), QColor(shade)
    fill.setAlphaF(0.16)
    edge.setAlphaF(0.32)
    # The edge also shows a neuron whose mu hardly moves: its density is narrower than a pixel.
    painter.setPen(pen(edge, 1))
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
    painter.setPen(pen(slider.palette().color(QPalette.ColorRole.Text), 1.4))
    x = slider.place(marks.mu)
    painter.drawLine(int(x), int(middle - 9), int(x), int(middle + 9))


def _paint_move(painter: QPainter, slider: NeuronSlider, marks: Marks) -> None:
    """Draw where mu was as a short tick, with a line from there to where it is."""
    if marks.mu is None or marks.was is None:
        return
    foot = slider.height() / 2 + 9
    was, now = (min(max(HANDLE, slider.place(mu)), slider.width() - HANDLE) for mu in (marks.was, marks.mu))
    painter.setPen(pen(slider.palette().color(QPalette.ColorRole.Text), 1.4))
    painter.drawLine(QPointF(was, foot - 5), QPointF(was, foot))
    painter.drawLine(QPointF(was, foot), QPointF(now, foot))


def _paint_handle(painter: QPainter, slider: NeuronSlider, shade: QColor) -> None:
    """Draw a round handle; a locked one is a square, which no hand expects to turn."""
    palette, middle, x = slider.palette(), slider.height() / 2, slider.place(slider.number)
    painter.setPen(pen(shade, 2))
    hollow = not slider.isEnabled() or slider.locked
    painter.setBrush(palette.color(QPalette.ColorRole.Base) if hollow else shade)
    if slider.locked:
        painter.drawRect(QRectF(x - 5, middle - 5, 10, 10))
    else:
        painter.drawEllipse(QRectF(x - 5.5, middle - 5.5, 11, 11))
    if slider.hasFocus():
        painter.setPen(pen(palette.color(QPalette.ColorRole.Highlight), 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(x - 9, middle - 9, 18, 18))
