"""The bars of the window: toolbar, menus, status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QSizePolicy, QToolBar, QWidget

from innervoice.shell.panels.heading import action_button
from innervoice.shell.panels.model_chooser import ModelChooser
from innervoice.shell.window_panels import DOCKED
from innervoice.shell.words import said

if TYPE_CHECKING:
    from innervoice.shell.window import Window


def make_toolbar(window: Window, chooser: ModelChooser) -> QToolBar:
    """Make the main toolbar: open, the model, and what is wanted most."""
    commands = window.commands
    bar = QToolBar(said("Main toolbar"))
    bar.setObjectName("toolbar.main")
    bar.setMovable(False)
    bar.addWidget(action_button(commands.action("file.open"), text=True))
    bar.addWidget(chooser)
    bar.addWidget(action_button(commands.action("help.model")))
    spring = QWidget()
    spring.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    bar.addWidget(spring)
    for name in ("analyses.ranking", "file.midi", "view.dark", "help.palette"):
        bar.addWidget(action_button(commands.action(name), text=name == "analyses.ranking"))
    return bar


def fill_menus(window: Window) -> None:
    """Fill the menu bar with the commands, and with the menus that list files and panels."""
    menus = window.commands.fill(window.menuBar())
    recent = QMenu(said("Open &Recent"), window)
    recent.setToolTipsVisible(True)
    recent.aboutToShow.connect(lambda: window.files.fill_recent(recent))
    bundled = QMenu(said("Bundled &Tunes"), window)
    bundled.aboutToShow.connect(lambda: window.files.fill_bundled(bundled))
    for menu in (recent, bundled):
        menus["&File"].insertMenu(window.commands.action("file.new_study"), menu)
    panels = menus["&View"].addMenu(said("&Panels"))
    for name in DOCKED:
        panels.addAction(window.docks.dock(name).toggleViewAction())
