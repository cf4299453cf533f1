"""Inputs for single parameters: the widget of each type, and how its value is read, set and heard of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, SignalInstance
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox, QWidget

from innervoice.shell.words import said

LARGEST = 2**31 - 1
LARGEST_NUMBER = 1e9
DECIMALS, MOST_DECIMALS = 4, 8
SMALL = 0.01
"""What is less at first, such as a learning rate, is set in finer steps."""
NARROWEST = 70
"""Pixels: a form fits a narrow dock; a longer value is still there to be read when the dock is widened."""

Field = Mapping[str, Any]


@dataclass(frozen=True)
class Input:
    """A widget for one parameter."""

    widget: QWidget
    get: Callable[[], Any]
    put: Callable[[Any], None]
    edited: SignalInstance


class _WheelPasses(QObject):
    """Lets the wheel scroll the form, unless the input has the focus: a value must not change by the way."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def make_input(field: Field) -> Input:
    """Return the input for a field of a schema (`innervoice.plugin.parameters.schema`)."""
    make = {"int": _integer, "float": _number, "bool": _truth, "str": _text}[field["type"]]
    made = _choice(field) if field.get("choices") else make(field)
    made.widget.setMinimumWidth(NARROWEST)
    made.widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.widget.installEventFilter(_WheelPasses(made.widget))
    return made


def described(field: Field) -> str:
    """Say what a parameter may be and is at first: "1 to 512, default 100"."""
    low, high, unit = field.get("minimum"), field.get("maximum"), str(field.get("unit") or "")
    parts = []
    if low is not None and high is not None:
        parts.append(f"{plain(low)} to {plain(high)}{' ' + unit if unit else ''}")
    elif low is not None or high is not None:
        parts.append(
            said("{number} or more").format(number=plain(low))
            if low is not None
            else said("{number} or less").format(number=plain(high))
        )
    default = field.get("default")
    return ", ".join(
        [*parts, said("default {number}").format(number=plain(default)) if default != "" else said("default empty")]
    )


def plain(value: Any) -> str:
    """Return a value for people: thousands parted, yes and no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < LARGEST:
        value = int(value)
    return f"{value:,}" if isinstance(value, int) else f"{value:g}" if isinstance(value, float) else str(value)


def _integer(field: Field) -> Input:
    box = QSpinBox()
    low, high = field.get("minimum"), field.get("maximum")
    box.setRange(int(low) if low is not None else -LARGEST, int(high) if high is not None else LARGEST)
    box.setSuffix(f" {field['unit']}" if field.get("unit") else "")
    return Input(box, box.value, lambda value: box.setValue(int(value)), box.valueChanged)


class _NumberBox(QDoubleSpinBox):
    """Leaves out the zeros at the end."""

    def textFromValue(self, value: float) -> str:
        text, point = super().textFromValue(value), self.locale().decimalPoint()
        return text.rstrip("0").rstrip(point) if point in text else text


def _number(field: Field) -> Input:
    box = _NumberBox()
    low, high = field.get("minimum"), field.get("maximum")
    small = 0 < abs(float(field["default"])) < SMALL
    box.setDecimals(MOST_DECIMALS if small else DECIMALS)
    box.setRange(
        float(low) if low is not None else -LARGEST_NUMBER, float(high) if high is not None else LARGEST_NUMBER
    )
    box.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
    box.setSuffix(f" {field['unit']}" if field.get("unit") else "")
    return Input(box, box.value, lambda value: box.setValue(float(value)), box.valueChanged)


def _truth(field: Field) -> Input:
    box = QCheckBox()
    return Input(box, box.isChecked, lambda value: box.setChecked(bool(value)), box.toggled)


def _text(field: Field) -> Input:
    line = QLineEdit()
    return Input(line, line.text, lambda value: line.setText(str(value)), line.textChanged)


def _choice(field: Field) -> Input:
    box = QComboBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    for value in field["choices"]:
        box.addItem(str(value), value)
    return Input(
        box, box.currentData, lambda value: box.setCurrentIndex(max(0, box.findData(value))), box.currentIndexChanged
    )
