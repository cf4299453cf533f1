"""The Help menu: its commands, and when they can be given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innervoice.shell.commands import Command

if TYPE_CHECKING:
    from innervoice.shell.window import Window


def commands(window: Window) -> list[Command]:
    """Return the commands of the menu."""
    menu = "&Help"
    return [
        Command(
            "help.palette",
            "&Commands…",
            menu,
            window.show_palette,
            "Ctrl+Shift+P",
            "Find any command by its name",
            "palette",
        ),
        Command(
            "help.shortcuts",
            "&Keyboard Shortcuts…",
            menu,
            window.show_shortcuts,
            "Ctrl+Alt+K",
            "See and change the keys of every command",
        ),
        Command(
            "help.model",
            "About This &Model",
            menu,
            window.workspace.cards.show,
            "Ctrl+I",
            "What the model learned from, how well it does, and what it cannot do",
            "info",
            group=1,
        ),
        Command("help.about", "&About Innervoice", menu, window.show_about, group=1),
    ]


def allow(window: Window) -> None:
    """Grey what cannot be done now."""
    window.commands.allow("help.model", window.workspace.cards.why_not())
