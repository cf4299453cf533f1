"""Three steps at the very first start: see and hear a clip, turn a neuron, ask an analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from innervoice.shell.panels.coach_mark import CoachMark
from innervoice.shell.words import said

if TYPE_CHECKING:
    from innervoice.shell.window import Window

SEEN = "first_steps_seen"


class FirstSteps:
    """Leads through the three steps without holding anything up.

    Parameters
    ----------
    window : Window
        Its panels are pointed at.
    """

    def __init__(self, window: Window) -> None:
        self._window = window
        self._step = 0
        self._focus: QWidget | None = None
        self.mark: CoachMark | None = None

    def show_once(self) -> None:
        """Begin, unless a person has closed them once."""
        if not self._window.workspace.settings.flag(SEEN):
            self.begin()

    def begin(self) -> None:
        """Begin with the first step, also while they are shown."""
        if self.mark is None:
            self._focus = QApplication.focusWidget()
            self.mark = CoachMark(self._window)
            self.mark.next_wanted.connect(lambda: self._go(1))
            self.mark.back_wanted.connect(lambda: self._go(-1))
            self.mark.skipped.connect(self.end)
        self._step = 0
        self._go(0)

    def end(self) -> None:
        """Close them; they do not come again by themselves."""
        if self.mark is not None:
            self.mark.leave()
            self.mark = None
            self._window.workspace.settings.put(SEEN, True)
            if self._focus is not None:
                self._focus.setFocus()
            self._focus = None

    def _go(self, by: int) -> None:
        steps = self._steps()
        self._step += by
        if self._step >= len(steps):
            self.end()
            return
        dock, panel, title, text = steps[self._step]
        if dock:
            self._window.docks.show(dock)
        else:
            self._window.show_clip()
        assert self.mark is not None
        self.mark.point(panel, title, text, self._step + 1, len(steps))

    def _steps(self) -> list[tuple[str, QWidget, str, str]]:
        """Return the steps: the dock to bring to the front (empty for the clip's page), the panel, title and text."""
        panels, commands = self._window.panels, self._window.commands
        undo, help_here = (commands.action(name).shortcut().toString() for name in ("edit.undo", "help.here"))
        return [
            (
                "",
                panels.roll,
                said("See and hear a clip"),
                said(
                    "Outlines are the notes of the tune, filled bars are what the model makes of them. Press the space "
                    "bar to hear it; choose other tunes and clips at the left, or drop your own file anywhere."
                ),
            ),
            (
                "neurons",
                panels.sliders,
                said("Turn a neuron"),
                said(
                    "Each slider is a hidden neuron of the model, the ones that matter first. Drag one, and the music "
                    "changes at once. The small button puts it back; {undo} takes any move back."
                ).format(undo=undo),
            ),
            (
                "analyses",
                panels.analyses,
                said("Ask what neurons mean"),
                said(
                    "An analysis asks a question of the whole study. Begin with Sigma Ranking and press Run. Whatever "
                    "it draws can be clicked and heard. {help} explains the panel you are in."
                ).format(help=help_here),
            ),
        ]
