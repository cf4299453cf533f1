"""The jobs in hand and those that wait, one row each; a few are seen at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from innervoice.shell.jobs import Jobs
from innervoice.shell.panels.job_row import JobRow

HIGHEST = 150
"""Pixels; a longer queue is scrolled."""


class JobList(QScrollArea):
    """Shows every job with its progress, time left and Cancel."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.rows: dict[int, JobRow] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(8, 0, 8, 0)
        self._column.setSpacing(4)
        self.setWidget(inside)
        jobs.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        running = {job.number: job for job in self._jobs.running}
        for number in [number for number in self.rows if number not in running]:
            row = self.rows.pop(number)
            self._column.removeWidget(row)
            row.deleteLater()
        for number, job in running.items():
            if number not in self.rows:
                self.rows[number] = JobRow()
                self._column.addWidget(self.rows[number])
            self.rows[number].show_job(job)
        self.setVisible(bool(running))
        height = sum(row.sizeHint().height() + self._column.spacing() for row in self.rows.values())
        self.setFixedHeight(min(HIGHEST, height))
