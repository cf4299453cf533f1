"""Opening what the window has about plugins: the list of them, and the page of their panels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from innervoice.shell.words import said

if TYPE_CHECKING:
    from innervoice.shell.window import Window


def show_plugins(window: Window) -> None:
    """Show the list of plugins; it stays open beside the window."""
    from innervoice.shell.dialogs.plugins import PluginsDialog

    PluginsDialog(window.workspace, window).show()


def show_panels(window: Window) -> None:
    """Show the page of the plugins' panels."""

    def make() -> QWidget:
        from innervoice.shell.panels.plugin_panels import PluginPanelsPage

        page = PluginPanelsPage(window.workspace, window.theme)
        page.link_activated.connect(window.follow)
        page.failed.connect(window.workspace.notifications.error)
        return page

    window.pages.show_tool("plugins", said("Plugin panel"), make)


def why_no_panels(window: Window) -> str:
    """Say why there are no panels to show; empty when there are some."""
    return "" if window.workspace.plugins.panels else said("No plugin brings a panel.")
