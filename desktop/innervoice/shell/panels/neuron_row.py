"""A row of the neurons panel: rank, neuron, slider, number, reset."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont, QIcon, QPalette
from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QLabel, QToolButton, QWidget

from innervoice.shell.panels.neuron_slider import NeuronSlider

LIMIT = 99.0


class NeuronRow(QWidget):
    """One neuron.

    Signals
    -------
    turned : int, float
        The user gave this neuron this value.
    reset_wanted : int
    """

    turned = Signal(int, float)
    reset_wanted = Signal(int)

    def __init__(self, reset_icon: QIcon, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.neuron = -1
        self.label = QLabel()
        bold = QFont(self.label.font())
        bold.setWeight(QFont.Weight.Medium)
        self.label.setFont(bold)
        self.name = QLabel()
        self.name.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.slider = NeuronSlider()
        self.number = QDoubleSpinBox()
        self.number.setDecimals(2)
        self.number.setSingleStep(0.05)
        self.number.setRange(-LIMIT, LIMIT)
        self.number.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.number.setKeyboardTracking(False)
        self.number.setFixedWidth(58)
        self.reset = QToolButton()
        self.reset.setIcon(reset_icon)
        self.reset.setAutoRaise(True)
        self.reset.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.reset.setToolTip("Back to this clip's μ")
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 3, 6, 3)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(0)
        grid.addWidget(self.label, 0, 0)
        grid.addWidget(self.name, 0, 1, 1, 3)
        grid.addWidget(self.slider, 1, 0, 1, 2)
        grid.addWidget(self.number, 1, 2)
        grid.addWidget(self.reset, 1, 3)
        grid.setColumnStretch(1, 1)
        self.slider.valueChanged.connect(lambda _value: self._turn(self.slider.number))
        self.number.valueChanged.connect(self._turn)
        self.reset.clicked.connect(lambda: self.reset_wanted.emit(self.neuron))

    def set_neuron(self, rank: int, neuron: int, name: str, ranked: bool) -> None:
        """Stand for another neuron."""
        self.neuron = neuron
        self.label.setText(f"{rank + 1} · neuron {neuron}" if ranked else f"neuron {neuron}")
        self.name.setText(name)
        self.name.setToolTip(name)
        said = f"Neuron {neuron}, rank {rank + 1}" if ranked else f"Neuron {neuron}"
        self.slider.setAccessibleName(said + (f", {name}" if name else ""))
        self.number.setAccessibleName(f"Value of neuron {neuron}")
        self.reset.setAccessibleName(f"Reset neuron {neuron}")

    def set_posterior(self, mu: float | None, sigma: float | None) -> None:
        """Mark the clip's mu and sigma."""
        self.slider.set_posterior(mu, sigma)
        if mu is None or sigma is None:
            self.slider.setToolTip("")
        else:
            self.slider.setToolTip(f"This clip: μ {mu:.2f}, σ {sigma:.2f}")

    def show_number(self, number: float, moved: bool) -> None:
        """Stand at a value without telling anybody; `moved` says whether it is away from home."""
        self.slider.show_number(number)
        with QSignalBlocker(self.number):
            self.number.setValue(number)
        self.reset.setEnabled(moved)

    def set_icon(self, icon: QIcon) -> None:
        """Use another theme's icon."""
        self.reset.setIcon(icon)

    def mark(self, chosen: bool) -> None:
        """Stand out as the selected neuron."""
        self.setAutoFillBackground(chosen)
        self.setBackgroundRole(QPalette.ColorRole.AlternateBase if chosen else QPalette.ColorRole.NoRole)

    def _turn(self, number: float) -> None:
        self.turned.emit(self.neuron, number)
