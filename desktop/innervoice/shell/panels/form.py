"""A form made from an analysis' parameters: one line each, with help, range, unit and presets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QWidget,
)

LARGEST = 2**31 - 1
CUSTOM = "Own values"


class ParameterForm(QWidget):
    """Inputs for one analysis.

    Parameters
    ----------
    schema : mapping
        As `innervoice.plugin.parameters.schema` describes it.
    presets : mapping
        Named sets of values.

    Signals
    -------
    changed
        A value was changed.
    """

    changed = Signal()

    def __init__(
        self, schema: Mapping[str, Any], presets: Mapping[str, Mapping[str, Any]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._getters: dict[str, Callable[[], Any]] = {}
        self._setters: dict[str, Callable[[Any], None]] = {}
        self._defaults = {field["name"]: field["default"] for field in schema.get("fields", ())}
        self._presets = dict(presets)
        self.inputs: dict[str, QWidget] = {}
        layout = QFormLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setVerticalSpacing(8)
        layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.preset = QComboBox()
        self.preset.setAccessibleName("Preset")
        if self._presets:
            self.preset.addItems(["Defaults", *self._presets, CUSTOM])
            self.preset.activated.connect(self._use_preset)
            layout.addRow("Preset", self.preset)
        for field in schema.get("fields", ()):
            self._add(layout, field)

    def values(self) -> dict[str, Any]:
        """Return the values by name."""
        return {name: get() for name, get in self._getters.items()}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Fill in values; unknown names are left out."""
        for name, value in values.items():
            if name in self._setters:
                self._setters[name](value)

    def _use_preset(self, index: int) -> None:
        name = self.preset.itemText(index)
        if name == CUSTOM:
            return
        self.set_values(self._defaults)
        self.set_values(self._presets.get(name, {}))
        self.preset.setCurrentIndex(index)

    def _edited(self, *_value: object) -> None:
        if self._presets:
            self.preset.setCurrentIndex(self.preset.count() - 1)
        self.changed.emit()

    def _add(self, layout: QFormLayout, field: Mapping[str, Any]) -> None:
        make = {"int": _integer, "float": _number, "bool": _truth, "str": _text}[field["type"]]
        if field.get("choices"):
            make = _choice
        widget, get, put, edited = make(field)
        put(field["default"])
        edited.connect(self._edited)
        name = str(field["name"])
        title = name.replace("_", " ").capitalize()
        label = QLabel(title)
        label.setBuddy(widget)
        help_text = str(field.get("help") or "")
        for part in (label, widget):
            part.setToolTip(f"{help_text}{_range(field)}".strip())
        widget.setAccessibleName(title)
        widget.setAccessibleDescription(help_text)
        layout.addRow(label, widget)
        self.inputs[name] = widget
        self._getters[name], self._setters[name] = get, put


def _range(field: Mapping[str, Any]) -> str:
    low, high = field.get("minimum"), field.get("maximum")
    if low is None and high is None:
        return ""
    return f" ({low if low is not None else '…'} to {high if high is not None else '…'})"


def _integer(field: Mapping[str, Any]) -> tuple[QWidget, Any, Any, Any]:
    box = QSpinBox()
    low, high = field.get("minimum"), field.get("maximum")
    box.setRange(int(low) if low is not None else -LARGEST, int(high) if high is not None else LARGEST)
    box.setSuffix(f" {field['unit']}" if field.get("unit") else "")
    return box, box.value, lambda value: box.setValue(int(value)), box.valueChanged


def _number(field: Mapping[str, Any]) -> tuple[QWidget, Any, Any, Any]:
    box = QDoubleSpinBox()
    low, high = field.get("minimum"), field.get("maximum")
    box.setDecimals(4)
    box.setRange(float(low) if low is not None else -1e9, float(high) if high is not None else 1e9)
    box.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
    box.setSuffix(f" {field['unit']}" if field.get("unit") else "")
    return box, box.value, lambda value: box.setValue(float(value)), box.valueChanged


def _truth(field: Mapping[str, Any]) -> tuple[QWidget, Any, Any, Any]:
    box = QCheckBox()
    return box, box.isChecked, lambda value: box.setChecked(bool(value)), box.toggled


def _text(field: Mapping[str, Any]) -> tuple[QWidget, Any, Any, Any]:
    line = QLineEdit()
    return line, line.text, lambda value: line.setText(str(value)), line.textChanged


def _choice(field: Mapping[str, Any]) -> tuple[QWidget, Any, Any, Any]:
    box = QComboBox()
    for value in field["choices"]:
        box.addItem(str(value), value)
    return box, box.currentData, lambda value: box.setCurrentIndex(max(0, box.findData(value))), box.currentIndexChanged
