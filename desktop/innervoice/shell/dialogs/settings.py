"""The choices that hold from now on: look, start, engine."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPalette, QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from innervoice.shell.menus.analyses import why_no_restart
from innervoice.shell.places import home
from innervoice.shell.preferences import BACKENDS, LEAST_GIB, LOOKS, MOST_GIB, TEXT_PERCENTS
from innervoice.shell.words import said
from innervoice.shell.workspace import Workspace


class SettingsDialog(QDialog):
    """Shows the preferences; every change holds as it is made, so there is no OK to forget."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(said("Settings"))
        self.setMinimumWidth(500)
        self._work, self._preferences = workspace, workspace.preferences
        column = QVBoxLayout(self)
        column.setSpacing(12)
        for group in (self._make_look(), self._make_start(), self._make_engine()):
            column.addWidget(group)
        column.addStretch(1)
        column.addWidget(self._make_buttons())
        self._show_choices()
        self._preferences.look_changed.connect(self._show_choices)
        self._preferences.engine_changed.connect(self._show_choices)
        for signal in (workspace.bridge.state_changed, workspace.jobs.changed):
            signal.connect(self._show_engine)

    def _make_look(self) -> QGroupBox:
        words = {"system": said("As the system"), "light": said("Light"), "dark": said("Dark")}
        self.look = _choices([(words[look], look) for look in LOOKS], said("Theme"))
        self.look.activated.connect(lambda _row: self._preferences.set_look(self.look.currentData()))
        self.text_size = _choices([(f"{percent} %", percent) for percent in TEXT_PERCENTS], said("Size of the text"))
        self.text_size.activated.connect(lambda _row: self._preferences.set_text_percent(self.text_size.currentData()))
        return _group(said("Look"), (said("&Theme"), self.look), (said("Size of the te&xt"), self.text_size))

    def _make_start(self) -> QGroupBox:
        self.reopen = QCheckBox(said("&Open the last study at the start"))
        self.reopen.setToolTip(said("Else the scratch study is opened"))
        self.reopen.clicked.connect(self._preferences.set_reopen)
        self.folder = QLineEdit(str(home()))
        self.folder.setReadOnly(True)
        self.folder.setAccessibleName(said("Folder of the scratch studies"))
        self.folder.setToolTip(said("Set INNERVOICE_HOME before the start to use another folder"))
        show = QPushButton(said("Open &Folder"))
        show.clicked.connect(self._open_folder)
        line = QHBoxLayout()
        line.addWidget(self.folder, 1)
        line.addWidget(show)
        group = _group(said("Studies"), ("", self.reopen))
        form = group.layout()
        assert isinstance(form, QFormLayout)
        form.addRow(said("Scratch studies"), line)
        return group

    def _make_engine(self) -> QGroupBox:
        self.memory = QSpinBox()
        self.memory.setRange(LEAST_GIB, MOST_GIB)
        self.memory.setSuffix(said(" GiB"))
        self.memory.setAccessibleName(said("Memory limit of the engine"))
        self.memory.setToolTip(said("An engine that takes more is ended and started anew; the study loses nothing"))
        self.memory.setKeyboardTracking(False)
        self.memory.valueChanged.connect(self._preferences.set_memory_gib)
        words = {"": said("Automatic"), "tensorflow": "TensorFlow", "jax": "JAX"}
        self.backend = _choices([(words[name], name) for name in BACKENDS], said("Computes with"))
        self.backend.activated.connect(lambda _row: self._preferences.set_backend(self.backend.currentData()))
        _grey_missing(self.backend)
        self.running = QLabel()
        self.running.setWordWrap(True)
        self.running.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.restart = QPushButton(said("&Restart Engine"))
        self.restart.clicked.connect(self._work.restart_engine)
        line = QHBoxLayout()
        line.addWidget(self.running, 1)
        line.addWidget(self.restart)
        rows = (said("&Memory limit"), self.memory), (said("Computes &with"), self.backend)
        group = _group(said("Engine"), *rows)
        form = group.layout()
        assert isinstance(form, QFormLayout)
        form.addRow("", line)
        return group

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.reset = buttons.addButton(said("Reset &All"), QDialogButtonBox.ButtonRole.ResetRole)
        self.reset.setToolTip(said("Every choice of this page as it was at first"))
        self.reset.clicked.connect(self._preferences.reset)
        buttons.rejected.connect(self.reject)
        return buttons

    def _show_choices(self) -> None:
        chosen = self._preferences
        self.look.setCurrentIndex(self.look.findData(chosen.look))
        self.text_size.setCurrentIndex(self.text_size.findData(chosen.text_percent))
        self.reopen.setChecked(chosen.reopen)
        self.memory.setValue(chosen.memory_gib)
        self.backend.setCurrentIndex(self.backend.findData(chosen.backend))
        self._show_engine()

    def _show_engine(self, *_: object) -> None:
        state, wanted = self._work.bridge.state, self._preferences.backend
        running = state.backend if state is not None and state.phase == "ready" else ""
        if not running:
            sentence = said("The engine is not running yet.")
        elif wanted and wanted != running.casefold():
            sentence = said("The engine still runs with {backend}; restart it to change that.").format(backend=running)
        else:
            sentence = said("The engine runs with {backend}.").format(backend=running)
        self.running.setText(sentence)
        reason = why_no_restart(self._work)
        self.restart.setEnabled(not reason)
        self.restart.setToolTip(reason)

    def _open_folder(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(self.folder.text())))):
            self._work.notifications.warning(
                said("No file manager answered; open {folder} by hand.").format(folder=self.folder.text())
            )


def _group(title: str, *rows: tuple[str, QWidget]) -> QGroupBox:
    group = QGroupBox(title)
    form = QFormLayout(group)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    for label, widget in rows:
        form.addRow(label, widget)
    return group


def _choices(entries: list[tuple[str, object]], name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for text, data in entries:
        box.addItem(text, data)
    return box


def _grey_missing(box: QComboBox) -> None:
    """Grey the backends that are not installed; only their names are looked up, nothing is imported."""
    model = box.model()
    assert isinstance(model, QStandardItemModel)
    for row in range(box.count()):
        name = box.itemData(row)
        if name and find_spec(name) is None:
            model.item(row).setEnabled(False)
            model.item(row).setToolTip(said("{name} is not installed.").format(name=box.itemText(row)))
