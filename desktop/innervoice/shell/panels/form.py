"""A form made from an analysis' parameters: one row each, with help, range, default, and a way back to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QToolButton, QWidget

from innervoice.shell.panels.inputs import Field, Input, described, make_input
from innervoice.shell.words import said, to_say

DEFAULTS, CUSTOM = to_say("Defaults"), to_say("Own values")
SEED, LARGEST_SEED = "seed", 2**31 - 1
CLOSE = 1e-9
BACK = "\N{ANTICLOCKWISE OPEN CIRCLE ARROW}"


class ParameterForm(QWidget):
    """Inputs for one analysis.

    Parameters
    ----------
    schema : mapping
        As `innervoice.plugin.parameters.schema` describes it.
    presets : mapping
        Named sets of values that come with the analysis.
    own : mapping, optional
        The user's own presets.

    Signals
    -------
    changed
        A value was changed.
    save_wanted
        The values are to be kept as a preset.
    remove_wanted : str
        A preset of the user's own is to be forgotten.
    seed_wanted : int
        The chosen preset names a seed for the run.
    """

    changed = Signal()
    save_wanted = Signal()
    remove_wanted = Signal(str)
    seed_wanted = Signal(int)

    def __init__(
        self,
        schema: Mapping[str, Any],
        presets: Mapping[str, Mapping[str, Any]],
        own: Mapping[str, Mapping[str, Any]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._fields: dict[str, Field] = {str(field["name"]): field for field in schema.get("fields", ())}
        self._inputs: dict[str, Input] = {}
        self._labels: dict[str, QLabel] = {}
        self._filling = False
        self._given, self._own = dict(presets), dict(own or {})
        self.inputs: dict[str, QWidget] = {}
        self.resets: dict[str, QToolButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 4, 8, 4)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        self._add_presets(grid)
        front = [field for field in self._fields.values() if not field.get("more")]
        for row, field in enumerate(front, 1):
            self._add(grid, 2 * row, field)
        self.more = _fold_button()
        grid.addWidget(self.more, 2 * len(front) + 2, 0, 1, 3)
        grid.addWidget(self._rest(), 2 * len(front) + 3, 0, 1, 3)
        grid.setRowStretch(2 * len(front) + 4, 1)
        self.offer(self._own)
        self._mark()

    def _rest(self) -> QWidget:
        """The parameters that matter less, folded away at first."""
        rest = [field for field in self._fields.values() if field.get("more")]
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for row, field in enumerate(rest):
            self._add(grid, 2 * row, field)
        holder.hide()
        self.more.setVisible(bool(rest))
        self.more.toggled.connect(holder.setVisible)
        return holder

    def values(self) -> dict[str, Any]:
        """Return the values by name."""
        return {name: one.get() for name, one in self._inputs.items()}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Fill in values; unknown names are left out."""
        self._filling = True
        for name, value in values.items():
            if name in self._inputs:
                self._inputs[name].put(value)
        self._filling = False
        self._mark()
        # What is not as usual must be seen.
        if any(self._fields[name].get("more") for name in self.differing()):
            self.more.setChecked(True)
        self.changed.emit()

    def lock(self, but: Collection[str] = ()) -> None:
        """Let nothing be changed but these parameters."""
        for name, widget in self.inputs.items():
            for part in (widget, self.resets[name]):
                part.setEnabled(name in but)
        for part in (self.preset, self.save, self.forget, self.reset_all):
            part.setEnabled(False)

    def reset(self) -> None:
        """Put every parameter back to its default."""
        self.set_values({name: field["default"] for name, field in self._fields.items()})

    def differing(self) -> list[str]:
        """Return the names of the parameters that are not at their defaults."""
        return [name for name, one in self._inputs.items() if not _same(one.get(), self._fields[name]["default"])]

    def offer(self, own: Mapping[str, Mapping[str, Any]], chosen: str = "") -> None:
        """Offer these presets of the user's own beside those of the analysis, and show one as chosen."""
        self._own = dict(own)
        self.preset.clear()
        self.preset.addItem(said(DEFAULTS))
        for presets in (self._given, self._own):
            self.preset.addItems([name for name in presets if self.preset.findText(name) < 0])
        self.preset.addItem(said(CUSTOM))
        self._mark()
        if chosen:
            self.preset.setCurrentText(chosen)
            self._allow()

    def _add_presets(self, grid: QGridLayout) -> None:
        self.preset = QComboBox()
        self.preset.setAccessibleName(said("Preset"))
        self.preset.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.preset.setToolTip(said("Named values: those of the analysis, and your own"))
        self.preset.activated.connect(self._use_preset)
        self.save = _small(said("Save…"), said("Keep these values as a preset of your own"), self.save_wanted.emit)
        self.forget = _small(
            said("Forget"),
            said("Remove this preset of your own"),
            lambda: self.remove_wanted.emit(self.preset.currentText()),
        )
        self.reset_all = _small(said("Reset all"), said("Put every parameter back to its default"), self.reset)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for button in (self.save, self.forget, self.reset_all):
            buttons.addWidget(button)
        buttons.addStretch(1)
        label = QLabel(said("Preset"))
        label.setBuddy(self.preset)
        grid.addWidget(label, 0, 0)
        grid.addWidget(self.preset, 0, 1, 1, 2)
        grid.addLayout(buttons, 1, 0, 1, 3)
        for widget in (label, self.preset, self.save, self.forget, self.reset_all):
            widget.setVisible(bool(self._fields))

    def _add(self, grid: QGridLayout, row: int, field: Field) -> None:
        name = str(field["name"])
        made = make_input(field)
        made.put(field["default"])
        made.edited.connect(self._edited)
        title, help_text = name.replace("_", " ").capitalize(), str(field.get("help") or "")
        label = QLabel(title)
        label.setBuddy(made.widget)
        for part in (label, made.widget):
            part.setToolTip(f"{help_text}{_range(field)}".strip())
        made.widget.setAccessibleName(title)
        made.widget.setAccessibleDescription(f"{help_text} {described(field)}".strip())
        back = _small(
            BACK,
            said("Put {it} back to its default").format(it=title.lower()),
            lambda: self._reset_one(name),
        )
        kept = back.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        back.setSizePolicy(kept)
        grid.addWidget(label, row, 0)
        grid.addWidget(made.widget, row, 1)
        grid.addWidget(back, row, 2)
        grid.addWidget(_quiet(f"{help_text} {described(field)[:1].upper()}{described(field)[1:]}."), row + 1, 0, 1, 3)
        self._inputs[name], self.inputs[name] = made, made.widget
        self._labels[name], self.resets[name] = label, back

    def _reset_one(self, name: str) -> None:
        self.set_values({name: self._fields[name]["default"]})

    def _use_preset(self, index: int) -> None:
        name = self.preset.itemText(index)
        if name == said(CUSTOM):
            self._mark()
            return
        values = self._own.get(name) or self._given.get(name) or {}
        self.set_values({name: field["default"] for name, field in self._fields.items()} | dict(values))
        self.preset.setCurrentIndex(index)
        self._allow()
        seed = None if SEED in self._fields else values.get(SEED)
        if isinstance(seed, int) and 0 <= seed <= LARGEST_SEED:
            self.seed_wanted.emit(seed)

    def _edited(self, *_value: object) -> None:
        if not self._filling:
            self._mark()
            self.changed.emit()

    def _mark(self) -> None:
        """Mark what is not at its default, and name the preset that the values are."""
        differing = set(self.differing())
        for name, label in self._labels.items():
            font = QFont(label.font())
            font.setBold(name in differing)
            label.setFont(font)
            label.setForegroundRole(QPalette.ColorRole.Link if name in differing else QPalette.ColorRole.WindowText)
            self.resets[name].setVisible(name in differing)
        self.reset_all.setEnabled(bool(differing))
        self.preset.setCurrentText(self._preset_in_force())
        self._allow()

    def _allow(self) -> None:
        name = self.preset.currentText()
        self.save.setEnabled(name == said(CUSTOM))
        self.forget.setEnabled(name in self._own)

    def _preset_in_force(self) -> str:
        values, defaults = self.values(), {name: field["default"] for name, field in self._fields.items()}
        for name, preset in {said(DEFAULTS): {}, **self._given, **self._own}.items():
            wanted = defaults | {key: value for key, value in preset.items() if key in defaults}
            if all(_same(values[key], wanted[key]) for key in values):
                return str(name)
        return said(CUSTOM)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, int | float):
        return abs(one - other) <= CLOSE
    return bool(one == other)


def _range(field: Field) -> str:
    low, high = field.get("minimum"), field.get("maximum")
    if low is None and high is None:
        return ""
    return f" ({low if low is not None else '…'} to {high if high is not None else '…'})"


def _small(text: str, tip: str, run: Callable[[], object]) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(lambda _checked: run())
    return button


def _fold_button() -> QToolButton:
    button = QToolButton()
    button.setText(said("More settings"))
    button.setCheckable(True)
    button.setAutoRaise(True)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setArrowType(Qt.ArrowType.RightArrow)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.toggled.connect(
        lambda open_: button.setArrowType(Qt.ArrowType.DownArrow if open_ else Qt.ArrowType.RightArrow)
    )
    return button


def _quiet(text: str) -> QLabel:
    label = QLabel(text.strip())
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    font = QFont(label.font())
    font.setPointSizeF(font.pointSizeF() * 0.9)
    label.setFont(font)
    label.setContentsMargins(0, 0, 0, 7)
    return label
