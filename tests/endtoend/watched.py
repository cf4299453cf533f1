"""The program as a person sees it: run by the tests under a display of their own.

``watched.py`` starts the window with the toy engine and writes, whenever it changes, one line to standard error that
says where things are on the screen and what is selected. The hand is the test's: it moves the display's pointer and
presses its keys.
"""

import json
import sys
from typing import Any

from driven import TOY
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QWidget

from innervoice.shell import application
from innervoice.shell.window import Window

LOOK_MILLISECONDS = 100


def middle(widget: QWidget) -> list[int]:
    """Place of a widget's middle on the screen."""
    place = widget.mapToGlobal(QPoint(widget.width() // 2, widget.height() // 2))
    return [place.x(), place.y()]


class WatchedWindow(Window):
    """Says where things are and what is so."""

    def __init__(self, workspace: application.Workspace) -> None:
        super().__init__(workspace)
        self._said = ""
        self._eyes = QTimer(self)
        self._eyes.timeout.connect(self._look)
        self._eyes.start(LOOK_MILLISECONDS)

    def _look(self) -> None:
        line = json.dumps(self._state())
        if line != self._said:
            self._said = line
            print(f"watched: {line}", file=sys.stderr, flush=True)

    def _state(self) -> dict[str, Any]:
        session, panels = self.workspace.session, self.panels
        rows = [row for row in panels.sliders.rows if row.isVisible()]
        return {
            "active": self.isActiveWindow(),
            "clip": session.row,
            "neuron": session.neuron,
            "moved": [round(float(value), 3) for value in session.z[:8]],
            "decoded": session.decoded is not None and self.workspace.decoder.settled,
            "results": len(self.pages.results()),
            "dark": self.theme.dark,
            "ranking": self.commands.action("analyses.ranking").isEnabled(),
            "panel": next((name for name in self.docks.names() if self.docks.dock(name).isAncestorOf(focus)), "")
            if (focus := self.focusWidget()) is not None
            else "",
            "undo": self.workspace.history.canUndo(),
            "slider": middle(rows[0].slider) if rows else None,
            "roll": middle(panels.roll.view),
            "docks": {name: self.docks.dock(name).isVisible() for name in self.docks.names()},
        }


if __name__ == "__main__":
    application.Window = WatchedWindow  # type: ignore[misc]
    sys.exit(application.main(None, engine=[sys.executable, str(TOY)]))
