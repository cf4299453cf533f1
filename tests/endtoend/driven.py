"""The program with a hand on it: run by the tests as a process of its own.

``driven.py toy|real [analysis]`` starts the window with that engine; with an analysis it is run over and over as soon
as it can be.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from innervoice.shell import application
from innervoice.shell.window import Window

TOY = Path(__file__).parents[1] / "gui" / "toy_engine.py"
LOOK_MILLISECONDS = 50


class DrivenWindow(Window):
    """Runs an analysis as soon as that can be done."""

    analysis = ""

    def __init__(self, workspace: application.Workspace) -> None:
        super().__init__(workspace)
        self._hand = QTimer(self)
        self._hand.timeout.connect(self._run)
        if self.analysis:
            self._hand.start(LOOK_MILLISECONDS)

    def _run(self) -> None:
        if self.panels.analyses.choose(self.analysis) and not self.workspace.jobs.worth_asking:
            if self.panels.analyses.form is not None:
                self.panels.analyses.form.set_values({"steps": 100_000})
            if self.panels.analyses.button.isEnabled():
                self.panels.analyses.run()
                print("driven: an analysis runs", file=sys.stderr, flush=True)


if __name__ == "__main__":
    DrivenWindow.analysis = sys.argv[2] if len(sys.argv) > 2 else ""
    application.Window = DrivenWindow  # type: ignore[misc]
    command = [sys.executable, str(TOY)] if sys.argv[1] == "toy" else None
    sys.exit(application.main(None, engine=command))
