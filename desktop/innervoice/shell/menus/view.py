"""The View menu: its commands, and when they can be given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from innervoice.shell.commands import Command
from innervoice.shell.map_opening import show_study_map, why_no_map
from innervoice.shell.plugin_pages import show_panels, why_no_panels

if TYPE_CHECKING:
    from innervoice.shell.window import Window

Keys = QKeySequence.StandardKey


def commands(window: Window) -> list[Command]:
    """Return the commands of the menu."""
    menu = "&View"
    return [
        Command("view.dark", "&Dark Theme", menu, window.set_dark, "Ctrl+Shift+D", "Light on dark", "theme", True),
        Command("view.reset", "&Reset Layout", menu, window.reset_layout, "", "Every panel in its first place"),
        Command("view.log", "&Messages", menu, lambda: window.docks.show("log"), "", "What was said so far"),
        Command("view.next_panel", "&Next Panel", menu, window.cycle.next, "F6", "The keyboard to the next panel"),
        Command("view.previous_panel", "P&revious Panel", menu, window.cycle.previous, "Shift+F6", "And back again"),
        Command(
            "view.tune",
            "Show the &Clip",
            menu,
            window.show_clip,
            "Ctrl+1",
            "Leave the results",
            group=1,
        ),
        Command(
            "view.study_map",
            "&Heat Map of the Study",
            menu,
            lambda: show_study_map(window),
            "Ctrl+2",
            "All clips of the study by all neurons, on a page of its own",
            "map",
            group=1,
        ),
        Command(
            "view.plugin_panels",
            "Plu&gin Panels",
            menu,
            lambda: show_panels(window),
            "",
            "Figures of plugins that follow the selection",
            group=1,
        ),
        Command("view.close_result", "Close &Page", menu, window.close_front, Keys.Close, group=1),
    ]


def allow(window: Window) -> None:
    """Tick what is so now, and grey what cannot be shown."""
    window.commands.allow("view.study_map", why_no_map(window))
    window.commands.allow("view.plugin_panels", why_no_panels(window))
    window.commands.action("view.dark").setChecked(window.theme.dark)
