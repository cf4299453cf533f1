"""The analyses panel: choose one, set its parameters, run it, see how far it is, cancel it; below, the runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from innervoice.shell.jobs import Jobs
from innervoice.shell.panels.form import ParameterForm
from innervoice.shell.panels.job_row import JobRow
from innervoice.shell.panels.runs import RunsPanel
from innervoice.shell.runs_desk import RunsDesk
from innervoice.shell.session import Session

LARGEST_SEED = 2**31 - 1


class AnalysesPanel(QWidget):
    """Runs analyses over the study."""

    def __init__(self, session: Session, desk: RunsDesk, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._jobs = jobs
        self._rows: dict[int, JobRow] = {}
        self.form: ParameterForm | None = None
        self._build()
        desk.analyses_changed.connect(self._list)
        for signal in (session.model_changed, session.scores_changed, session.study_changed):
            signal.connect(self.refresh)
        jobs.changed.connect(self._show_jobs)
        self.refresh()

    def _build(self) -> None:
        self.choice = QComboBox()
        self.choice.setAccessibleName("Analysis")
        self.choice.currentIndexChanged.connect(self._choose)
        self.summary = _quiet_sentence()
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.reason = _quiet_sentence()
        self._job_column = QVBoxLayout()
        self._job_column.setContentsMargins(8, 0, 8, 0)
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(4, 6, 4, 6)
        column.setSpacing(8)
        column.addWidget(self.choice)
        column.addWidget(self.summary)
        column.addWidget(self.area, 1)
        column.addLayout(self._run_line())
        column.addWidget(self.reason)
        column.addLayout(self._job_column)
        self.runs = RunsPanel(self._desk)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(top)
        splitter.addWidget(self.runs)
        splitter.setSizes([420, 300])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(splitter)

    def _run_line(self) -> QHBoxLayout:
        self.seed = QSpinBox()
        self.seed.setRange(0, LARGEST_SEED)
        self.seed.setAccessibleName("Seed of the run")
        self.seed.setToolTip("The same seed gives the same result")
        self.button = QPushButton("Run")
        self.button.setAccessibleName("Run this analysis")
        self.button.clicked.connect(self.run)
        line = QHBoxLayout()
        line.setContentsMargins(8, 0, 8, 0)
        line.addWidget(QLabel("Seed"))
        line.addWidget(self.seed, 1)
        line.addWidget(self.button, 1)
        return line

    @property
    def analysis(self) -> Mapping[str, Any] | None:
        """Return the chosen analysis."""
        chosen: Mapping[str, Any] | None = self.choice.currentData()
        return chosen

    def run(self) -> None:
        """Run the chosen analysis with the form's values."""
        if self.analysis is not None and self.form is not None:
            self._desk.run(self.analysis, self.form.values(), self.seed.value())

    def choose(self, analysis: str) -> bool:
        """Choose an analysis by its id; return whether it is there."""
        for index in range(self.choice.count()):
            if self.choice.itemData(index)["id"] == analysis:
                self.choice.setCurrentIndex(index)
                return True
        return False

    def take_cut(self, analysis: str, at: float) -> None:
        """Take the place of a moved cut into the form, so that Run goes by it."""
        if self.choose(analysis) and self.form is not None and "cut" in self.form.inputs:
            self.form.set_values({"cut": int(at)})
            self.reason.setText(f"The cut stands at {int(at)} neurons now; Run to rank by it.")
            self.reason.show()

    def refresh(self) -> None:
        """Say whether the chosen analysis can be run now, and why not."""
        reason = self._desk.why_not(self.analysis) if self.analysis is not None else "The engine is starting."
        self.button.setEnabled(not reason)
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))

    def _list(self) -> None:
        ids = [self.choice.itemData(index)["id"] for index in range(self.choice.count())]
        if ids != [entry["id"] for entry in self._desk.analyses]:
            self.choice.clear()
            for entry in self._desk.analyses:
                self.choice.addItem(str(entry["title"]), entry)
        self.refresh()

    def _choose(self, _index: int) -> None:
        chosen = self.analysis
        old = self.area.takeWidget()
        if old is not None:
            old.deleteLater()
        self.form = None
        if chosen is not None:
            self.form = ParameterForm(chosen.get("schema") or {}, chosen.get("presets") or {})
            self.area.setWidget(self.form)
            self.summary.setText(str(chosen.get("summary", "")))
        self.refresh()

    def _show_jobs(self) -> None:
        running = {job.number: job for job in self._jobs.running}
        for number in [number for number in self._rows if number not in running]:
            row = self._rows.pop(number)
            self._job_column.removeWidget(row)
            row.deleteLater()
        for number, job in running.items():
            if number not in self._rows:
                self._rows[number] = JobRow()
                self._job_column.addWidget(self._rows[number])
            self._rows[number].show_job(job)


def _quiet_sentence() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setContentsMargins(8, 0, 8, 0)
    return label
