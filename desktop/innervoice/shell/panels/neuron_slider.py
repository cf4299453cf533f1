"""One neuron as a knob: a slider that shows where the clip's mu stands and how sure the encoder is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

PER_UNIT = 100
REACH = 4.0
HANDLE = 6.5
STRONG_SIGMA = 1.0


class NeuronSlider(QSlider):
    """A slider from -4 to 4 (further when mu lies further out), with mu as a mark and mu +- sigma as a band.

    Left and right arrows move by 0.05, Page Up and Page Down by 0.5; a click goes to the place of the click.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSingleStep(5)
        self.setPageStep(50)
        self.setMinimumHeight(24)
        self.setMinimumWidth(120)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._mu: float | None = None
        self._sigma: float | None = None
        self.set_reach(REACH)

    @property
    def number(self) -> float:
        """Return the neuron's value."""
        return self.value() / PER_UNIT

    def set_reach(self, reach: float) -> None:
        """Choose the range, from -reach to reach."""
        self.setRange(round(-reach * PER_UNIT), round(reach * PER_UNIT))

    def set_posterior(self, mu: float | None, sigma: float | None) -> None:
        """Mark the clip's mu and sigma; None takes the marks away."""
        self._mu, self._sigma = mu, sigma
        furthest = max(REACH, abs(mu) + 1 if mu is not None else 0)
        if round(furthest * PER_UNIT) != self.maximum():
            self.set_reach(float(int(furthest + 0.999)))
        self.update()

    def show_number(self, number: float) -> None:
        """Stand at a value without telling anybody."""
        if abs(number) * PER_UNIT > self.maximum():
            self.set_reach(float(int(abs(number)) + 1))
        blocked = self.blockSignals(True)
        self.setValue(round(number * PER_UNIT))
        self.blockSignals(blocked)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the place of the click, and drag on from there."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._follow(event.position().x())
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the drag."""
        if self.isSliderDown():
            self._follow(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the drag."""
        self.setSliderDown(False)

    def _follow(self, x: float) -> None:
        self.setValue(
            QStyle.sliderValueFromPosition(
                self.minimum(), self.maximum(), round(x - HANDLE), round(self.width() - 2 * HANDLE)
            )
        )

    def place(self, number: float) -> float:
        """Return the horizontal place of a value, in pixels."""
        share = (number * PER_UNIT - self.minimum()) / max(1, self.maximum() - self.minimum())
        return HANDLE + share * (self.width() - 2 * HANDLE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw groove, band, mark and handle in the palette's colours."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        palette: QPalette = self.palette()
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        accent = palette.color(group, QPalette.ColorRole.Highlight)
        middle = self.height() / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(group, QPalette.ColorRole.Mid))
        painter.drawRoundedRect(QRectF(HANDLE, middle - 1.5, self.width() - 2 * HANDLE, 3), 1.5, 1.5)
        self._paint_posterior(painter, accent, middle)
        painter.setPen(QPen(accent, 2))
        painter.setBrush(accent if self.isEnabled() else palette.color(QPalette.ColorRole.Base))
        painter.drawEllipse(QRectF(self.place(self.number) - 5.5, middle - 5.5, 11, 11))
        if self.hasFocus():
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 1.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(self.place(self.number) - 9, middle - 9, 18, 18))
        painter.end()

    def _paint_posterior(self, painter: QPainter, accent: QColor, middle: float) -> None:
        """Draw mu as a tick and mu +- sigma as a band; the band fades as sigma comes near the prior's 1."""
        if self._mu is None:
            return
        if self._sigma is not None:
            band = QColor(accent)
            band.setAlphaF(0.15 + 0.3 * max(0.0, 1.0 - self._sigma / STRONG_SIGMA))
            left = max(HANDLE, self.place(self._mu - self._sigma))
            right = min(self.width() - HANDLE, self.place(self._mu + self._sigma))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(band)
            painter.drawRoundedRect(QRectF(left, middle - 4, max(1.0, right - left), 8), 3, 3)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Text), 1.4))
        x = self.place(self._mu)
        painter.drawLine(int(x), int(middle - 8), int(x), int(middle + 8))
