"""The status bar: the last notice on the left, the job in hand in the middle, the engine on the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from innervoice.shell.jobs import Jobs
from innervoice.shell.model_desk import ModelDesk
from innervoice.shell.panels.job_row import JobRow
from innervoice.shell.panels.notice_line import NoticeLine
from innervoice.shell.words import said, to_say

JOB_WIDTH = 420
WORDS = {
    "starting": to_say("Engine starting …"),
    "ready": to_say("Engine ready"),
    "restarting": to_say("Engine restarting …"),
    "stopped": to_say("Engine stopped"),
}


class StatusBar(QStatusBar):
    """Shows the last notice, the first job, and the engine's state, backend and device."""

    def __init__(
        self, models: ModelDesk, jobs: Jobs, icon: Callable[[str], QIcon], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._models = models
        self._jobs = jobs
        self._state: Any = None
        self.setSizeGripEnabled(False)
        self.job = JobRow(flat=True)
        self.job.setFixedWidth(JOB_WIDTH)
        self.job.hide()
        self.engine = QLabel(said(WORDS["starting"]))
        self.engine.setAccessibleName(said("State of the engine"))
        self.engine.setContentsMargins(8, 4, 10, 4)
        self.notices = NoticeLine(icon)
        self.addWidget(self.notices, 1)
        self.addPermanentWidget(self.job)
        self.addPermanentWidget(self.engine)
        self.setMinimumHeight(38)
        jobs.changed.connect(self._show_job)
        models.opening_changed.connect(self._say)

    def show_engine(self, state: Any) -> None:
        """Show the engine's state."""
        self._state = state
        self._say()

    def _say(self) -> None:
        if self._state is None:
            return
        parts = [said(WORDS.get(self._state.phase, self._state.phase))]
        if self._state.phase == "ready":
            if self._models.opening:
                parts[0] = said("Loading the model …")
            parts += [part for part in (self._state.backend, self._state.device) if part]
        self.engine.setText("  ·  ".join(parts))
        self.engine.setToolTip(self._state.detail)

    def _show_job(self) -> None:
        running = self._jobs.running
        self.job.setVisible(bool(running))
        if running:
            self.job.show_job(running[0])
