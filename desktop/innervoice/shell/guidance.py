"""What helps a person along: the help for the panel they are in, and the first steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from innervoice.shell.help_pages import START, own_page, page_of, read_pages
from innervoice.shell.panels.help import HelpPanel
from innervoice.shell.turns import InTurn

if TYPE_CHECKING:
    from innervoice.shell.window import Window

HELP_DOCK = "help"


class Guidance:
    """Opens the help.

    Parameters
    ----------
    window : Window
        Its dock ``help`` holds the help panel.
    """

    def __init__(self, window: Window) -> None:
        self._window = window
        self.panel = HelpPanel(self._keys)
        self._wanted = START, START
        self._turn = InTurn(self._write, self.panel)

    def help_here(self) -> None:
        """Show the help for the panel, page or dialog that has the keyboard's focus."""
        focused = QApplication.focusWidget()
        inside = focused is not None and self.panel.isAncestorOf(focused)
        if inside:
            self.show_page(START)
        else:
            self.show_page(own_page(focused), page_of(focused))

    def contents(self) -> None:
        """Show the first page."""
        self.show_page(START)

    def show_page(self, name: str, otherwise: str = START) -> None:
        """Show a page of the help, or another one where there is none of that name."""
        self._window.docks.show(HELP_DOCK)
        self.panel.text.setFocus()
        self._wanted = name, otherwise
        self._turn.ask_first()  # the window makes room first: all of it is laid out and painted anew

    def _write(self) -> None:
        self.panel.show_page(*self._wanted)
        if not self.panel.read:
            work = self._window.workspace
            work.reader.ask(lambda _desk: read_pages(), self.panel.set_pages, work.notifications.error)

    def _keys(self, name: str) -> str:
        command = self._window.commands.command(name)
        return self._window.commands.keys(command) if command is not None else ""
