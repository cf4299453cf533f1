"""The main window: it puts the panels together and passes on what a person does."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QChildEvent, QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow

from innervoice.shell import icons, theme
from innervoice.shell.closing import may_close
from innervoice.shell.commands import Commands
from innervoice.shell.detached import DetachedWindow
from innervoice.shell.dialogs.about import AboutBox
from innervoice.shell.dialogs.details import DetailsDialog
from innervoice.shell.dialogs.palette import PaletteDialog
from innervoice.shell.dialogs.settings import SettingsDialog
from innervoice.shell.dialogs.shortcuts import ShortcutsDialog
from innervoice.shell.dialogs.study import StudyDialog
from innervoice.shell.docks import Docks, short_title
from innervoice.shell.dressing import Dressing
from innervoice.shell.drops import Drops
from innervoice.shell.exploring import Exploring
from innervoice.shell.file_commands import FileCommands
from innervoice.shell.finder import Finder
from innervoice.shell.first_steps import FirstSteps
from innervoice.shell.guidance import Guidance
from innervoice.shell.later import Later
from innervoice.shell.linked_selection import LinkedSelection
from innervoice.shell.menus.register import allow_commands, register_commands
from innervoice.shell.pages import Pages
from innervoice.shell.panel_cycle import PanelCycle
from innervoice.shell.panels.coach_mark import CoachMark
from innervoice.shell.panels.model_chooser import ModelChooser
from innervoice.shell.panels.status import StatusBar
from innervoice.shell.panels.transport import TransportBar
from innervoice.shell.provenance import of_session
from innervoice.shell.result_commands import ResultCommands
from innervoice.shell.shortcuts import Shortcuts
from innervoice.shell.space_bar import SpaceBar
from innervoice.shell.theme import Theme
from innervoice.shell.window_bars import fill_menus, make_toolbar
from innervoice.shell.window_panels import Panels
from innervoice.shell.window_signals import connect_all
from innervoice.shell.words import said
from innervoice.shell.workspace import Workspace

FIRST_SIZE = (1380, 860)


class Window(QMainWindow):
    """The window.

    Parameters
    ----------
    workspace : Workspace
        Everything behind it; the window does not stop it.

    Signals
    -------
    closed
        The window was closed for good.
    """

    closed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.theme = Theme(dark=workspace.preferences.dark)
        theme.apply(_app(), self.theme, workspace.preferences.text_percent)
        self.dressing = Dressing(self.theme, self)
        self.setWindowIcon(icons.app_icon())
        self.resize(*FIRST_SIZE)
        self._later = Later(self.refresh, self)
        self.commands = Commands(icons.icon, self)
        self.files, self.results = FileCommands(self, workspace), ResultCommands(self)
        self.explore = Exploring(self)
        self.docks = Docks(self)
        self.guidance, self.first_steps = Guidance(self), FirstSteps(self)
        self.cycle = PanelCycle(self, self.docks)
        register_commands(self)
        self.finder = Finder(self)
        self.shortcuts = Shortcuts(self.commands, workspace.settings, self)
        self.panels = Panels(self)
        self.linked = LinkedSelection(workspace.session)
        self.pages = Pages(self.panels.roll, self.panels.latent, self.panels.heat)
        self.setCentralWidget(self.pages)
        self.panels.dock(self)
        self.chooser = ModelChooser(workspace.session, workspace.models)
        self._add_toolbars()
        fill_menus(self)
        self.status = StatusBar(workspace.models, workspace.jobs, icons.icon)
        self.setStatusBar(self.status)
        self.notices = self.status.notices
        self._dress()
        connect_all(self, self._later.ask)
        SpaceBar(self, workspace.playback.toggle)
        self.drops = Drops(workspace.open_paths, workspace.notifications, self)
        self.docks.arrange()
        self.docks.restore(workspace.settings)
        self.refresh()

    def _add_toolbars(self) -> None:
        work = self.workspace
        self.toolbar = make_toolbar(self, self.chooser)
        self.transport = TransportBar(work.session, work.playback, work.sound, self.commands)
        self.addToolBar(self.toolbar)
        self.addToolBarBreak()
        self.addToolBar(self.transport)

    def _dress(self) -> None:
        panels = (self.panels.roll, self.panels.latent, self.panels.heat)
        for panel in panels:
            self.dressing.wear(panel, getattr(panel, "set_theme", panel.view.set_theme))
        for name in self.docks.names():
            dock = self.docks.dock(name)
            self.dressing.wear(dock, getattr(dock.widget(), "set_theme", None))
        for bar in (self.toolbar, self.transport, self.status):
            self.dressing.wear(bar)
        self.pages.opened.connect(lambda page: self.dressing.wear(page, getattr(page, "set_theme", None)))

    def refresh(self, *_: object) -> None:
        """Enable what can be done now, say of the rest why it cannot, and name the study."""
        allow_commands(self)
        study = self.workspace.session.study
        self.docks.dock("clips").setWindowTitle(
            said("Study: {stem}").format(stem=short_title(study.stem)) if study is not None else said("Study")
        )
        self.setWindowTitle(f"{study.stem} · Innervoice" if study is not None else "Innervoice")
        self.pages.offer_models(self.workspace.cards.models, self.workspace.session.model)

    def choose_neuron(self, neuron: int) -> None:
        """Select a neuron everywhere, and show its slider, or its card where that is in front."""
        if not self.panels.card.seen:
            self.docks.show("neurons")
        self.workspace.session.select_neuron(neuron)

    def choose_original(self, chosen: bool) -> None:
        """Play the original from now on."""
        if chosen:
            self.workspace.playback.set_voice("original")

    def choose_decoded(self, chosen: bool) -> None:
        """Play the decoded clip from now on."""
        if chosen:
            self.workspace.playback.set_voice("decoded")

    def choose_instrument(self) -> None:
        """Open the list of instruments."""
        self.transport.choose_instrument()

    def step(self, by: int) -> None:
        """Choose the next clip, or the one before."""
        session = self.workspace.session
        if self.workspace.other_music.step(by) or session.tune is None:
            return
        if 0 <= session.row + by < len(session.tune.clips):
            session.select_clip(session.row + by)

    def run_analysis(self, analysis: str) -> None:
        """Show an analysis and run it with the values that stand in its form."""
        self.docks.show("analyses")
        if self.panels.analyses.choose(analysis):
            self.panels.analyses.run()

    def cancel_job(self) -> None:
        """Cancel the oldest job."""
        if self.workspace.jobs.running:
            self.workspace.jobs.running[0].cancel()

    def set_dark(self, dark: bool) -> None:
        """Choose the dark or the light theme."""
        if dark != self.theme.dark:
            self.workspace.preferences.set_look("dark" if dark else "light")

    def apply_look(self) -> None:
        """Draw everything in the theme and the text size that are chosen."""
        preferences = self.workspace.preferences
        self.theme = Theme(dark=preferences.dark)
        theme.apply(_app(), self.theme, preferences.text_percent)
        self.dressing.change(
            self.theme, self.pages.let_card_go, self.commands.refresh_icons, self.notices.refresh_icons
        )
        self.dressing.then(self.pages.write_card_again)
        self._later.ask()

    def reset_layout(self) -> None:
        """Put every panel in its first place, once all are dressed, the docks and the pages each in a turn."""
        self.dressing.then(self.docks.arrange)
        self.dressing.then(self.pages.arrange)

    def show_result(self, run: int, result: Any, row: Any) -> None:
        """Show a result on a page of its own."""
        study = self.workspace.session.study
        self.pages.show_result(self.workspace.runs.name(row), result, row, self.theme, str(study or ""))

    def show_card(self, model: Any, card: Any) -> None:
        """Show the card of a model on the page for it."""
        self.pages.show_card(model, card, self.theme)
        self.refresh()

    def follow(self, link: Any) -> None:
        """Go where a mark leads and let it be heard: a clip, a neuron, a latent point, notes of a figure."""
        if link.kind == "path":
            self.workspace.paths.through_picture(link)
        elif link.kind == "notes":
            self.workspace.playback.hear(link.notes)
        elif link.kind == "clip":
            self.workspace.hearing.clip(int(link.ids[0]))
        elif link.kind == "neuron":
            self.choose_neuron(int(link.ids[0]))
        else:
            self.linked.point(link.points[int(link.ids[0])])
            self.workspace.hearing.latent(link.points[int(link.ids[0])])

    def show_clip(self) -> None:
        """Bring the clip to the front."""
        self.pages.show_clip()

    def close_front(self) -> None:
        """Close the result in front."""
        self.pages.close_front()

    def show_palette(self) -> None:
        """Open the command palette."""
        PaletteDialog(self.finder, self).open()

    def show_shortcuts(self) -> None:
        """Show the keys of every command, and change them."""
        ShortcutsDialog(self.commands, self.shortcuts, self).show()

    def show_about(self) -> None:
        """Say what this is and what runs underneath."""
        AboutBox(self.workspace.bridge.state, self.workspace.reader, self).show()

    def show_settings(self) -> None:
        """Let the choices be made that hold from now on."""
        SettingsDialog(self.workspace, self).show()

    def show_about_study(self) -> None:
        """Say what the study holds and where it lies."""
        StudyDialog(self.workspace, self.files.export_report, self).show()

    def provenance(self) -> dict[str, Any]:
        """Return what the pictures of the session are made from; a page that shows something else tells its own."""
        return of_session(self.workspace.session)

    def show_details(self, text: str, details: str) -> None:
        """Show what a notice has to say beyond its line."""
        DetailsDialog(text, details, self).show()

    def showEvent(self, event: QShowEvent) -> None:
        """Take drops from now on: only a window that is shown has a place for them."""
        super().showEvent(event)
        self.drops.watch(self)

    def childEvent(self, event: QChildEvent) -> None:
        """Dress what stands over the window, dialogs and the mark of the first steps; take drops beside it."""
        child = event.child()
        if event.type() != QEvent.Type.ChildPolished:
            return
        if isinstance(child, QDialog | CoachMark):
            self.dressing.wear(child)
        if isinstance(child, QDialog | DetachedWindow) and not child.isModal():
            self.drops.watch(child)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask when a job would be lost; then remember the layout and go."""
        if not may_close(self, self.workspace.jobs.ended_by_closing):
            event.ignore()
            return
        self.docks.save(self.workspace.settings)
        event.accept()
        QTimer.singleShot(0, self.closed.emit)


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
