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
            "help.here",
            "&Help",
            menu,
            window.guidance.help_here,
            "F1",
            "About the panel you are in",
            "help",
            everywhere=True,
        ),
        Command("help.contents", "Help C&ontents", menu, window.guidance.contents, "", "The first page of the help"),
        Command(
            "help.palette",
            "&Commands…",
            menu,
            window.show_palette,
            "Ctrl+Shift+P",
            "Find any command by its name",
            "palette",
            group=1,
        ),
        Command(
            "help.shortcuts",
            "&Keyboard Shortcuts…",
            menu,
            window.show_shortcuts,
            "Ctrl+Alt+K",
            "See and change the keys of every command",
            group=1,
        ),
        Command(
            "help.model",
            "About This &Model",
            menu,
            window.workspace.cards.show,
            "Ctrl+I",
            "What the model learned from, how well it does, and what it cannot do",
            "info",
            group=2,
        ),
        Command("help.about", "&About Innervoice", menu, window.show_about, group=2),
    ]


def allow(window: Window) -> None:
    """Grey what cannot be done now."""
    window.commands.allow("help.model", window.workspace.cards.why_not())
