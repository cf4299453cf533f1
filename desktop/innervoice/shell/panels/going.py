"""Go there: ask for a value of a feature, or for more or less of it; the clip moves and is heard."""

from __future__ import annotations

import math

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from innervoice.shell.found_directions import Direction
from innervoice.shell.going_desk import GoingDesk, Went
from innervoice.shell.later import Later
from innervoice.shell.panels.inputs import NARROWEST
from innervoice.shell.words import said

NO_BOUND = 1e6
STEPS = 50
"""Steps of the arrow buttons over the range of a feature."""


class GoingPanel(QWidget):
    """A feature, where the clip stands in it, and where it shall go.

    Parameters
    ----------
    desk : GoingDesk
    """

    def __init__(self, desk: GoingDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.feature, self.target = QComboBox(), QDoubleSpinBox()
        self.feature.setAccessibleName(said("What there shall be more or less of"))
        # A long name or a wide range must not widen the whole dock; both are read when the dock is widened.
        self.feature.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.target.setMinimumWidth(NARROWEST)
        self.feature.activated.connect(self._choose)
        self.target.setAccessibleName(said("Value asked for"))
        self.target.setDecimals(3)
        self.target.setKeyboardTracking(False)
        self.target.valueChanged.connect(self._ask)
        self._asked = False
        self.less, self.go, self.more = (QPushButton(said(text)) for text in ("Less", "Go There", "More"))
        self.less.setToolTip(said("The next clip with less of it"))
        self.more.setToolTip(said("The next clip with more of it"))
        self.go.setToolTip(said("The clip nearest to the value asked for"))
        self.less.clicked.connect(lambda: desk.go("less"))
        self.more.clicked.connect(lambda: desk.go("more"))
        self.go.clicked.connect(lambda: desk.go("value", self.target.value()))
        self.here, self.came, self.reason = QLabel(), QLabel(), QLabel()
        for label in (self.came, self.reason):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.reason.setObjectName("figureCaption")
        self._lay_out()
        self._later = Later(self.redraw, self)
        for signal in (desk.directions_changed, desk.here_changed, desk.went):
            signal.connect(self._later.ask)
        self.redraw()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setContentsMargins(8, 8, 8, 0)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(said("More or less"), self.feature)
        form.addRow(said("Now"), self.here)
        form.addRow(said("Asked for"), self.target)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(8, 4, 8, 4)
        buttons.setSpacing(8)
        for button in (self.less, self.go, self.more):
            buttons.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(4)
        column.addLayout(form)
        column.addLayout(buttons)
        for label in (self.came, self.reason):
            label.setContentsMargins(8, 0, 8, 0)
            column.addWidget(label)
        column.addStretch(1)

    def refresh(self, *_: object) -> None:
        """Look at the desk again, soon; any signal may be connected to this."""
        self._later.ask()

    def redraw(self) -> None:
        """Show feature, value and the last journey as the desk has them."""
        desk, direction = self._desk, self._desk.direction
        known = desk.directions
        with QSignalBlocker(self.feature):
            if [self.feature.itemData(index) for index in range(self.feature.count())] != list(known):
                self.feature.clear()
                for key, one in known.items():
                    self.feature.addItem(one.name, key)
            self.feature.setCurrentIndex(self.feature.findData(desk.feature))
        unit = direction.unit if direction is not None else ""
        self.here.setText(written(desk.here, unit))
        if direction is not None:
            self._fit_target(direction)
        self.came.setText(told(desk.last, unit) if desk.last is not None else "")
        self.came.setVisible(desk.last is not None)
        reason = desk.why_not
        found = said("Found by run {run} of this study.").format(run=direction.run) if direction is not None else ""
        self.reason.setText(reason or found)
        for widget in (self.less, self.go, self.more, self.target, self.feature):
            widget.setEnabled(not reason)

    def _fit_target(self, direction: Direction) -> None:
        low, high = direction.low, direction.high
        with QSignalBlocker(self.target):
            self.target.setRange(max(low, -NO_BOUND), min(high, NO_BOUND))
            self.target.setSingleStep((high - low) / STEPS if math.isfinite(high - low) else 1.0)
            self.target.setSuffix(f" {direction.unit}" if direction.unit else "")
            if not self._asked and math.isfinite(self._desk.here):
                self.target.setValue(self._desk.here)

    def _ask(self, _value: float) -> None:
        """A person has set a value: it stays, whatever the clip becomes."""
        self._asked = True

    def _choose(self, index: int) -> None:
        self._asked = False
        self._desk.choose(str(self.feature.itemData(index)))
        self._later.ask()


def written(value: float, unit: str) -> str:
    """Return a value for people; a dash for none."""
    return "–" if math.isnan(value) else f"{value:.3g} {unit}".strip()


def told(went: Went, unit: str) -> str:
    """Return how a journey ended, in a sentence."""
    before, came = written(went.before, unit), written(went.came, unit)
    if went.wish == "value":
        asked = written(went.asked, unit)
        return said("Asked for {asked}: {came} came, from {before}. The neurons moved by {far:.1f}.").format(
            asked=asked, came=came, before=before, far=went.far
        )
    if went.far == 0:
        more = said("There is no more to be had this way: {came} it stays.")
        less = said("There is no less to be had this way: {came} it stays.")
        return (more if went.wish == "more" else less).format(came=came)
    return said("From {before} to {came}. The neurons moved by {far:.1f}.").format(
        before=before, came=came, far=went.far
    )
