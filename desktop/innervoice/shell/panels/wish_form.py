"""What a performance model is to play: the model, the prompt, how long, and how freely."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QFormLayout, QSpinBox, QWidget

from innervoice.shell.facts import ModelFacts
from innervoice.shell.performer import MOST_EVENTS, Wish
from innervoice.shell.words import said

LARGEST_SEED = 2**31 - 1


class WishForm(QWidget):
    """The inputs.

    Signals
    -------
    changed
        Something else is wished.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model, self.beside, self.begin = QComboBox(), QComboBox(), QComboBox()
        self.begin.addItems([said("The tune in view"), said("Nothing")])
        self.prompt = _whole(1, 1024, 10)
        self.prompt.setSuffix(said(" events"))
        self.events = _whole(1, MOST_EVENTS, 1024)
        self.temperature = _number(0.0, 5.0, 1.0)
        self.top_k = _whole(0, 393, 0)
        self.top_k.setSpecialValueText(said("all"))
        self.nucleus = _number(0.01, 1.0, 1.0)
        self.seed = _whole(0, LARGEST_SEED, 1)
        form = QFormLayout(self)
        form.setContentsMargins(8, 4, 8, 4)
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for title, widget, tip in (
            (said("Model"), self.model, said("Models that continue piano performances")),
            (
                said("Beside it"),
                self.beside,
                said("A second model that goes on from the same prompt, with the same seed"),
            ),
            (said("Begin with"), self.begin, said("The first events of the tune's file, or nothing at all")),
            (said("Prompt"), self.prompt, said("How much of the tune's beginning is given")),
            (said("Events"), self.events, said("How many events are drawn; about ten to thirty a second of music")),
            (said("Temperature"), self.temperature, said("0 always takes the likeliest event; more is freer")),
            (said("Top-k"), self.top_k, said("Draw from so many of the likeliest events alone")),
            (said("Nucleus"), self.nucleus, said("Draw from the likeliest that together reach this probability")),
            (said("Seed"), self.seed, said("The same seed gives the same music")),
        ):
            widget.setAccessibleName(title)
            widget.setToolTip(tip)
            form.addRow(title, widget)
        for combo in (self.model, self.beside, self.begin):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.currentIndexChanged.connect(self._on_changed)

    def offer(self, models: Sequence[ModelFacts]) -> None:
        """Offer these models, and keep the one that is chosen."""
        names = [facts.name for facts in models]
        if names == [self.model.itemText(row) for row in range(self.model.count())]:
            return
        self._offer_beside(names)
        chosen = self.model.currentText()
        self.model.blockSignals(True)
        self.model.clear()
        self.model.addItems(names)
        self.model.setCurrentText(chosen if chosen in names else (names[0] if names else ""))
        self.model.blockSignals(False)
        self.changed.emit()

    def _offer_beside(self, names: Sequence[str]) -> None:
        chosen = self.beside.currentData()
        self.beside.blockSignals(True)
        self.beside.clear()
        self.beside.addItem(said("Nothing"), "")
        for name in names:
            self.beside.addItem(name, name)
        self.beside.setCurrentIndex(max(0, self.beside.findData(chosen)))
        self.beside.blockSignals(False)

    @property
    def second(self) -> str:
        """The model that plays beside; empty for none."""
        return str(self.beside.currentData() or "")

    def wish(self) -> Wish:
        """Return what is wished."""
        return Wish(
            model=self.model.currentText(),
            prompt=self.prompt.value() if self.from_tune else 0,
            events=self.events.value(),
            temperature=self.temperature.value(),
            top_k=self.top_k.value(),
            nucleus=self.nucleus.value(),
            seed=self.seed.value(),
        )

    @property
    def from_tune(self) -> bool:
        """Whether the tune in view is the prompt."""
        return self.begin.currentIndex() == 0

    def _on_changed(self, _index: int) -> None:
        self.prompt.setEnabled(self.from_tune)
        self.changed.emit()


def _whole(low: int, high: int, value: int) -> QSpinBox:
    box = QSpinBox()
    box.setRange(low, high)
    box.setValue(value)
    return box


def _number(low: float, high: float, value: float) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(low, high)
    box.setDecimals(2)
    box.setSingleStep(0.05)
    box.setValue(value)
    return box
