"""The page on which a model of performances is measured: model and music on the left, a table of files on the right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from innervoice.plugin.figures import TableFigure
from innervoice.shell.later import Later
from innervoice.shell.panels.card_blocks import text_label
from innervoice.shell.panels.heading import Heading
from innervoice.shell.panels.music_folders import MusicFolders
from innervoice.shell.panels.placeholder import Placeholder
from innervoice.shell.plots.figures import FigureView, figure_view
from innervoice.shell.plots.panel import close_plots
from innervoice.shell.theme import Theme
from innervoice.shell.words import said
from innervoice.shell.workspace import Workspace

FORM_WIDTH = 300


class MeasuringPage(QWidget):
    """Shows and steers the measuring desk.

    Signals
    -------
    failed : str
        A figure could not be saved.
    """

    failed = Signal(str)

    def __init__(self, work: Workspace, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self.theme = work.measuring, theme
        self.view: FigureView | None = None
        self._shown: TableFigure | None = None
        self._make_parts()
        right = QVBoxLayout()
        right.setContentsMargins(12, 8, 8, 4)
        right.addWidget(self.sentence)
        right.addWidget(self.empty, 1)
        row = QHBoxLayout()
        row.addWidget(self._left())
        row.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.heading)
        whole.addLayout(row, 1)
        self._later = Later(self.refresh, self)
        for signal in (self._desk.changed, self.music.changed, work.jobs.changed):
            signal.connect(self._later.ask)
        self.refresh()

    def _make_parts(self) -> None:
        self.heading = Heading(said("Measure a model"))
        self.start, self.stop = QPushButton(said("Measure")), QPushButton(said("Stop"))
        self.start.clicked.connect(self.begin)
        self.stop.clicked.connect(self._desk.stop)
        self.heading.add(self.start)
        self.heading.add(self.stop)
        self.model, self.sustain, self.music = QComboBox(), QComboBox(), MusicFolders()
        self.model.setAccessibleName(said("Model that is measured"))
        self.sustain.setAccessibleName(said("What becomes of the pedal"))
        for title, word in (
            (said("As events"), "events"),
            (said("Notes last as long as it is down"), "extend"),
            (said("Left out"), "none"),
        ):
            self.sustain.addItem(title, word)
        for combo in (self.model, self.sustain):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.sentence = text_label("")
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.empty = Placeholder(self._holder)

    def _left(self) -> QWidget:
        left = QWidget()
        left.setFixedWidth(FORM_WIDTH)
        lines = QFormLayout(left)
        lines.setContentsMargins(8, 8, 8, 8)
        lines.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        lines.addRow(said("Model"), self.model)
        lines.addRow(said("Music"), self.music)
        lines.addRow(said("Pedal"), self.sustain)
        return left

    def begin(self) -> None:
        """Measure what is chosen."""
        self._desk.begin(self.model.currentText(), self.music.folders(), str(self.sustain.currentData()))

    def refresh(self) -> None:
        """Show the answer there is, and what can be done."""
        desk = self._desk
        names = [facts.name for facts in desk.models()]
        if names != [self.model.itemText(row) for row in range(self.model.count())]:
            chosen = self.model.currentText()
            self.model.clear()
            self.model.addItems(names)
            self.model.setCurrentIndex(max(0, self.model.findText(chosen)))
        reason = desk.why_not() or ("" if self.music.folders() else said("Add a folder of music to measure on."))
        self.start.setEnabled(not reason)
        self.start.setToolTip(reason)
        self.stop.setEnabled(desk.job is not None and not desk.job.cancelling)
        self.sentence.setText(self._going() or desk.sentence or reason)
        if desk.job is None:
            self._show(desk.figure())

    def _going(self) -> str:
        job = self._desk.job
        if job is None:
            return ""
        files = said("{done} of {total} files").format(done=job.done, total=job.total) if job.total else ""
        return "  ·  ".join(part for part in (job.title, files, job.text, job.time_left) if part)

    def _show(self, figure: TableFigure | None) -> None:
        self.empty.say("" if figure is not None else said("How well each file was foretold, and all of them together."))
        if figure is None or (self._shown is not None and figure.table.rows == self._shown.table.rows):
            return
        if self.view is not None:
            close_plots(self.view)
            self.view.deleteLater()
        self._shown = figure
        self.view = figure_view(figure, self.theme)
        self.view.failed.connect(self.failed)
        self._column.addWidget(self.view)

    def provenance(self) -> dict[str, Any]:
        """Return what the table is made from."""
        return self._desk.provenance()

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self.theme = theme
        if self.view is not None:
            self.view.set_theme(theme)
