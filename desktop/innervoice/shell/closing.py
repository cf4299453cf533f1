"""The one question at the end: whether to throw away a job that is running."""

from __future__ import annotations

import os
from collections.abc import Sequence

from PySide6.QtWidgets import QMessageBox, QWidget

from innervoice.shell.jobs import Job
from innervoice.shell.words import said

ANSWER = "INNERVOICE_CLOSE"


def may_close(window: QWidget, jobs: Sequence[Job]) -> bool:
    """Return whether the window may close; ask once, and only when a running job would be lost.

    The environment variable ``INNERVOICE_CLOSE`` (``yes`` or ``no``) answers for scripts and tests.
    """
    if not jobs:
        return True
    answer = os.environ.get(ANSWER)
    if answer:
        return answer == "yes"
    box = QMessageBox(window)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(said("Quit Innervoice"))
    box.setText(
        said("{title} is still running.").format(title=jobs[0].title)
        if len(jobs) == 1
        else said("{count} jobs are still running.").format(count=len(jobs))
    )
    stops = all(job.resumable for job in jobs)
    box.setInformativeText(
        said("Quitting stops it; what it has learned is kept, and Resume goes on with it.")
        if stops
        else said("Quitting cancels it; what the study holds is kept.")
    )
    quit_text = said("Stop It and Quit") if stops else said("Cancel It and Quit")
    quit_button = box.addButton(quit_text, QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(said("Go On"), QMessageBox.ButtonRole.RejectRole)
    box.exec()
    return box.clickedButton() is quit_button
