"""The Help menu: its commands, and when they can be given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innervoice.shell.commands import Command

if TYPE_CHECKING:
    from innervoice.shell.window import Window

MENU = "&Help"


def commands(window: Window) -> list[Command]:
    """Return the commands of the menu."""
    return [*_reading(window), *_finding(window), *_about(window)]


def _reading(window: Window) -> list[Command]:
    guidance = window.guidance
    tip, steps_tip = "About the panel you are in", "The window in three steps"
    return [
        Command("help.here", "&Help", MENU, guidance.help_here, "F1", tip, "help", everywhere=True),
        Command("help.contents", "Help C&ontents", MENU, guidance.contents, "", "The first page of the help"),
        Command("help.first_steps", "&First Steps", MENU, window.first_steps.begin, "", steps_tip),
    ]


def _finding(window: Window) -> list[Command]:
    tip, keys_tip = "Find any command by its name", "See and change the keys of every command"
    return [
        Command("help.palette", "&Commands…", MENU, window.show_palette, "Ctrl+Shift+P", tip, "palette", group=1),
        Command("help.shortcuts", "&Keyboard Shortcuts…", MENU, window.show_shortcuts, "Ctrl+Alt+K", keys_tip, group=1),
    ]


def _about(window: Window) -> list[Command]:
    tip = "What the model learned from, how well it does, and what it cannot do"
    return [
        Command("help.model", "About This &Model", MENU, window.workspace.cards.show, "Ctrl+I", tip, "info", group=2),
        Command("help.about", "&About Innervoice", MENU, window.show_about, group=2),
    ]


def allow(window: Window) -> None:
    """Grey what cannot be done now."""
    window.commands.allow("help.model", window.workspace.cards.why_not())
