"""The panels of the window, and where each stands at first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innervoice.shell import icons
from innervoice.shell.docks import BOTTOM, LEFT, RIGHT
from innervoice.shell.guidance import HELP_DOCK
from innervoice.shell.panels.analyses import AnalysesPanel
from innervoice.shell.panels.bookmarks import BookmarksPanel
from innervoice.shell.panels.clips import ClipsPanel
from innervoice.shell.panels.going import GoingPanel
from innervoice.shell.panels.heading import action_button
from innervoice.shell.panels.heat import HeatPanel
from innervoice.shell.panels.latent import LatentPanel
from innervoice.shell.panels.log import LogPanel
from innervoice.shell.panels.neuron_card import NeuronCard
from innervoice.shell.panels.roll import RollPanel
from innervoice.shell.panels.sliders import SlidersPanel
from innervoice.shell.presets import Presets

if TYPE_CHECKING:
    from innervoice.shell.window import Window

DOCKED = ("clips", "bookmarks", "neurons", "card", "going", "analyses", "log", "help")
"""Names of the docks, in the order of View > Panels."""


class Panels:
    """What the window is made of.

    Parameters
    ----------
    window : Window
        Its workspace, commands and theme are handed to the panels.
    """

    def __init__(self, window: Window) -> None:
        work, commands, theme = window.workspace, window.commands, window.theme
        self.clips = ClipsPanel(work.session, work.study_desk)
        self.roll = RollPanel(work.session, work.playback, commands, theme)
        self.latent = LatentPanel(work.session, theme)
        self.heat = HeatPanel(work.session, theme)
        self.heat.heading.add(action_button(commands.action("view.study_map")))
        self.sliders = SlidersPanel(work.session, work.neurons, commands, icons.icon, theme)
        self.card = NeuronCard(work, theme)
        self.going = GoingPanel(work.going)
        self.analyses = AnalysesPanel(work.session, work.runs, work.jobs, Presets(work.settings))
        self.bookmarks = BookmarksPanel(work.bookmarks, work.paths, commands)
        self.log = LogPanel()

    def dock(self, window: Window) -> None:
        """Put every docked panel in its first place."""
        docks = window.docks
        docks.add("clips", "Study", self.clips, LEFT)
        docks.add("bookmarks", "Bookmarks", self.bookmarks, LEFT)
        docks.dock("clips").raise_()
        docks.add("neurons", "Neurons", self.sliders, RIGHT)
        docks.add("card", "Neuron card", self.card, RIGHT).visibilityChanged.connect(self.card.set_seen)
        docks.add("going", "Go there", self.going, RIGHT)
        docks.add("analyses", "Analyses", self.analyses, RIGHT)
        docks.dock("neurons").raise_()
        docks.add(HELP_DOCK, "Help", window.guidance.panel, RIGHT, beside=True).hide()
        docks.add("log", "Messages", self.log, BOTTOM).hide()
