"""The main window: it puts the panels together and passes on what a person does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QSizePolicy, QToolBar, QWidget

from innervoice.shell import icons, theme, window_commands
from innervoice.shell.allowing import allow_commands
from innervoice.shell.closing import may_close
from innervoice.shell.commands import Commands
from innervoice.shell.dialogs.about import about_box
from innervoice.shell.dialogs.details import DetailsDialog
from innervoice.shell.dialogs.palette import PaletteDialog
from innervoice.shell.dialogs.shortcuts import ShortcutsDialog
from innervoice.shell.docks import BOTTOM, LEFT, RIGHT, Docks
from innervoice.shell.file_commands import FileCommands
from innervoice.shell.later import Later
from innervoice.shell.pages import Pages
from innervoice.shell.panels.analyses import AnalysesPanel
from innervoice.shell.panels.clips import ClipsPanel
from innervoice.shell.panels.heading import action_button
from innervoice.shell.panels.heat import HeatPanel
from innervoice.shell.panels.latent import LatentPanel
from innervoice.shell.panels.log import LogPanel
from innervoice.shell.panels.model_chooser import ModelChooser
from innervoice.shell.panels.roll import RollPanel
from innervoice.shell.panels.sliders import SlidersPanel
from innervoice.shell.panels.status import StatusBar
from innervoice.shell.panels.toasts import Toasts
from innervoice.shell.space_bar import SpaceBar
from innervoice.shell.theme import Theme
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
        self.theme = Theme(dark=workspace.settings.flag("dark"))
        theme.apply(_app(), self.theme)
        self.setWindowIcon(icons.app_icon())
        self.setAcceptDrops(True)
        self.resize(*FIRST_SIZE)
        self._later = Later(self.refresh, self)
        self.commands = Commands(icons.icon, self)
        self.files = FileCommands(self, workspace)
        self.docks = Docks(self)
        window_commands.register(self)
        self._build_panels()
        self._build_bars()
        self._connect()
        SpaceBar(self, workspace.playback.toggle)
        self.docks.arrange()
        self.docks.restore(workspace.settings)
        self.refresh()

    def _build_panels(self) -> None:
        work = self.workspace
        self.clips = ClipsPanel(work.session, work.study_desk)
        self.roll = RollPanel(work.session, work.playback, self.commands, self.theme)
        self.latent = LatentPanel(work.session, self.theme)
        self.heat = HeatPanel(work.session, self.theme)
        self.sliders = SlidersPanel(work.session, self.commands, icons.icon)
        self.analyses = AnalysesPanel(work.session, work.runs, work.jobs)
        self.log = LogPanel()
        self.pages = Pages(self.roll, self.latent, self.heat)
        self.setCentralWidget(self.pages)
        self.docks.add("clips", "Study", self.clips, LEFT)
        self.docks.add("neurons", "Neurons", self.sliders, RIGHT)
        self.docks.add("analyses", "Analyses", self.analyses, RIGHT)
        self.docks.dock("neurons").raise_()
        self.docks.add("log", "Messages", self.log, BOTTOM).hide()

    def _build_bars(self) -> None:
        work = self.workspace
        self.chooser = ModelChooser(work.session, work.models)
        bar = QToolBar("Main toolbar")
        bar.setObjectName("toolbar.main")
        bar.setMovable(False)
        bar.addWidget(action_button(self.commands.action("file.open"), text=True))
        bar.addWidget(self.chooser)
        bar.addWidget(action_button(self.commands.action("help.model")))
        spring = QWidget()
        spring.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(spring)
        for name in ("analyses.ranking", "file.midi", "view.dark", "help.palette"):
            bar.addWidget(action_button(self.commands.action(name), text=name == "analyses.ranking"))
        self.addToolBar(bar)
        self.toolbar = bar
        menus = self.commands.fill(self.menuBar())
        recent = QMenu("Open &Recent", self)
        recent.setToolTipsVisible(True)
        recent.aboutToShow.connect(lambda: self.files.fill_recent(recent))
        bundled = QMenu("Bundled &Tunes", self)
        bundled.aboutToShow.connect(lambda: self.files.fill_bundled(bundled))
        for menu in (recent, bundled):
            menus["&File"].insertMenu(self.commands.action("file.new_study"), menu)
        panels = menus["&View"].addMenu("&Panels")
        for name in ("clips", "neurons", "analyses", "log"):
            panels.addAction(self.docks.dock(name).toggleViewAction())
        self.status = StatusBar(work.models, work.jobs)
        self.setStatusBar(self.status)
        self.toasts = Toasts(self, icons.icon, lambda notice: self.show_details(notice.text, notice.details))

    def _connect(self) -> None:
        work = self.workspace
        work.notifications.posted.connect(self.toasts.show_notice)
        work.notifications.posted.connect(self.log.add)
        for name in ("clips", "neurons", "analyses", "log"):
            self.docks.dock(name).visibilityChanged.connect(self.toasts.rise)
        work.bridge.state_changed.connect(self.status.show_engine)
        session = work.session
        changes = [session.study_changed, session.model_changed, session.clip_changed, session.decoded_changed]
        changes += [work.models.opening_changed, work.jobs.changed, work.playback.changed, work.runs.analyses_changed]
        for signal in (*changes, work.bridge.state_changed):
            signal.connect(self._later.ask)
        work.models.opening_changed.connect(self.analyses.refresh)
        work.models.models_changed.connect(self._later.ask)
        work.runs.result_ready.connect(self.show_result)
        work.cards.card_ready.connect(self.show_card)
        for panel in (self.latent, self.heat):
            panel.neuron_clicked.connect(self.choose_neuron)
        self.clips.import_wanted.connect(work.take_again)
        self.chooser.open_wanted.connect(self.files.open_model)
        self.analyses.runs.export_wanted.connect(self.files.export_run)
        self.pages.link_activated.connect(self.follow)
        self.pages.cut_moved.connect(self.analyses.take_cut)
        self.pages.failed.connect(work.notifications.error)
        self.pages.card_wanted.connect(work.cards.show)
        self.pages.use_wanted.connect(work.models.use)
        self.pages.save_card_wanted.connect(self.files.export_card)

    def refresh(self, *_: object) -> None:
        """Enable what can be done now, say of the rest why it cannot, and name the study."""
        allow_commands(self)
        study = self.workspace.session.study
        self.docks.dock("clips").setWindowTitle(f"Study: {study.stem}" if study is not None else "Study")
        self.setWindowTitle(f"{study.stem} · Innervoice" if study is not None else "Innervoice")
        self.pages.offer_models(self.workspace.cards.models, self.workspace.session.model)

    def choose_neuron(self, neuron: int) -> None:
        """Select a neuron everywhere."""
        self.docks.show("neurons")
        self.sliders.choose(neuron)
        self.latent.view.select_neuron(neuron)

    def choose_original(self, chosen: bool) -> None:
        """Play the original from now on."""
        if chosen:
            self.workspace.playback.set_voice("original")

    def choose_decoded(self, chosen: bool) -> None:
        """Play the decoded clip from now on."""
        if chosen:
            self.workspace.playback.set_voice("decoded")

    def step(self, by: int) -> None:
        """Choose the next clip, or the one before."""
        session = self.workspace.session
        if session.tune is not None and 0 <= session.row + by < len(session.tune.clips):
            session.select_clip(session.row + by)

    def run_analysis(self, analysis: str) -> None:
        """Show an analysis and run it with the values that stand in its form."""
        self.docks.show("analyses")
        if self.analyses.choose(analysis):
            self.analyses.run()

    def cancel_job(self) -> None:
        """Cancel the oldest job."""
        if self.workspace.jobs.running:
            self.workspace.jobs.running[0].cancel()

    def set_dark(self, dark: bool) -> None:
        """Choose the dark or the light theme."""
        if dark == self.theme.dark:
            return
        self.theme = Theme(dark=dark)
        self.workspace.settings.put("dark", dark)
        theme.apply(_app(), self.theme)
        self.commands.refresh_icons()
        self.sliders.refresh_icons()
        self.toasts.refresh_icons()
        for panel in (self.roll, self.latent, self.heat):
            panel.view.set_theme(self.theme)
        self.pages.set_theme(self.theme)

    def reset_layout(self) -> None:
        """Put every panel in its first place."""
        self.docks.arrange()
        self.pages.arrange()

    def show_result(self, run: int, result: Any, row: Any) -> None:
        """Show a result on a page of its own."""
        self.pages.show_result(run, self.workspace.runs.title(row.analysis), result, row, self.theme)

    def show_card(self, model: Any, card: Any) -> None:
        """Show the card of a model on the page for it."""
        self.pages.show_card(model, card, self.theme)
        self.refresh()

    def follow(self, link: Any) -> None:
        """Go where a mark leads: a clip, a neuron or a latent point."""
        if link.kind == "clip":
            self.workspace.study_desk.show_clip(int(link.ids[0]))
            self.show_clip()
        elif link.kind == "neuron":
            self.choose_neuron(int(link.ids[0]))

    def show_clip(self) -> None:
        """Bring the clip to the front."""
        self.pages.show_clip()

    def close_front(self) -> None:
        """Close the result in front."""
        self.pages.close_front()

    def show_palette(self) -> None:
        """Open the command palette."""
        PaletteDialog(self.commands, self).open()

    def show_shortcuts(self) -> None:
        """Show the keys."""
        ShortcutsDialog(self.commands, self).open()

    def show_about(self) -> None:
        """Say what this is and what runs underneath."""
        about_box(self.workspace.bridge.state, self).open()

    def show_details(self, text: str, details: str) -> None:
        """Show what a notice has to say beyond its line."""
        DetailsDialog(text, details, self).show()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.workspace.open_paths(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask when a job would be lost; then remember the layout and go."""
        if not may_close(self, self.workspace.jobs.worth_asking):
            event.ignore()
            return
        self.docks.save(self.workspace.settings)
        self.workspace.settings.sync()
        event.accept()
        QTimer.singleShot(0, self.closed.emit)


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
