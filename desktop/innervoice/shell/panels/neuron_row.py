"""A row of the neurons panel: rank, neuron, sigma, what it follows, slider, number, lock, reset."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QMouseEvent, QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QLabel, QToolButton, QWidget

from innervoice.shell.panels.heading import QuietLabel
from innervoice.shell.panels.neuron_slider import NeuronSlider
from innervoice.shell.words import said

LIMIT = 99.0
STRIPE = 3.0
Curve = tuple[NDArray[np.float64], NDArray[np.float32]]


@dataclass(frozen=True)
class RowIcons:
    """The icons of one theme, and the colour that marks the selected row."""

    reset: QIcon
    lock: QIcon
    unlock: QIcon
    selection: str


class NumberBox(QDoubleSpinBox):
    """A neuron's value to be typed; the wheel scrolls the list instead."""

    def __init__(self) -> None:
        super().__init__()
        self.setDecimals(2)
        self.setSingleStep(0.05)
        self.setRange(-LIMIT, LIMIT)
        self.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setKeyboardTracking(False)
        self.setFixedWidth(58)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the list."""
        event.ignore()


class NeuronRow(QWidget):
    """One neuron.

    Signals
    -------
    turned : int, float
        The user gave this neuron this value.
    reset_wanted, lock_wanted, chosen : int
        Back to mu; lock or unlock; its label was clicked.
    asked : int, str
        The keyboard wants another row, see `NeuronSlider`.
    focused : int
        The keyboard came to its slider.
    """

    turned = Signal(int, float)
    reset_wanted = Signal(int)
    lock_wanted = Signal(int)
    chosen = Signal(int)
    asked = Signal(int, str)
    focused = Signal(int)

    def __init__(self, icons: RowIcons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.neuron = -1
        self._icons = icons
        self._selected = False
        self._tab_stop: bool | None = None
        self.label = QLabel()
        bold = QFont(self.label.font())
        bold.setWeight(QFont.Weight.Medium)
        self.label.setFont(bold)
        self.name = QuietLabel()
        self.sigma = QLabel()
        self.sigma.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.slider = NeuronSlider()
        self.number = NumberBox()
        self.lock = self._button(
            said("Keep this value when the others change; a mark that is clicked and a bookmark bring their own")
        )
        self.lock.setCheckable(True)
        self.reset = self._button(said("Back to this clip's μ"))
        self._arrange()
        self.set_icons(icons)
        self.slider.valueChanged.connect(lambda _value: self._turn(self.slider.number))
        self.slider.asked.connect(self._ask)
        self.slider.focused.connect(lambda: self.focused.emit(self.neuron))
        self.number.valueChanged.connect(self._turn)
        self.reset.clicked.connect(lambda: self.reset_wanted.emit(self.neuron))
        self.lock.clicked.connect(lambda: self.lock_wanted.emit(self.neuron))

    def _button(self, tip: str) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setToolTip(tip)
        return button

    def _arrange(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(10, 3, 6, 3)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(0)
        grid.addWidget(self.label, 0, 0)
        grid.addWidget(self.name, 0, 1, 1, 2)
        grid.addWidget(self.sigma, 0, 3, 1, 2)
        grid.addWidget(self.slider, 1, 0, 1, 2)
        for column, widget in enumerate((self.number, self.lock, self.reset), 2):
            grid.addWidget(widget, 1, column)
        grid.setColumnStretch(1, 1)

    def set_neuron(self, rank: int, neuron: int, name: str, ranked: bool) -> None:
        """Stand for another neuron."""
        self.neuron = neuron
        self.label.setText(
            said("{rank} · neuron {neuron}").format(rank=rank + 1, neuron=neuron)
            if ranked
            else said("neuron {neuron}").format(neuron=neuron)
        )
        self.name.setText(name)
        spoken = (
            said("Neuron {neuron}, rank {rank}").format(neuron=neuron, rank=rank + 1)
            if ranked
            else said("Neuron {neuron}").format(neuron=neuron)
        )
        self.slider.setAccessibleName(spoken + (f", {name}" if name else ""))
        self.number.setAccessibleName(said("Value of neuron {neuron}").format(neuron=neuron))
        self.lock.setAccessibleName(said("Lock neuron {neuron}").format(neuron=neuron))
        self.reset.setAccessibleName(said("Reset neuron {neuron}").format(neuron=neuron))

    def set_study(self, sigma: float | None, curve: Curve | None, music: bool) -> None:
        """Show the study's median sigma and density of mu; None where they are not known."""
        self.sigma.setText(f"σ {sigma:.2f}" if sigma is not None else "")
        self.sigma.setToolTip(said("The neuron's median σ over the study"))
        self.slider.set_density(curve, music)

    def set_posterior(self, mu: float | None, sigma: float | None, was: float | None = None) -> None:
        """Mark the clip's mu and sigma, and where mu was before the clip was edited."""
        self.slider.set_posterior(mu, sigma, was)
        if mu is None or sigma is None:
            self.slider.setToolTip("")
        elif was is not None:
            words = said("This clip: μ {mu:.2f}, σ {sigma:.2f}; μ of the score {was:.2f}")
            self.slider.setToolTip(words.format(mu=mu, sigma=sigma, was=was))
        else:
            self.slider.setToolTip(said("This clip: μ {mu:.2f}, σ {sigma:.2f}").format(mu=mu, sigma=sigma))

    def show_number(self, number: float, moved: bool) -> None:
        """Stand at a value without telling anybody; `moved` says whether it is away from home."""
        self.slider.show_number(number)
        with QSignalBlocker(self.number):
            self.number.setValue(number)
        self.reset.setEnabled(moved and not self.slider.locked)

    def show_locked(self, locked: bool) -> None:
        """Show whether the neuron is locked: then it is turned neither by slider nor by number."""
        self.slider.set_locked(locked)
        self.number.setReadOnly(locked)
        self.lock.setChecked(locked)
        self.lock.setIcon(self._icons.lock if locked else self._icons.unlock)

    def set_icons(self, icons: RowIcons) -> None:
        """Use another theme's icons."""
        self._icons = icons
        self.reset.setIcon(icons.reset)
        self.show_locked(self.slider.locked)
        self.update()

    def set_tab_stop(self, stop: bool) -> None:
        """Let Tab come to this row, or pass it by: of the whole list one row takes part, arrows go to the others."""
        if stop == self._tab_stop:
            return
        self._tab_stop, policy = stop, Qt.FocusPolicy
        for widget in (self.slider, self.number):
            widget.setFocusPolicy(policy.StrongFocus if stop else policy.ClickFocus)
        for button in (self.lock, self.reset):
            button.setFocusPolicy(policy.TabFocus if stop else policy.NoFocus)

    def mark(self, chosen: bool) -> None:
        """Stand out as the selected neuron."""
        self._selected = chosen
        self.setAutoFillBackground(chosen)
        self.setBackgroundRole(QPalette.ColorRole.Midlight if chosen else QPalette.ColorRole.NoRole)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the neuron by a click on its label, or anywhere beside slider and buttons."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self.neuron)
            event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a stripe at the selected row."""
        if self._selected:
            painter = QPainter(self)
            painter.fillRect(QRectF(0, 0, STRIPE, self.height()), QColor(self._icons.selection))
            painter.end()

    def _ask(self, word: str) -> None:
        if word == "lock":
            self.lock_wanted.emit(self.neuron)
        elif word == "reset" and not self.slider.locked:
            self.reset_wanted.emit(self.neuron)
        elif word == "number":
            self.number.setFocus(Qt.FocusReason.OtherFocusReason)
            self.number.selectAll()
        elif word != "reset":
            self.asked.emit(self.neuron, word)

    def _turn(self, number: float) -> None:
        if not self.slider.locked:
            self.turned.emit(self.neuron, number)
