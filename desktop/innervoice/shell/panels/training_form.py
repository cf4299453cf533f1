"""What is to be trained: the kind, the music, the new model's name and place, what it begins from, its settings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from innervoice.shell.card_desk import place_of
from innervoice.shell.facts import ModelFacts
from innervoice.shell.panels.card_blocks import text_label
from innervoice.shell.panels.form import ParameterForm
from innervoice.shell.panels.music_folders import MusicFolders
from innervoice.shell.presets import Presets
from innervoice.shell.training_desk import Order
from innervoice.shell.words import said

FILE = "\0file"
"""The choice that asks for a checkpoint."""


class TrainingForm(QWidget):
    """The inputs.

    Parameters
    ----------
    presets : Presets
        The user's own.

    Signals
    -------
    changed
        Something else is wished.
    folder_wanted, place_wanted, model_wanted
        A folder of music, the new model's folder, a checkpoint to begin from is to be chosen.
    preset_wanted
        The settings are to be kept as a preset.
    """

    changed = Signal()
    folder_wanted = Signal()
    place_wanted = Signal()
    model_wanted = Signal()
    preset_wanted = Signal()

    def __init__(self, presets: Presets, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presets = presets
        self._kinds: dict[str, Mapping[str, Any]] = {}
        self._names, self._models = "", tuple[ModelFacts, ...]()
        self._earlier: Mapping[str, Any] | None = None
        self.settings: ParameterForm | None = None
        self._make_inputs()
        lines = QFormLayout()
        lines.setContentsMargins(8, 8, 8, 4)
        lines.setVerticalSpacing(6)
        lines.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for title, widget, tip in self._rows():
            widget.setToolTip(tip)
            if not widget.accessibleName():
                widget.setAccessibleName(title)
            lines.addRow(title, widget)
            if widget is self.kind:
                lines.addRow(self.what)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(lines)
        self._column.addStretch(1)
        self._connect()

    def _make_inputs(self) -> None:
        self.earlier, self.kind, self.begin, self.backend = QComboBox(), QComboBox(), QComboBox(), QComboBox()
        self.what = text_label("", quiet=True)
        self.music = MusicFolders()
        self.name, self.place = QLineEdit(), QLineEdit()
        self.place.setAccessibleName(said("Folder that the model goes into"))
        self.choose_place = QPushButton(said("Choose…"))
        self.choose_place.setAccessibleName(said("Choose the folder that the model goes into"))
        self._place_row = QWidget()
        row = QHBoxLayout(self._place_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.place, 1)
        row.addWidget(self.choose_place)
        for combo in (self.earlier, self.kind, self.begin, self.backend):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def _rows(self) -> tuple[tuple[str, QWidget, str], ...]:
        return (
            (
                said("Go on with"),
                self.earlier,
                said("A training that was stopped or killed goes on from its checkpoint"),
            ),
            (said("Kind"), self.kind, said("What the model is to describe")),
            (said("Music"), self.music, said("Folders of MIDI, MusicXML or ABC files, with all folders in them")),
            (said("Name"), self.name, said("Letters, digits, dots, hyphens and underscores")),
            (said("Place"), self._place_row, said("In the folder of models it is listed at every start")),
            (said("Begin from"), self.begin, said("Random weights, or a model that is trained further on this music")),
            (said("Computes on"), self.backend, said("The engine and its sliders stay as they are")),
        )

    def _connect(self) -> None:
        self.earlier.activated.connect(lambda _index: self._choose_earlier())
        self.kind.currentIndexChanged.connect(lambda _index: self._choose_kind())
        self.begin.activated.connect(self._choose_begin)
        self.music.changed.connect(self.changed)
        self.music.add_wanted.connect(self.folder_wanted)
        self.choose_place.clicked.connect(self.place_wanted)
        for line in (self.name, self.place):
            line.textChanged.connect(lambda _text: self.changed.emit())

    def offer(self, known: Mapping[str, Any], models: Sequence[ModelFacts]) -> None:
        """Offer what the engine says can be trained, and these models to begin from."""
        self._models = tuple(models)
        self._names = str(known.get("names", ""))
        if not self._kinds and known.get("kinds"):
            self._kinds = {str(kind["name"]): kind for kind in known["kinds"]}
            self.backend.addItem(said("The quickest here"), "")
            for name in known["backends"]:
                self.backend.addItem(name, name)
            self.place.setText(str(known["folder"]))
            for name, kind in self._kinds.items():
                self.kind.addItem(str(kind["title"]), name)
        self._offer_earlier(known.get("earlier", ()))
        self._offer_models()

    def _offer_earlier(self, earlier: Sequence[Mapping[str, Any]]) -> None:
        chosen = self._earlier["out"] if self._earlier is not None else ""
        with QSignalBlocker(self.earlier):
            self.earlier.clear()
            self.earlier.addItem(said("A new training"), None)
            for entry in earlier:
                why_not = str(entry.get("why_not", ""))
                step = said("step {step:,}").format(step=entry["step"]) if not why_not else said("damaged")
                self.earlier.addItem(f"{entry['name']}, {step}", entry)
                row = self.earlier.count() - 1
                self.earlier.setItemData(row, why_not or str(entry["out"]), Qt.ItemDataRole.ToolTipRole)
                if entry["out"] == chosen:
                    self.earlier.setCurrentIndex(row)

    def _offer_models(self) -> None:
        chosen = self.begin.currentData()
        fits_kind, fits_clip = self._kinds.get(self.kind.currentData(), {}).get("goes_on_from", ("", ""))
        with QSignalBlocker(self.begin):
            self.begin.clear()
            self.begin.addItem(said("Random weights"), "")
            for facts in self._models:
                if facts.kind == fits_kind and fits_clip in ("", facts.clip):
                    self.begin.addItem(facts.name, place_of(facts))
            self.begin.addItem(said("A checkpoint…"), FILE)
        self._set_begin(str(chosen or ""))

    def _set_begin(self, model: str) -> None:
        """Choose a model to begin from by its place or name; one that is not listed is."""
        if model and model != FILE and self.begin.findData(model) < 0 and self.begin.findText(model) < 0:
            self.begin.insertItem(self.begin.count() - 1, Path(model).name, model)
        index = self.begin.findData(model) if model != FILE else 0
        self.begin.setCurrentIndex(index if index >= 0 else max(0, self.begin.findText(model)))
        self.changed.emit()

    def add_music(self, folder: Path) -> None:
        """Take a folder of music in."""
        self.music.take(folder)

    def set_place(self, folder: Path) -> None:
        """Let the model go into a folder."""
        self.place.setText(str(folder))

    def set_begin(self, checkpoint: Path) -> None:
        """Begin from a checkpoint."""
        self._set_begin(str(checkpoint))

    def go_on_with(self, out: str) -> None:
        """Choose an earlier training by its place."""
        for row in range(1, self.earlier.count()):
            if self.earlier.itemData(row)["out"] == out:
                self.earlier.setCurrentIndex(row)
                self._choose_earlier()

    def keep_preset(self, name: str) -> None:
        """Keep the settings as a preset of the kind."""
        if self.settings is not None:
            key = f"train {self.kind.currentData()}"
            kept = self.presets.save(key, name, self.settings.values())
            self.settings.offer(self.presets.of(key), kept)

    @property
    def resumes(self) -> bool:
        """Whether an earlier training is gone on with."""
        return self._earlier is not None

    def why_not(self) -> str:
        """Return what is missing; empty when a training can begin."""
        if self._earlier is not None and self._earlier.get("why_not"):
            return str(self._earlier["why_not"])
        if not self.music.folders():
            return said("Add a folder of music to learn from.")
        if not re.fullmatch(self._names, self.name.text().strip()):
            return said("Give the model a name of letters, digits, dots, hyphens and underscores.")
        return "" if self.place.text().strip() else said("Choose a folder that the model goes into.")

    def order(self) -> Order:
        """Return what is wished."""
        assert self.settings is not None
        values = self.settings.values()
        chosen = {name: values[name] for name in self.settings.differing()}
        if self._earlier is not None:
            # As they were, digit by digit; an input may have rounded them.
            chosen = dict(self._earlier["settings"]) | {"steps": values["steps"]}
        return Order(
            kind=str(self.kind.currentData()),
            corpora=self.music.folders(),
            out=str(Path(self.place.text().strip()).expanduser() / self.name.text().strip()),
            settings=chosen,
            begin_from=str(self.begin.currentData()),
            backend=str(self.backend.currentData()),
            resume=self._earlier is not None,
        )

    def _choose_earlier(self) -> None:
        self._earlier = self.earlier.currentData()
        entry = self._earlier
        if entry is not None and not entry.get("why_not"):
            self.kind.setCurrentIndex(self.kind.findData(entry["kind"]))
            self._choose_kind()
            self.music.put(tuple(entry["corpora"]))
            self.name.setText(str(entry["name"]))
            self.place.setText(str(Path(entry["out"]).parent))
            self._set_begin(str(entry["begin_from"] or ""))
            if self.settings is not None:
                self.settings.set_values(entry["settings"])
        elif entry is None:
            self._choose_kind()
        for part in (self.kind, self.name, self._place_row, self.begin):
            part.setEnabled(entry is None)
        if self.settings is not None and entry is not None:
            self.settings.lock(but=("steps",))
        self.changed.emit()

    def _choose_kind(self) -> None:
        kind = self._kinds.get(self.kind.currentData())
        if kind is None:
            return
        self.what.setText(str(kind["what"]))
        if self.settings is not None:
            self._column.removeWidget(self.settings)
            self.settings.hide()
            self.settings.deleteLater()
        own = self.presets.of(f"train {kind['name']}")
        self.settings = ParameterForm(kind["schema"], kind["presets"], own)
        self.settings.changed.connect(self.changed)
        self.settings.save_wanted.connect(self.preset_wanted)
        self.settings.remove_wanted.connect(self._forget_preset)
        self._column.insertWidget(1, self.settings)
        # At once: the area around gives the room that is asked for by what is shown.
        self.settings.show()
        self._column.activate()
        self.updateGeometry()
        suggested = {name: f"my-{name}" for name in self._kinds}  # a file's name, alike in every language
        if self.name.text() in {"", *suggested.values()}:
            self.name.setText(suggested[str(kind["name"])])
        self._offer_models()

    def _forget_preset(self, name: str) -> None:
        key = f"train {self.kind.currentData()}"
        self.presets.remove(key, name)
        if self.settings is not None:
            self.settings.offer(self.presets.of(key))

    def _choose_begin(self, _index: int) -> None:
        if self.begin.currentData() == FILE:
            self._set_begin("")
            self.model_wanted.emit()
