"""One neuron as a knob: a slider that shows where the clip's mu stands and how sure the encoder is."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

from innervoice.shell.panels.slider_painting import HANDLE, Marks, paint_slider

PER_UNIT = 100
REACH = 4.0
Keys = Qt.Key
ASKED = {
    Keys.Key_Up: "up",
    Keys.Key_Down: "down",
    Keys.Key_L: "lock",
    Keys.Key_0: "reset",
    Keys.Key_Delete: "reset",
    Keys.Key_Return: "number",
    Keys.Key_Enter: "number",
    Keys.Key_F2: "number",
}
ASKED_WITH_CONTROL = {Keys.Key_Home: "first", Keys.Key_End: "last"}


class NeuronSlider(QSlider):
    """A slider from -4 to 4 (further when mu lies further out), with mu as a mark and mu +- sigma as a band.

    Left and right arrows move by 0.05, Page Up and Page Down by 0.5, Home and End go to the ends; a click goes to the
    place of the click. The wheel scrolls the list and turns nothing.

    Signals
    -------
    asked : str
        A key asks for something else than turning: the row ``up``, ``down``, ``first`` or ``last``, ``lock``,
        ``reset``, or to type a ``number``.
    focused
        The keyboard came here.
    """

    asked = Signal(str)
    focused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSingleStep(5)
        self.setPageStep(50)
        self.setMinimumHeight(30)
        self.setMinimumWidth(100)
        self.locked = False
        self._marks = Marks()
        self.set_reach(REACH)

    @property
    def number(self) -> float:
        """Return the neuron's value."""
        return self.value() / PER_UNIT

    def set_reach(self, reach: float) -> None:
        """Choose the range, from -reach to reach."""
        blocked = self.blockSignals(True)
        self.setRange(round(-reach * PER_UNIT), round(reach * PER_UNIT))
        self.blockSignals(blocked)

    def set_posterior(self, mu: float | None, sigma: float | None, was: float | None = None) -> None:
        """Mark the clip's mu and sigma, and where mu was before the clip was edited; None takes a mark away."""
        if (mu, sigma, was) == (self._marks.mu, self._marks.sigma, self._marks.was):
            return
        self._marks.mu, self._marks.sigma, self._marks.was = mu, sigma, was
        furthest = max(REACH, abs(mu) + 1 if mu is not None else 0)
        if round(furthest * PER_UNIT) != self.maximum():
            self.set_reach(float(int(furthest + 0.999)))
        self.update()

    def set_density(self, curve: tuple[NDArray[np.float64], NDArray[np.float32]] | None, music: bool) -> None:
        """Draw a density behind, as places and heights [points]; None takes it away."""
        self._marks.curve, self._marks.music, self._marks.ground = curve, music, None
        self.update()

    def set_locked(self, locked: bool) -> None:
        """Turn no more by mouse and keys, or again."""
        self.locked = locked
        self.update()

    def show_number(self, number: float) -> None:
        """Stand at a value without telling anybody."""
        if abs(number) * PER_UNIT > self.maximum():
            self.set_reach(float(int(abs(number)) + 1))
        blocked = self.blockSignals(True)
        self.setValue(round(number * PER_UNIT))  # paints again only when the value is another
        self.blockSignals(blocked)

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something here from the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _asked(event):
            event.accept()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn, or ask for something else."""
        word = _asked(event)
        if word:
            self.asked.emit(word)
        elif not self.locked:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that the keyboard is here."""
        super().focusInEvent(event)
        self.focused.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the list: scrolling past a neuron must not turn it."""
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the place of the click, and drag on from there."""
        if event.button() == Qt.MouseButton.LeftButton and not self.locked:
            self.setSliderDown(True)
            self._follow(event.position().x())
            event.accept()
        else:
            event.ignore()

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

    def silhouette(self) -> QPolygonF:
        """Return the outline of the density behind, in pixels; empty when there is none."""
        if self._marks.curve is None:
            return QPolygonF()
        places, heights = self._marks.curve
        highest: Any = heights.max()
        if not highest > 0:
            return QPolygonF()
        ground, room = self.height() - 3.0, self.height() - 8.0
        left, right = self.place(-1.0), self.place(1.0)
        x = (left + right) / 2 + places * ((right - left) / 2)  # as `place`, for all at once
        y = ground - heights * (room / float(highest))
        points = [QPointF(*point) for point in zip(x.tolist(), y.tolist(), strict=True)]
        return QPolygonF([QPointF(points[0].x(), ground), *points, QPointF(points[-1].x(), ground)])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw density, groove, band, mark and handle in the palette's colours."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(QRectF(self.rect()))
        paint_slider(painter, self, self._marks)
        painter.end()


def _asked(event: QKeyEvent) -> str:
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if modifiers == Qt.KeyboardModifier.ControlModifier:
        return ASKED_WITH_CONTROL.get(Qt.Key(event.key()), "")
    return ASKED.get(Qt.Key(event.key()), "") if modifiers == Qt.KeyboardModifier.NoModifier else ""
