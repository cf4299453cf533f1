"""A job in one row: title, progress, time left, Cancel."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QProgressBar, QPushButton, QWidget

from innervoice.shell.jobs import Job
from innervoice.shell.panels.heading import QuietLabel
from innervoice.shell.words import said


class JobRow(QWidget):
    """Shows one job; the last one that was given.

    Parameters
    ----------
    flat : bool
        Everything in one line, as a status bar wants it.
    """

    def __init__(self, flat: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self.title = QuietLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.cancel = QPushButton(said("Cancel"))
        self.cancel.clicked.connect(self._cancel)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.title, 0, 0)
        grid.addWidget(self.bar, 0 if flat else 1, 1 if flat else 0)
        grid.addWidget(self.cancel, 0, 2, 1 if flat else 2, 1)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 1 if flat else 0)

    def show_job(self, job: Job) -> None:
        """Show how far a job is."""
        self._job = job
        parts = [job.title]
        if job.total:
            parts.append(f"{job.done:,} of {job.total:,}")
        parts += [part for part in (_state(job),) if part]
        self.title.setText("  ·  ".join(parts))
        self.bar.setVisible(not job.waiting)
        self.bar.setRange(0, job.total)
        self.bar.setValue(job.done)
        self.bar.setAccessibleName(said("Progress of {title}").format(title=job.title))
        self.cancel.setAccessibleName(said("Cancel {title}").format(title=job.title))
        self.cancel.setEnabled(not job.cancelling)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()


def _state(job: Job) -> str:
    if job.cancelling:
        return said("cancelling …")
    return "waiting" if job.waiting else job.time_left
