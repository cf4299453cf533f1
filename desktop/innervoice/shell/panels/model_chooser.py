"""The combo of models in the toolbar: the known ones, the one opened by path, and Open model…."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from innervoice.shell.facts import ModelFacts
from innervoice.shell.model_desk import ModelDesk
from innervoice.shell.session import Session
from innervoice.shell.words import said

OPEN = "open"


class ModelChooser(QWidget):
    """Chooses the model.

    Signals
    -------
    open_wanted
        The user wants to look for a checkpoint.
    """

    open_wanted = Signal()

    def __init__(self, session: Session, models: ModelDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._models = models
        self.combo = QComboBox()
        self.combo.setAccessibleName(said("Model"))
        self.combo.setMinimumContentsLength(26)
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        label = QLabel(said("Model"))
        label.setBuddy(self.combo)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(6)
        row.addWidget(label)
        row.addWidget(self.combo)
        self.combo.activated.connect(self._choose)
        models.models_changed.connect(self.refresh)
        models.opening_changed.connect(self.refresh)
        session.model_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """List the models anew and stand at the one in use."""
        with QSignalBlocker(self.combo):
            self.combo.clear()
            current = self._session.model
            shown = list(self._models.known)
            if current is not None and all(facts.sha256 != current.sha256 for facts in shown):
                shown.append(current)
            for facts in shown:
                self.combo.addItem(_title(facts), facts.path or facts.name)
                self.combo.setItemData(self.combo.count() - 1, _tip(facts), Qt.ItemDataRole.ToolTipRole)
                if facts.why_not_here:
                    self._grey(self.combo.count() - 1)
                if current is not None and facts.sha256 == current.sha256:
                    self.combo.setCurrentIndex(self.combo.count() - 1)
            if current is None:
                self.combo.insertItem(0, said("Loading …") if self._models.opening or not shown else said("No model"))
                self.combo.setCurrentIndex(0)
            self.combo.insertSeparator(self.combo.count())
            self.combo.addItem(said("Open model…"), OPEN)
        current = self._session.model
        self.combo.setToolTip(_tip(current) if current is not None else said("The models that are known"))

    def _grey(self, index: int) -> None:
        """Leave a model in the list that cannot be chosen; its tip says why."""
        items = self.combo.model()
        assert isinstance(items, QStandardItemModel)
        items.item(index).setEnabled(False)

    def _choose(self, index: int) -> None:
        chosen = self.combo.itemData(index)
        self.refresh()
        if chosen == OPEN:
            self.open_wanted.emit()
        elif isinstance(chosen, str) and chosen:
            current = self._session.model
            if current is None or chosen not in (current.path, current.name):
                self._models.use(chosen)


def _title(facts: ModelFacts) -> str:
    return facts.name if facts.can_encode else said("{name} (decodes only)").format(name=facts.name)


def _tip(facts: ModelFacts) -> str:
    lines = [
        said("{name}: {kind}, {neurons} neurons, clips of {steps} steps").format(
            name=facts.name, kind=facts.kind, neurons=facts.neurons, steps=facts.steps
        )
    ]
    if facts.why_not_here:
        lines.append(facts.why_not_here)
    elif facts.why_not_encode:
        lines.append(facts.why_not_encode)
    if facts.path:
        lines.append(facts.path)
    return "\n".join(lines)
