"""What decoding and drawing go by: temperature, seed, and how far from mu a variation may go."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QGridLayout, QLabel, QSpinBox, QWidget

from innervoice.shell.session import Session
from innervoice.shell.words import said

LARGEST_SEED = 2**31 - 1
STRENGTHS = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0)


class DrawingSettings(QWidget):
    """Three small fields, joined to the session."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.temperature = QDoubleSpinBox()
        self.temperature.setRange(0.0, 2.0)
        self.temperature.setSingleStep(0.1)
        self.temperature.setDecimals(2)
        self.temperature.setSpecialValueText(said("0 (greedy)"))
        self.temperature.setAccessibleName(said("Temperature of the decoder"))
        self.temperature.valueChanged.connect(session.set_temperature)
        self.allow_temperature(ready=True, draws=True)
        self.seed = QSpinBox()
        self.seed.setRange(0, LARGEST_SEED)
        self.seed.setAccessibleName(said("Seed of samples and temperature"))
        self.seed.setToolTip(said("The same seed gives the same sample"))
        self.seed.setKeyboardTracking(False)
        self.seed.valueChanged.connect(session.set_seed)
        self.reach = QComboBox()
        self.reach.addItems([f"{strength:g} σ" for strength in STRENGTHS])
        self.reach.setCurrentIndex(STRENGTHS.index(1.0))
        self.reach.setAccessibleName(said("How far a variation goes from μ"))
        self.reach.setToolTip(said("A variation is μ plus this many σ times noise; 1 σ is a sample of the posterior"))
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 0, 8, 0)
        grid.setHorizontalSpacing(6)
        fields = ((said("Temperature"), self.temperature), (said("Seed"), self.seed), (said("Vary by"), self.reach))
        for column, (words, field) in enumerate(fields):
            label = QLabel(words)
            label.setBuddy(field)
            grid.addWidget(label, 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, 1)

    @property
    def strength(self) -> float:
        """Return how many sigma a variation goes."""
        return STRENGTHS[self.reach.currentIndex()]

    def allow_temperature(self, ready: bool, draws: bool) -> None:
        """Let the temperature be chosen, where there is a model and it can draw."""
        self.temperature.setEnabled(ready and draws)
        self.temperature.setToolTip(
            said("0 always takes the likeliest token; higher values take more chances")
            if draws
            else said("This model only decodes what is likeliest")
        )

    def show_seed(self) -> None:
        """Show the session's seed without telling anybody."""
        with QSignalBlocker(self.seed):
            self.seed.setValue(self._session.seed)
