"""Every command of the window, menu by menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innervoice.shell.menus import analyses, edit, explore, file, help, models, neurons, play, roll, view

if TYPE_CHECKING:
    from innervoice.shell.window import Window

_MENUS = (file, edit, play, neurons, explore, models, analyses, view, roll, help)


def register_commands(window: Window) -> None:
    """Make every command known."""
    for menu in _MENUS:
        for command in menu.commands(window):
            window.commands.add(command)


def allow_commands(window: Window) -> None:
    """Enable the commands that make sense now, and grey the others with the reason in their tips."""
    for menu in _MENUS:
        menu.allow(window)
