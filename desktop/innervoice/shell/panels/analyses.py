"""The analyses panel: choose one, set its parameters and clips, queue it, see how far it is; below, the runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from innervoice.shell.jobs import Jobs
from innervoice.shell.panels.form import LARGEST_SEED, ParameterForm
from innervoice.shell.panels.job_list import JobList
from innervoice.shell.panels.runs import RunsPanel
from innervoice.shell.panels.scope_choice import ScopeChoice
from innervoice.shell.presets import Presets
from innervoice.shell.runs_desk import RunsDesk
from innervoice.shell.session import Session
from innervoice.shell.words import said

HEIGHTS = [540, 260]


class AnalysesPanel(QWidget):
    """Runs analyses over the study.

    Parameters
    ----------
    presets : Presets
        The user's own.
    """

    def __init__(
        self, session: Session, desk: RunsDesk, jobs: Jobs, presets: Presets, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._jobs = jobs
        self._presets = presets
        self.form: ParameterForm | None = None
        self.dialog: QInputDialog | None = None
        self._why_not = ""
        self._build(session)
        desk.analyses_changed.connect(self._list)
        for signal in (session.model_changed, session.scores_changed, session.study_changed, jobs.changed):
            signal.connect(self.refresh)
        self.scope.changed.connect(self.refresh)
        self.refresh()

    def _build(self, session: Session) -> None:
        self.choice = QComboBox()
        self.choice.setAccessibleName(said("Analysis"))
        # A plugin's long title must not widen the dock.
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.currentIndexChanged.connect(self._choose)
        self.summary = _quiet_sentence()
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.reason = _quiet_sentence()
        self.job_list = JobList(self._jobs)
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(4, 6, 4, 6)
        column.setSpacing(8)
        column.addWidget(self.choice)
        column.addWidget(self.summary)
        column.addWidget(self.area, 1)
        column.addLayout(self._lower_lines(session))
        column.addWidget(self.reason)
        column.addWidget(self.job_list)
        self.runs = RunsPanel(self._desk)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(top)
        splitter.addWidget(self.runs)
        splitter.setSizes(HEIGHTS)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(splitter)

    def _lower_lines(self, session: Session) -> QFormLayout:
        self.scope = ScopeChoice(session)
        self.seed = QSpinBox()
        self.seed.setRange(0, LARGEST_SEED)
        self.seed.setAccessibleName(said("Seed of the run"))
        self.seed.setToolTip(said("The same seed gives the same result"))
        self.button = QPushButton(said("Run"))
        self.button.clicked.connect(self.run)
        last = QHBoxLayout()
        last.setSpacing(8)
        last.addWidget(self.seed, 1)
        last.addWidget(self.button, 1)
        lines = QFormLayout()
        lines.setContentsMargins(8, 0, 8, 0)
        lines.setVerticalSpacing(8)
        lines.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        lines.addRow(said("Clips"), self.scope)
        lines.addRow(said("Seed"), last)
        return lines

    @property
    def analysis(self) -> Mapping[str, Any] | None:
        """Return the chosen analysis."""
        chosen: Mapping[str, Any] | None = self.choice.currentData()
        return chosen

    def run(self) -> None:
        """Queue the chosen analysis with the form's values."""
        reason = self.scope.why_not()
        if self.analysis is not None and self.form is not None and not reason:
            self._desk.run(self.analysis, self.form.values(), self.seed.value(), self.scope.value())

    def choose(self, analysis: str) -> bool:
        """Choose an analysis by its id; return whether it is there."""
        for index in range(self.choice.count()):
            if self.choice.itemData(index)["id"] == analysis:
                self.choice.setCurrentIndex(index)
                return True
        return False

    def take_run(self, run: Any) -> str:
        """Put a run's parameters, seed and clips into the form; return why that cannot be, or nothing.

        Parameters
        ----------
        run : RunRow
        """
        made = run.provenance
        if not self.choose(run.analysis) or self.form is None:
            return said("The analysis {analysis} is not installed; its plugin is needed to run it again.").format(
                analysis=run.analysis
            )
        parameters = made.get("parameters")
        self.form.reset()
        self.form.set_values(parameters if isinstance(parameters, Mapping) else {})
        seed = made.get("seed")
        self.seed.setValue(seed if isinstance(seed, int) and 0 <= seed <= LARGEST_SEED else 0)
        self.scope.take(made, run.id)
        self._say(said("These are the values of run {id}; change what you want and run.").format(id=run.id))
        self.button.setFocus()
        return ""

    def take_cut(self, analysis: str, at: float) -> None:
        """Take the place of a moved cut into the form, so that Run goes by it."""
        if self.choose(analysis) and self.form is not None and "cut" in self.form.inputs:
            self.form.set_values({"cut": int(at)})
            self._say(said("The cut stands at {neurons} neurons now; Run to rank by it.").format(neurons=int(at)))

    def refresh(self) -> None:
        """Say whether the chosen analysis can be run now, and why not."""
        reason = self._desk.why_not(self.analysis) if self.analysis is not None else said("The engine is starting.")
        reason = reason or self.scope.why_not()
        busy = any(job.loses_work for job in self._jobs.running)
        self.button.setText(said("Add to Queue") if busy else said("Run"))
        self.button.setAccessibleName(said("Run this analysis after the others") if busy else said("Run this analysis"))
        self.button.setEnabled(not reason)
        if reason != self._why_not:  # what a moved cut or an earlier run says stays until then
            self._why_not = reason
            self._say(reason)

    def _say(self, sentence: str) -> None:
        self.reason.setText(sentence)
        self.reason.setVisible(bool(sentence))

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
            own = self._presets.of(str(chosen["id"]))
            self.form = ParameterForm(chosen.get("schema") or {}, chosen.get("presets") or {}, own)
            self.form.save_wanted.connect(self.ask_preset_name)
            self.form.remove_wanted.connect(self._forget_preset)
            self.form.seed_wanted.connect(self.seed.setValue)
            self.area.setWidget(self.form)
            self.summary.setText(str(chosen.get("summary", "")))
        self.refresh()

    def ask_preset_name(self) -> None:
        """Ask under which name the form's values are to be kept."""
        self.dialog = QInputDialog(self)
        self.dialog.setWindowTitle(said("Save preset"))
        self.dialog.setLabelText(said("Name of the preset; one of the same name is replaced:"))
        self.dialog.textValueSelected.connect(self.save_preset)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    def save_preset(self, name: str) -> None:
        """Keep the form's values under a name."""
        if self.analysis is not None and self.form is not None:
            analysis = str(self.analysis["id"])
            kept = self._presets.save(analysis, name, self.form.values())
            self.form.offer(self._presets.of(analysis), kept)

    def _forget_preset(self, name: str) -> None:
        if self.analysis is not None and self.form is not None:
            analysis = str(self.analysis["id"])
            self._presets.remove(analysis, name)
            self.form.offer(self._presets.of(analysis))


def _quiet_sentence() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setContentsMargins(8, 0, 8, 0)
    return label
