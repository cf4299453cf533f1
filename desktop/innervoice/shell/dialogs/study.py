"""About this study: where it lies, what it holds, and the way to its folder and its report."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from innervoice.shell.background import Task
from innervoice.shell.study_facts import StudyFacts, read_facts, rows
from innervoice.shell.words import said
from innervoice.shell.workspace import Workspace


class StudyDialog(QDialog):
    """Shows the facts of the open study; it stays open beside the window and keeps up with it.

    Parameters
    ----------
    export : callable
        Asks where the study's report goes.
    """

    def __init__(self, workspace: Workspace, export: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(said("About this study"))
        self.resize(560, 470)
        self._work = workspace
        self._asked: list[Task] = []
        self.name = QLabel()
        font = QFont(self.name.font())
        font.setPointSizeF(font.pointSizeF() * 1.3)
        font.setWeight(QFont.Weight.DemiBold)
        self.name.setFont(font)
        self.path = QLineEdit()
        self.path.setReadOnly(True)
        self.path.setAccessibleName(said("Path of the study"))
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(18)
        self.models = self._make_models()
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(self.name)
        column.addWidget(self.path)
        column.addLayout(self.form)
        column.addWidget(self.models, 1)
        column.addWidget(self._make_buttons(export))
        session = workspace.session
        for signal in (session.study_changed, session.scores_changed, workspace.runs.runs_changed):
            signal.connect(self.refresh)
        self.refresh()

    def _make_models(self) -> QTreeWidget:
        table = QTreeWidget()
        table.setAccessibleName(said("Models of this study"))
        table.setHeaderLabels([said("Model"), said("Neurons"), said("Clips encoded")])
        table.setRootIsDecorated(False)
        table.header().setStretchLastSection(False)
        table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        return table

    def _make_buttons(self, export: Callable[[], None]) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.folder = buttons.addButton(said("Open &Folder"), role)
        self.folder.clicked.connect(self._open_folder)
        self.copy = buttons.addButton(said("&Copy Path"), role)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.path.text()))
        self.report = buttons.addButton(said("Export &Report…"), role)
        self.report.clicked.connect(export)
        for button in (self.folder, self.copy, self.report):
            button.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        return buttons

    def refresh(self) -> None:
        """Read the facts again, on the worker thread."""
        study = self._work.session.study
        if study is not None:
            asked = self._work.reader.ask(
                lambda desk: read_facts(desk, study), self._show, self._work.notifications.error
            )
            self._asked.append(asked)

    def done(self, result: int) -> None:
        """Close; what is still being read then comes to nobody."""
        for asked in self._asked:
            asked.done = asked.failed = None
        super().done(result)

    def _show(self, facts: StudyFacts) -> None:
        # Closed pages are not told; but the answer may come after another study was opened.
        if facts.path != self._work.session.study:
            return
        self.name.setText(facts.path.stem)
        self.path.setText(str(facts.path))
        while self.form.rowCount():
            self.form.removeRow(0)
        for what, value in rows(facts):
            self.form.addRow(_quiet(what), _selectable(value))
        self.models.clear()
        for share in facts.summary.models:
            item = QTreeWidgetItem([share.name, str(share.neurons or ""), f"{share.encoded:,}"])
            item.setToolTip(0, f"{share.name}\nsha256 {share.sha256}")
            for column in (1, 2):
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.models.addTopLevelItem(item)

    def _open_folder(self) -> None:
        study = self._work.session.study
        if study is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(study.parent))):
            self._work.notifications.warning(
                said("No file manager answered; open {folder} by hand.").format(folder=study.parent)
            )


def _quiet(text: str) -> QLabel:
    label = QLabel(text)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


def _selectable(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setAccessibleName(text)
    label.setWordWrap(True)
    return label
